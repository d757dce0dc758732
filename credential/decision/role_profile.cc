#include "credential/decision/role_profile.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "credential/encoding/json.h"

namespace passport {
namespace {

constexpr json::Limits kProfileJson{
    .bytes = kRoleProfileBytesMax, .depth = 12, .nodes = 20'000, .string_bytes = 1000, .members = 64};

struct TestName {
  std::string_view name;
  Condition::Test test;
  Reason otherwise;
};
constexpr std::array<TestName, 7> kTests = {{
    {"one_of", Condition::Test::kOneOf, Reason::kNotCovered},
    {"at_least", Condition::Test::kAtLeast, Reason::kLevelTooLow},
    {"assurance_at_least", Condition::Test::kAssurance, Reason::kAssuranceTooLow},
    {"within_months", Condition::Test::kWithinMonths, Reason::kTooOld},
    {"within_days", Condition::Test::kWithinDays, Reason::kRecheckDue},
    {"not_before_day", Condition::Test::kNotBeforeDay, Reason::kEndsTooSoon},
    {"not_after_day", Condition::Test::kNotAfterDay, Reason::kNotYetInForce},
}};
constexpr std::array<Reason, 7> kOtherwise = {Reason::kNotCovered, Reason::kLevelTooLow, Reason::kAssuranceTooLow,
                                              Reason::kTooOld,     Reason::kRecheckDue,  Reason::kEndsTooSoon,
                                              Reason::kRestricted};

bool FitsShape(Condition::Test test, const FieldRule& rule) {
  switch (test) {
    case Condition::Test::kOneOf:
      return rule.shape == FieldShape::kChoice || rule.shape == FieldShape::kWord || rule.shape == FieldShape::kFlag ||
             rule.shape == FieldShape::kCode;
    case Condition::Test::kAtLeast:
      return rule.shape == FieldShape::kNumber;
    case Condition::Test::kAssurance:
      return rule.name == "assurance";
    case Condition::Test::kNotBeforeDay:
      // Absence counts as no end, so a holder must not be able to keep the end back.
      return rule.shape == FieldShape::kDay && rule.showing == Showing::kAlways;
    case Condition::Test::kWithinMonths:
    case Condition::Test::kWithinDays:
    case Condition::Test::kNotAfterDay:
      return rule.shape == FieldShape::kDay;
  }
  return false;
}

}  // namespace

// Walks the JSON of one profile; `place_` names where it is for faults.
class ProfileReader {
 public:
  static Result<RoleProfile> Read(std::string_view text) {
    json::Tree tree;
    TRY_ASSIGN(const json::Value* const root, tree.Parse(text, kProfileJson));
    ProfileReader reader;
    TRY(reader.Only(*root,
                    {"id", "version", "title", "standing", "effective_from", "expiring_within_days", "requirements"}));
    TRY_ASSIGN(const std::string effective, reader.Text(*root, "effective_from"));
    const Result<CivilDay> day = CivilDay::Parse(effective);
    if (!day.ok()) return reader.Wrong("effective_from is not a day");
    RoleProfile profile(*day);
    TRY_ASSIGN(profile.id_, reader.Text(*root, "id"));
    const bool plain = std::all_of(profile.id_.begin(), profile.id_.end(),
                                   [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
    if (!plain || profile.id_.empty() || profile.id_.size() > 64)
      return reader.Wrong("id is not 1 to 64 of a-z, 0-9, '-'");
    TRY_ASSIGN(profile.version_, reader.Whole(*root, "version"));
    TRY_ASSIGN(profile.title_, reader.Text(*root, "title"));
    TRY_ASSIGN(profile.expiring_within_days_, reader.Whole(*root, "expiring_within_days"));
    TRY_ASSIGN(const json::Value* const requirements, reader.Filled(*root, "requirements"));
    std::set<std::string> ids;
    for (const json::Value& entry : *requirements) {
      TRY_ASSIGN(Requirement requirement, reader.ReadRequirement(entry));
      if (!ids.insert(requirement.id).second) return reader.Wrong("a requirement id occurs twice");
      profile.requirements_.push_back(std::move(requirement));
    }
    profile.text_ = text;
    return profile;
  }

 private:
  Fault Wrong(std::string_view what) const {
    return {Reason::kFieldInvalid, "", "role profile" + place_ + ": " + std::string(what)};
  }

  Result<void> Only(const json::Value& object, std::initializer_list<std::string_view> known) const {
    if (!object.is_object()) return Wrong("not an object");
    for (const json::Value& member : object) {
      if (std::find(known.begin(), known.end(), member.name()) == known.end()) return Wrong("unknown member");
    }
    return {};
  }
  Result<std::string> Text(const json::Value& object, std::string_view name) const {
    const json::Value* value = object.Find(name);
    if (value == nullptr || !value->is_string() || value->text()->empty())
      return Wrong(std::string(name) + " is not a text");
    return std::string(*value->text());
  }
  Result<int> Whole(const json::Value& object, std::string_view name) const {
    const json::Value* value = object.Find(name);
    const auto number = value == nullptr ? std::nullopt : value->integer();
    if (!number || *number < 0 || *number > 10'000)
      return Wrong(std::string(name) + " is not a whole number of 0 to 10000");
    return static_cast<int>(*number);
  }
  Result<const json::Value*> Filled(const json::Value& object, std::string_view name) const {
    const json::Value* value = object.Find(name);
    if (value == nullptr || !value->is_array() || value->size() == 0)
      return Wrong(std::string(name) + " is not a filled array");
    return value;
  }

  Result<Requirement> ReadRequirement(const json::Value& entry) {
    place_.clear();
    TRY(Only(entry, {"id", "needs", "any_of"}));
    Requirement requirement;
    TRY_ASSIGN(requirement.id, Text(entry, "id"));
    place_ = ", requirement " + requirement.id;
    TRY_ASSIGN(requirement.needs, Text(entry, "needs"));
    TRY_ASSIGN(const json::Value* const alternatives, Filled(entry, "any_of"));
    for (const json::Value& alternative : *alternatives) {
      TRY_ASSIGN(Alternative read, ReadAlternative(alternative));
      requirement.any_of.push_back(std::move(read));
    }
    place_.clear();
    return requirement;
  }

  Result<Alternative> ReadAlternative(const json::Value& entry) const {
    TRY(Only(entry, {"kind", "pick", "conditions"}));
    TRY_ASSIGN(const std::string word, Text(entry, "kind"));
    Alternative alternative{.kind = FindRecordKind(word), .picks = {}, .conditions = {}};
    if (alternative.kind == nullptr) return Wrong("kind is not known");
    for (const auto& [name, into] : {std::pair{std::string_view("pick"), &alternative.picks},
                                     std::pair{std::string_view("conditions"), &alternative.conditions}}) {
      const json::Value* list = entry.Find(name);
      if (list == nullptr) continue;
      if (!list->is_array()) return Wrong(std::string(name) + " is not an array");
      for (const json::Value& condition : *list) {
        TRY_ASSIGN(Condition read, ReadCondition(condition, *alternative.kind));
        if (name == "pick" && read.test != Condition::Test::kOneOf) return Wrong("pick takes one_of only");
        into->push_back(std::move(read));
      }
    }
    return alternative;
  }

  Result<Condition> ReadCondition(const json::Value& entry, const RecordKind& kind) const {
    TRY(Only(entry, {"fact", "one_of", "at_least", "assurance_at_least", "within_months", "within_days",
                     "not_before_day", "not_after_day", "otherwise"}));
    TRY_ASSIGN(const std::string fact, Text(entry, "fact"));
    const auto rule = std::find_if(kind.fields.begin(), kind.fields.end(),
                                   [&](const FieldRule& field) { return field.name == fact; });
    if (rule == kind.fields.end()) return Wrong("the kind has no such fact");
    const TestName* found = nullptr;
    for (const TestName& test : kTests) {
      if (entry.Find(test.name) == nullptr) continue;
      if (found != nullptr) return Wrong("a condition has more than one test");
      found = &test;
    }
    if (found == nullptr) return Wrong("a condition has no test");
    if (!FitsShape(found->test, *rule)) return Wrong(std::string(found->name) + " does not fit the fact");
    Condition condition{.fact = fact, .test = found->test, .words = {}, .amount = 0, .otherwise = found->otherwise};
    TRY(ReadOperand(entry, found->name, *rule, condition));
    if (entry.Find("otherwise") != nullptr) {
      TRY_ASSIGN(const std::string word, Text(entry, "otherwise"));
      const auto reason =
          std::find_if(kOtherwise.begin(), kOtherwise.end(), [&](Reason each) { return WordOf(each) == word; });
      if (reason == kOtherwise.end()) return Wrong("otherwise is not a reason of decisions");
      condition.otherwise = *reason;
    }
    return condition;
  }

  Result<void> ReadOperand(const json::Value& entry, std::string_view name, const FieldRule& rule,
                           Condition& condition) const {
    switch (condition.test) {
      case Condition::Test::kOneOf: {
        TRY_ASSIGN(const json::Value* const words, Filled(entry, name));
        for (const json::Value& word : *words) {
          if (!word.is_string()) return Wrong("one_of holds something that is no text");
          const bool unknown = rule.shape == FieldShape::kChoice &&
                               std::find(rule.choices.begin(), rule.choices.end(), *word.text()) == rule.choices.end();
          const bool no_flag = rule.shape == FieldShape::kFlag && word.text() != "true" && word.text() != "false";
          if (unknown || no_flag) return Wrong("one_of holds a word the fact can not have");
          condition.words.emplace_back(*word.text());
        }
        return {};
      }
      case Condition::Test::kAssurance: {
        TRY_ASSIGN(std::string grade, Text(entry, name));
        const auto* const end = std::end(kAssuranceGrades);
        if (std::find(std::begin(kAssuranceGrades), end, grade) == end) return Wrong("not an assurance grade");
        condition.words = {std::move(grade)};
        return {};
      }
      case Condition::Test::kAtLeast:
      case Condition::Test::kWithinMonths:
      case Condition::Test::kWithinDays: {
        TRY_ASSIGN(condition.amount, Whole(entry, name));
        return {};
      }
      case Condition::Test::kNotBeforeDay:
      case Condition::Test::kNotAfterDay:
        if (entry.Find(name)->boolean() != true) return Wrong(std::string(name) + " is not true");
        return {};
    }
    return Wrong("unknown test");
  }

  std::string place_;
};

Result<RoleProfile> RoleProfile::Parse(std::string_view text) { return ProfileReader::Read(text); }

Result<RoleProfile> RoleProfile::ReadSigned(std::string_view jws, const KeySet& pinned) {
  json::Tree tree;
  const JwsRules rules{.typ = kRoleProfileTyp,
                       .allowed_algs = Es256Only(),
                       .token_bytes = 2 * kRoleProfileBytesMax,
                       .header_bytes = kHeaderBytesMax,
                       .payload = kProfileJson};
  const auto refused = [](const Fault& fault) {
    return Fault{Reason::kRegistry, "TRUST-01", "role profile: " + fault.detail};
  };
  const Result<UnverifiedJws> token = UnverifiedJws::Read(jws, rules, tree);
  if (!token.ok()) return refused(token.fault());
  const Result<VerifiedJws> verified = pinned.Verify(*token);
  if (!verified.ok()) return refused(verified.fault());
  return Parse(json::Write(*verified->payload));
}

Result<std::string> SignRoleProfile(const RoleProfile& profile, std::string_view kid, Signer& registry_key) {
  return SignJws(JwsHeader(kRoleProfileTyp, kid), profile.text(), registry_key);
}

}  // namespace passport
