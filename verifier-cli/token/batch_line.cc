#include "verifier-cli/token/batch_line.h"

#include <array>
#include <utility>

#include "verifier-cli/printable.h"
#include "verifier-cli/token/members.h"
#include "verifier-cli/token/question_defaults.h"

namespace passport {
namespace {

constexpr std::array<std::string_view, 7> kLineMembers = {"id",    "token",    "policy", "issuer_key",
                                                          "nonce", "audience", "at"};

// The member, or null where it is absent or says null: programs write both for "none".
const json::Value* FindGiven(const json::Value& line, std::string_view name) {
  const json::Value* value = line.Find(name);
  return value == nullptr || value->kind() == json::Kind::kNull ? nullptr : value;
}

Result<std::optional<std::string_view>> ReadText(const json::Value& line, std::string_view name) {
  const json::Value* value = FindGiven(line, name);
  if (value == nullptr) return std::optional<std::string_view>();
  if (!value->is_string()) return ConfigFault("line." + std::string(name), "is not a string");
  return value->text();
}

Result<Challenge> ReadChallenge(const json::Value& line) {
  Challenge challenge;
  TRY_ASSIGN(challenge.nonce, ReadText(line, "nonce"));
  TRY_ASSIGN(challenge.audience, ReadText(line, "audience"));
  const json::Value* at = FindGiven(line, "at");
  if (at == nullptr) return challenge;
  const std::optional<std::int64_t> seconds = at->integer();
  if (!seconds || *seconds < 0 || *seconds > kAtMax) return ConfigFault("line.at", "is not a number of unix seconds");
  challenge.at = Instant{*seconds};
  return challenge;
}

// KB-10: both or none.
Result<KeyBinding> KeyBindingOf(const Challenge& challenge) {
  if (!challenge.nonce && !challenge.audience) return KeyBinding(NoKeyBinding{});
  if (!challenge.nonce) return Fault{Reason::kConfig, "KB-10", "audience is given without nonce"};
  if (!challenge.audience) return Fault{Reason::kConfig, "KB-10", "nonce is given without audience"};
  return KeyBinding(
      RequireKeyBinding{.audience = *challenge.audience, .nonce = *challenge.nonce, .proof_age_max = kProofAgeDefault});
}

}  // namespace

void BatchLineJudge::Answer(const Line& line, std::size_t number, Instant clock, std::string& out) {
  json::Tree tree;
  std::string id = "null";
  TokenVerdict verdict;
  if (line.over_long) {
    verdict = TokenVerdict::Refused({Reason::kLimit, "JWT-01", "the line is longer than 16 MiB"});
  } else if (Result<json::Value*> read = tree.Parse(line.text, Policy::TextLimits(kBatchLineBytesMax)); !read.ok()) {
    Fault fault = std::move(read).fault();
    fault.detail = "the line: " + fault.detail;
    verdict = TokenVerdict::Refused(std::move(fault));
  } else {
    if (const json::Value* given = (*read)->Find("id"); given != nullptr) id = Printable(json::Write(*given));
    verdict = Judge(**read, clock);
  }
  out += R"({"id":)" + id + R"(,"line":)" + std::to_string(number) + ',';
  AppendJsonMembers(verdict, out);
  out += "}\n";
}

TokenVerdict BatchLineJudge::Judge(const json::Value& line, Instant clock) {
  const auto refused = [](Fault fault) { return TokenVerdict::Refused(std::move(fault)); };
  if (!line.is_object()) return refused({Reason::kMalformed, "", "the line is not an object"});
  const Result<Members> members = Members::Of(line, "line", kLineMembers);
  if (!members.ok()) return refused(members.fault());
  const Result<const json::Value*> token = members->Require("token");
  if (!token.ok()) return refused(token.fault());
  if (!(*token)->is_string()) {
    return refused({Reason::kMalformed, "SDVC-16", "token is not a string: only the compact form is read"});
  }
  const Result<Challenge> challenge = ReadChallenge(line);
  if (!challenge.ok()) return refused(challenge.fault());
  const json::Value* policy = FindGiven(line, "policy");
  const json::Value* key = FindGiven(line, "issuer_key");
  if ((policy == nullptr) == (key == nullptr)) {
    return refused(ConfigFault("line", "holds neither policy nor issuer_key, or both"));
  }
  const std::string_view text = *(*token)->text();
  return policy != nullptr ? JudgeByPolicy(text, *policy, *challenge, clock)
                           : JudgeByKey(text, *key, *challenge, clock);
}

TokenVerdict BatchLineJudge::JudgeByPolicy(std::string_view token, const json::Value& policy,
                                           const Challenge& challenge, Instant clock) {
  if (policy_.text == nullptr || !json::Equal(*policy_.text, policy)) {
    policy_ = Remembered{};
    policy_.text = &policy_.tree.Copy(policy);
    Result<Policy> read = Policy::Read(policy);
    if (read.ok()) {
      policy_.trust = std::make_unique<PolicyVerifier>(std::move(read).value());
    } else {
      policy_.trust = std::move(read).fault();
    }
  }
  if (const Fault* fault = std::get_if<Fault>(&policy_.trust)) return TokenVerdict::Refused(*fault);
  return std::get<std::unique_ptr<PolicyVerifier>>(policy_.trust)->Judge(token, challenge, clock);
}

TokenVerdict BatchLineJudge::JudgeByKey(std::string_view token, const json::Value& key, const Challenge& challenge,
                                        Instant clock) {
  if (key_.text == nullptr || !json::Equal(*key_.text, key)) {
    key_ = Remembered{};
    key_.text = &key_.tree.Copy(key);
    Result<KeySet> read = ReadIssuerKeys(key);
    if (read.ok()) {
      key_.trust = std::move(read).value();
    } else {
      key_.trust = std::move(read).fault();
    }
  }
  if (const Fault* fault = std::get_if<Fault>(&key_.trust)) return TokenVerdict::Refused(*fault);
  const Result<KeyBinding> key_binding = KeyBindingOf(challenge);
  if (!key_binding.ok()) return TokenVerdict::Refused(key_binding.fault());
  return VerifyWithKey(token, std::get<KeySet>(key_.trust),
                       {.key_binding = *key_binding, .now = challenge.at.value_or(clock), .leeway = kLeewayDefault});
}

}  // namespace passport
