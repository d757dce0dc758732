#include "passport-service/acts/override_decision.h"

#include <algorithm>

#include "credential/decision/decision.h"
#include "credential/encoding/json.h"
#include "credential/vocabulary/text_forms.h"
#include "passport-service/acts/audited.h"
#include "passport-service/acts/enrol_organisation.h"

namespace passport {
namespace {

constexpr std::string_view kReasons = "override_reason";
constexpr std::size_t kNameMax = 200;  // bytes

std::span<const std::uint8_t> BytesOf(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string ContextOf(const OverrideRow& row) { return "override " + row.organisation.text() + " " + row.id.text(); }

Result<void> CheckWords(const OverrideDecision::Order& order, Instant now) {
  if (order.named_person.empty() || order.named_person.size() > kNameMax || HasControls(order.named_person))
    return Fault{Reason::kFieldInvalid, "", "named_person is not a name of 1 to 200 bytes"};
  if (order.words.empty() || order.words.size() > kOverrideWordsMax || HasControls(order.words))
    return Fault{Reason::kFieldInvalid, "", "words are not 1 to 500 bytes of printable text"};
  if (order.until <= now || now + kOverrideLengthMax < order.until)
    return Fault{Reason::kFieldInvalid, "", "until is past, or more than 31 days ahead"};
  return {};
}

Result<std::string> SealWords(const KeyStore& keys, const OverrideRow& row, const OverrideDecision::Order& order) {
  json::Tree tree;
  json::Value& object = tree.Object();
  object.Append("named_person", tree.String(order.named_person));
  object.Append("words", tree.String(order.words));
  const std::string text = json::Write(object);
  TRY_ASSIGN(const std::vector<std::uint8_t> sealed, keys.Seal(BytesOf(text), BytesOf(ContextOf(row))));
  return std::string(sealed.begin(), sealed.end());
}

}  // namespace

Result<Override> OpenOverride(const KeyStore& keys, OverrideRow row) {
  TRY_ASSIGN(const Secret opened, keys.Unseal(BytesOf(row.sealed_words), BytesOf(ContextOf(row))));
  const std::string text(opened.bytes().begin(), opened.bytes().end());
  json::Tree tree;
  const Result<json::Value*> read = tree.Parse(text, json::kTokenLimits);
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
  if (!known.rules->taxonomies().On(CivilDay::InLondon(now)).Knows(kReasons, order.reason))
    return Fault{Reason::kWordUnknown, "", "reason is not a word of the list override_reason"};
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
  TRY_ASSIGN(row.sealed_words, SealWords(keys_, row, order));
  return row;
}

Result<void> OverrideDecision::operator()(const Order& order) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, order.by));
  const RequestKey key{.by = caller.id,
                       .id = order.request,
                       .digest = RequestDigest({"decision.override", std::to_string(order.reliance), order.named_person,
                                                order.reason, order.words, std::to_string(order.until.seconds)})};
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
    TRY_ASSIGN(Override opened, OpenOverride(keys_, std::move(row)));
    page.rows.push_back(std::move(opened));
  }
  TRY(ApplyNow(store_, {Audited(clock_.Now(), by, {.what = "overrides.read"})}));
  return page;
}

Result<std::vector<Override>> OverridesInForce(Reliances& reliances, const KeyStore& keys,
                                               const OrganisationId& organisation, std::string_view subject,
                                               std::string_view profile, Instant now) {
  TRY_ASSIGN(const std::vector<OverrideRow> rows, reliances.OverridesFor(organisation, subject));
  std::vector<Override> in_force;
  for (const OverrideRow& row : rows) {
    if (row.profile != profile || row.until <= now) continue;
    TRY_ASSIGN(Override opened, OpenOverride(keys, row));
    in_force.push_back(std::move(opened));
  }
  return in_force;
}

}  // namespace passport
