#include "samples/demo/offline_check.h"

#include "credential/encoding/json.h"
#include "credential/vocabulary/instant_text.h"
#include "samples/process/process.h"

namespace passport {
namespace {

constexpr std::chrono::seconds kCheckTime{30};
constexpr int kUsage = 64;
constexpr json::Limits kResultLimits{
    .bytes = 4 << 20, .depth = 16, .nodes = 50'000, .string_bytes = 64 * 1024, .members = 1000};

std::string TextIn(const json::Value& object, std::string_view name) {
  const json::Value* member = object.Find(name);
  return member == nullptr ? "" : std::string(member->text().value_or(""));
}

}  // namespace

std::vector<std::string> OfflineQuestion::Words() const {
  std::vector<std::string> words = {"presentation",  presentation, "--published", published,          "--anchor",
                                    anchor,          "--nonce",    nonce,         "--audience",       audience,
                                    "--role",        role,         "--from",      UtcText(starts_at), "--to",
                                    UtcText(ends_at)};
  if (employment) words.insert(words.end(), {"--engagement", "employment"});
  if (status_age_max) words.insert(words.end(), {"--status-age-max", std::to_string(status_age_max->count)});
  if (at) {
    constexpr std::string_view kAnyProofAge = "31622400";
    for (const std::string& word : {std::string("--at"), std::to_string(at->seconds), std::string("--kb-max-age")}) {
      words.push_back(word);
    }
    words.emplace_back(kAnyProofAge);
  }
  return words;
}

Result<OfflineAnswer> CheckOffline(const OfflineQuestion& question) {
  std::vector<std::string> words = question.Words();
  words.emplace_back("--json");
  TRY_ASSIGN(const ProcessEnd end,
             RunProcess({.program = question.program, .words = words, .log = ""}, In(kCheckTime)));
  json::Tree tree;
  const Result<json::Value*> read = tree.Parse(end.output, kResultLimits);
  if (end.signal != 0 || end.exit_code == kUsage || !read.ok() || !(*read)->is_object()) {
    return Fault{Reason::kStateConflict, "", "passport-verify: " + end.Text() + ", and it said: " + end.errors};
  }
  const json::Value& root = **read;
  const json::Value* valid = root.Find("valid");
  OfflineAnswer answer{.exit_code = end.exit_code,
                       .valid = valid != nullptr && valid->boolean().value_or(false),
                       .reason = TextIn(root, "reason"),
                       .outcome = "",
                       .reasons = {},
                       .too_old = {}};
  if (const json::Value* too_old = root.Find("too_old")) {
    for (const json::Value& sentence : *too_old) answer.too_old.emplace_back(sentence.text().value_or(""));
  }
  const json::Value* decision = root.Find("decision");
  if (decision == nullptr) return answer;
  answer.outcome = TextIn(*decision, "outcome");
  const json::Value* lines = decision->Find("lines");
  if (lines == nullptr) return answer;
  for (const json::Value& line : *lines) {
    const std::string reason = TextIn(line, "reason");
    if (reason != WordOf(Reason::kNone)) answer.reasons.push_back(reason);
  }
  return answer;
}

}  // namespace passport
