#include "passport-service/acts/override_decision.h"

#include <algorithm>

#include "credential/decision/decision.h"
#include "credential/encoding/json.h"
#include "credential/vocabulary/text_forms.h"
#include "passport-service/acts/audited.h"
#include "passport-service/acts/enrol_organisation.h"

namespace passport {
namespace {

constexpr std::string_view kOverrideReasons = "override_reason";
constexpr std::size_t kNameMax = 200;  // bytes

std::string ContextOf(const OverrideRow& row) { return "override " + row.id.text(); }

Result<void> CheckWords(const OverrideDecision::Order& order, Instant now) {
  if (order.named_person.empty() || order.named_person.size() > kNameMax || HasControls(order.named_person))
    return Fault{Reason::kFieldInvalid, "", "named_person is not a name of 1 to 200 bytes"};
  if (order.words.empty() || order.words.size() > kOverrideWordsMax || HasControls(order.words))
    return Fault{Reason::kFieldInvalid, "", "words are not 1 to 500 bytes of printable text"};
  if (order.until <= now || now + kOverrideLengthMax < order.until)
    return Fault{Reason::kFieldInvalid, "", "until is past, or more than 31 days ahead"};
  return {};
}

Result<std::string> SealWords(PersonVault& vault, const OverrideRow& row, const OverrideDecision::Order& order) {
  json::Tree tree;
  json::Value& object = tree.Object();
  object.Append("named_person", tree.String(order.named_person));
  object.Append("words", tree.String(order.words));
  const std::string text = json::Write(object);
  return SealOverrideText(vault, row, text);
}

}  // namespace

Result<std::string> SealOverrideText(PersonVault& vault, const OverrideRow& row, std::string_view text) {
  return vault.Seal(owner::Subject(row.organisation, row.subject), ContextOf(row), text);
}

Result<Override> OpenOverride(PersonVault& vault, OverrideRow row) {
  TRY_ASSIGN(const std::optional<std::string> text,
             vault.Open(owner::Subject(row.organisation, row.subject), ContextOf(row), row.sealed_words));
  if (!text) return Override{.row = std::move(row), .named_person = {}, .words = {}};
  json::Tree tree;
  const Result<json::Value*> read = tree.Parse(*text, json::kTokenLimits);
  const json::Value* person = read.ok() ? (*read)->Find("named_person") : nullptr;
  const json::Value* words = read.ok() ? (*read)->Find("words") : nullptr;
  if (person == nullptr || words == nullptr || !person->is_string() || !words->is_string())
    return Fault{Reason::kStoreUnavailable, "", "a stored override is damaged"};
  return Override{
      .row = std::move(row), .named_person = std::string(*person->text()), .words = std::string(*words->text())};
}

Result<OverrideRow> OverrideDecision::Make(const OrganisationRow& caller, const Order& order, Instant now) {
  TRY(CheckWords(order, now));
  TRY_ASSIGN(const Known known, FindKnown(trust_));
  if (!known.rules->taxonomies().On(CivilDay::InLondon(now)).Knows(kOverrideReasons, order.reason)) {
    return Fault{Reason::kWordUnknown, "", "reason is not a word of the list override_reason"};
  }
  TRY_ASSIGN(const std::optional<RelianceRow> reliance, store_.FindReliance(caller.id, order.reliance));
  if (!reliance) return Fault{Reason::kNotFound, "", "there is no such decision of yours"};
  const std::optional<Outcome> outcome = OutcomeOf(reliance->entry.outcome);
  const bool open = outcome == Outcome::kNotMet || outcome == Outcome::kCannotTell;
  if (reliance->entry.profile.empty() || !open)
    return Fault{Reason::kStateConflict, "", "there is no \"not met\" or \"cannot tell\" to override"};
  OverrideRow row{.organisation = caller.id,
                  .id = order.request,
                  .reliance = order.reliance,
                  .subject = reliance->entry.subject,
                  .profile = reliance->entry.profile,
                  .reason = order.reason,
                  .sealed_words = {},
                  .by = order.by.system,
                  .from = now,
                  .until = order.until};
  TRY_ASSIGN(row.sealed_words, SealWords(vault_, row, order));
  return row;
}

Result<void> OverrideDecision::operator()(const Order& order) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, order.by));
  const Digest plain = RequestDigest({"decision.override", std::to_string(order.reliance), order.named_person,
                                      order.reason, order.words, std::to_string(order.until.seconds)});
  // Keyed, because it is kept and a name can be guessed.
  TRY_ASSIGN(const Digest digest,
             vault_.IndexDigest("decision.override", {reinterpret_cast<const char*>(plain.data()), plain.size()}));
  const RequestKey key{.by = caller.id, .id = order.request, .digest = digest};
  TRY_ASSIGN(const std::optional<std::string> repeated, RepeatAnswer(store_, key, order.by, now));
  if (repeated) return {};
  TRY_ASSIGN(OverrideRow row, Make(caller, order, now));
  return ApplyOnce(store_,
                   {AddOverride{std::move(row)},
                    Audited(now, order.by,
                            {.what = "decision.overridden",
                             .object = std::to_string(order.reliance),
                             .why = order.reason,
                             .request = order.request.text()}),
                    RememberAnswer{{caller.id, order.request, key.digest, "done", now}}},
                   key);
}

Result<Page<Override>> ReadOverrides::operator()(const Caller& by, std::string_view after, std::size_t limit) {
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, by));
  TRY_ASSIGN(Page<OverrideRow> rows,
             store_.OverridesOf(caller.id, after, limit == 0 ? 100 : std::min(limit, kPageMax)));
  Page<Override> page{.rows = {}, .next = std::move(rows.next)};
  for (OverrideRow& row : rows.rows) {
    TRY_ASSIGN(Override opened, OpenOverride(vault_, std::move(row)));
    page.rows.push_back(std::move(opened));
  }
  TRY(ApplyNow(store_, {Audited(clock_.Now(), by, {.what = "overrides.read"})}));
  return page;
}

Result<std::vector<Override>> OverridesInForce(Reliances& reliances, PersonVault& vault,
                                               const OrganisationId& organisation, std::string_view subject,
                                               std::string_view profile, Instant now) {
  TRY_ASSIGN(const std::vector<OverrideRow> rows, reliances.OverridesFor(organisation, subject));
  std::vector<Override> in_force;
  for (const OverrideRow& row : rows) {
    if (row.profile != profile || row.until <= now) continue;
    TRY_ASSIGN(Override opened, OpenOverride(vault, row));
    in_force.push_back(std::move(opened));
  }
  return in_force;
}

}  // namespace passport
