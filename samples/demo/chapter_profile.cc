// A stricter profile, looked at before it is put in force: what it says, and whom it would stop.
#include <filesystem>

#include "credential/encoding/json.h"
#include "samples/demo/story.h"

namespace passport {
namespace {

constexpr json::Limits kReviewLimits{
    .bytes = 4 << 20, .depth = 16, .nodes = 50'000, .string_bytes = 64 * 1024, .members = 1000};

std::string TextIn(const json::Value& object, std::string_view name) {
  const json::Value* const member = object.Find(name);
  return member == nullptr ? "" : std::string(member->text().value_or(""));
}

// What would become of one passport.
struct Trial {
  std::string now;
  std::string would_be;
  std::vector<std::string> changes;  // the requirements that fare differently
};

Result<Trial> OnlyTrialIn(const ToolAnswer& answer) {
  json::Tree tree;
  TRY_ASSIGN(const json::Value* const review, tree.Parse(answer.output, kReviewLimits));
  const json::Value* const findings = review->Find("findings");
  TRY(Expect("what is wrong with the new profile", 0, findings == nullptr ? 1 : findings->size()));
  const json::Value* const trials = review->Find("passports");
  TRY(Expect("passports a new profile is tried on", 1, trials == nullptr ? 0 : trials->size()));
  const json::Value& only = *trials->begin();
  Trial trial{.now = TextIn(only, "now"), .would_be = TextIn(only, "would_be"), .changes = {}};
  if (const json::Value* const changes = only.Find("changes")) {
    for (const json::Value& change : *changes) {
      const std::string_view text = change.text().value_or("");  // "medication: (new) -> not_met"
      trial.changes.emplace_back(text.substr(0, text.find(':')));
    }
  }
  return trial;
}

}  // namespace

Result<void> Story::TryAStricterProfile(const Shown& shown) {
  const std::string folder = At("passports-of-the-home");
  std::error_code error;
  std::filesystem::create_directory(folder, error);
  if (!error) std::filesystem::copy(shown.file, folder, error);
  if (error) return Fault{Reason::kFileUnreadable, "", folder + ": " + error.message()};
  const std::string published = At("published-for-the-home");
  TRY(CopyPublished(published));
  TRY_ASSIGN(const ToolAnswer review,
             AskOperator(service_, kCareHome,
                         {"profile", "check", terms_.samples + "/trial-profiles/support-worker-larkmead.json",
                          "--published", published, "--registry-key", service_.anchor(), "--receiver",
                          std::string(kCareHome), "--passports", folder}));
  TRY(Expect("exit code of profile check", 0, static_cast<std::size_t>(review.exit_code)));
  TRY_ASSIGN(const Trial trial, OnlyTrialIn(review));
  facts_.profile_check = {.now = trial.now, .would_be = trial.would_be};
  TRY(Expect("by the version in force", WordOf(RoleAnswer::kMet), trial.now));
  TRY(Expect("by the new version", WordOf(RoleAnswer::kNotMet), trial.would_be));
  screen_.Say(
      "The home thinks of asking for a course in medication as well. Before anything is in force, passportctl profile "
      "check explains the new version in plain words, finds nothing wrong in it, and tries it on the passports the "
      "home was shown: " +
      FirstName(shown.question.person) + " would go from " + Plain(trial.now) + " to " + Plain(trial.would_be) +
      ", for want of: " + Joined(trial.changes) + ". The home books the course first.");
  return {};
}

}  // namespace passport
