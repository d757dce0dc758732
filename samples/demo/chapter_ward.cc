// The ward without network: one signed file instead of a folder, and what is said when it is too old.
#include "credential/encoding/json.h"
#include "samples/demo/story.h"
#include "samples/process/process.h"

namespace passport {
namespace {

constexpr std::chrono::seconds kFetchTime{30};
constexpr Seconds kThreeDays{3 * 86'400};
constexpr json::Limits kFetchLimits{
    .bytes = 64 * 1024, .depth = 4, .nodes = 1000, .string_bytes = 4096, .members = 100};

}  // namespace

// What `passport-verify bundle fetch` says of how it took the newest: "whole", "delta".
Result<std::string> Story::FetchBundle() {
  TRY_ASSIGN(const ProcessEnd end, RunProcess({.program = service_.Program("passport-verify"),
                                               .words = {"bundle", "fetch", NewestBundle(), "--into", At("ward"),
                                                         "--anchor", service_.anchor(), "--json"},
                                               .log = ""},
                                              In(kFetchTime)));
  json::Tree tree;
  const Result<json::Value*> read = tree.Parse(end.output, kFetchLimits);
  const json::Value* how = read.ok() ? (*read)->Find("how") : nullptr;
  if (end.exit_code != 0 || how == nullptr)
    return Fault{Reason::kStateConflict, "", "passport-verify bundle: " + end.Text() + ", " + end.output + end.errors};
  const json::Value* bytes = (*read)->Find("bytes");
  facts_.bundle.bytes = bytes == nullptr ? 0 : static_cast<std::size_t>(bytes->integer().value_or(0));
  return std::string(how->text().value_or(""));
}

Result<void> Story::FetchForTheWard() {
  TRY_ASSIGN(ServiceClient* const registrar, Registrar());
  TRY(registrar->Publish("publish-for-the-ward"));
  TRY_ASSIGN(const std::string how, FetchBundle());
  TRY(Expect("the ward's first bundle", "whole", how));
  screen_.Say(
      "A folder of files is much to carry. The service also makes bundles: one signed file with the registry, every "
      "status list and all rules, as of one moment. This one has " +
      Count(facts_.bundle.bytes, "byte", "bytes") +
      ". passport-verify bundle fetch takes it, from a web server or from a stick, and puts it in the place of the "
      "last one; it takes none that is older than it has seen.");
  TRY_ASSIGN(const OfflineAnswer answer,
             DecideWithout("nurse on the ward, by bundle", *shown_, {.published = At("ward")}));
  TRY(Expect("the nurse by bundle", facts_.decisions.front().outcome, answer.outcome));
  facts_.bundle.answers = true;
  const Instant later = terms_.clock() + kThreeDays;
  TRY_ASSIGN(const OfflineAnswer stale, DecideWithout("nurse on the ward, the bundle three days later", *shown_,
                                                      {.published = At("ward"), .at = later}));
  TRY(Expect("the bundle three days later", WordOf(RoleAnswer::kCannotTell), stale.outcome));
  facts_.bundle.too_old_is_no_answer = stale.exit_code == 2 && !stale.too_old.empty();
  TRY(Expect("passport-verify says what is too old", facts_.bundle.too_old_is_no_answer));
  screen_.Point("By the bundle: the same answer, with no network at all.");
  screen_.Point("Three days later, and nobody has brought another: CANNOT TELL. " + stale.too_old.front());
  return {};
}

// The stick has the whole of the next one; from a web server only what has changed is fetched.
Result<void> Story::SeeItByBundle() {
  TRY_ASSIGN(const std::string how, FetchBundle());
  TRY(Expect("the ward's second bundle", "whole", how));
  TRY_ASSIGN(const OfflineAnswer answer,
             DecideWithout("nurse on the ward, by the next bundle", *shown_, {.published = At("ward")}));
  TRY(Expect("the next bundle", WordOf(RoleAnswer::kNotMet), answer.outcome));
  facts_.bundle.revocation_seen = true;
  screen_.Point("On the ward, with the next bundle: NOT MET too.");
  return {};
}

}  // namespace passport
