#include "passport-service/acts/identity_check.h"

#include "credential/encoding/json.h"
#include "credential/vocabulary/text_forms.h"

namespace passport {
namespace {

constexpr std::string_view kMethods = "identity_method";
constexpr std::size_t kCheckerBytesMax = 200;

std::string CheckContext(const IdentityCheckRow& row) { return "identity check " + row.id; }

Fault DamagedCheck() { return {Reason::kStoreUnavailable, "", "a stored identity check is damaged"}; }

}  // namespace

Result<void> CheckIdentity(const IdentityCheck& check, const CurrentTrust& trust, Instant now, int days_old_max) {
  if (check.checked_by.empty() || check.checked_by.size() > kCheckerBytesMax || HasControls(check.checked_by)) {
    return Fault{Reason::kFieldInvalid, "", "identity.checked_by is not a name of 1 to 200 bytes"};
  }
  const CivilDay today = CivilDay::InLondon(now);
  if (check.checked_on > today || check.checked_on < today.PlusDays(-days_old_max)) {
    return Fault{Reason::kFieldInvalid, "",
                 "identity.checked_on is in the future, or more than " + std::to_string(days_old_max) + " days ago"};
  }
  const std::shared_ptr<const RuleBook> rules = trust.Get().rules;
  const bool listed = rules != nullptr && !rules->taxonomies().On(today).WordsOf(kMethods).empty();
  const bool known = listed ? rules->taxonomies().On(today).Knows(kMethods, check.method) : IsWord(check.method);
  if (!known) return Fault{Reason::kWordUnknown, "", "identity.method is not a word of the list identity_method"};
  return {};
}

std::string TextOf(const IdentityCheck& check) {
  json::Tree tree;
  json::Value& object = tree.Object();
  object.Append("method", tree.String(check.method));
  object.Append("checked_by", tree.String(check.checked_by));
  object.Append("checked_on", tree.String(check.checked_on.Text()));
  return json::Write(object);
}

Result<IdentityCheck> ReadIdentityCheck(std::string_view text) {
  json::Tree tree;
  const Result<json::Value*> read = tree.Parse(text, json::kTokenLimits);
  if (!read.ok()) return DamagedCheck();
  const auto member = [&](std::string_view name) {
    const json::Value* const value = (*read)->Find(name);
    return std::string(value == nullptr ? "" : value->text().value_or(""));
  };
  const Result<CivilDay> day = CivilDay::Parse(member("checked_on"));
  if (!day.ok()) return DamagedCheck();
  return IdentityCheck{.method = member("method"), .checked_by = member("checked_by"), .checked_on = *day};
}

Result<AddIdentityCheck> KeepIdentityCheck(PersonVault& vault, const CheckedEmployee& of, const IdentityCheck& check,
                                           Instant now) {
  IdentityCheckRow row{.organisation = of.organisation, .number = of.number, .at = now, .id = of.id, .sealed = {}};
  TRY_ASSIGN(row.sealed, vault.Seal(owner::Employee(of.organisation, of.number), CheckContext(row), TextOf(check)));
  return AddIdentityCheck{std::move(row)};
}

Result<std::optional<IdentityCheck>> OpenIdentityCheck(PersonVault& vault, const IdentityCheckRow& row) {
  TRY_ASSIGN(const std::optional<std::string> text,
             vault.Open(owner::Employee(row.organisation, row.number), CheckContext(row), row.sealed));
  if (!text) return std::optional<IdentityCheck>();
  TRY_ASSIGN(IdentityCheck check, ReadIdentityCheck(*text));
  return std::optional(std::move(check));
}

}  // namespace passport
