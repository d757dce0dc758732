#include "passport-service/acts/ask_for_share.h"

#include <algorithm>
#include <array>

#include "credential/decision/asked.h"
#include "credential/encoding/base64url.h"
#include "passport-service/acts/audited.h"
#include "passport-service/acts/enrol_organisation.h"
#include "passport-service/acts/kept_reliance.h"
#include "passport-service/acts/share_code.h"

namespace passport {
namespace {

Fault TooMuch(std::string what) { return {Reason::kAsksTooMuch, "", std::move(what)}; }

Digest DigestOf(const AskForShare::Order& order) {
  std::string kinds;
  for (const std::string& kind : order.kinds) kinds += kind + " ";
  const std::string open_for = std::to_string(order.open_for.count);
  return RequestDigest({"share.ask", order.purpose, order.profile.value_or(""), kinds,
                        order.day ? order.day->Text() : "", WordOf(order.engagement),
                        order.keep_through ? order.keep_through->Text() : "", order.answer_enough ? "answer" : "",
                        open_for});
}

bool IsAmong(const std::vector<std::string>& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

// A local profile stands for the one it lies on where its own organisation asks. Nobody borrows another's additions to
// ask for more than the purpose needs, also where it can be asked about any profile.
bool IsForPurpose(const AskForShare::Order& order, const PurposeTerms& purpose, const RoleProfile& profile) {
  if (profile.organisation() && *profile.organisation() != order.by.organisation) return false;
  if (purpose.profiles.empty() || IsAmong(purpose.profiles, profile.id())) return true;
  return profile.extends() && IsAmong(purpose.profiles, profile.extends()->profile);
}

Result<std::vector<AskedRecord>> AskedByProfile(const AskForShare::Order& order, const PurposeTerms& purpose,
                                                const RoleProfile& profile) {
  if (!IsForPurpose(order, purpose, profile)) return TooMuch("the purpose does not need this role profile");
  std::vector<AskedRecord> asked = AskedBy(profile, order.engagement);
  if (order.kinds.empty()) return asked;
  for (const std::string& kind : order.kinds) {
    const bool needed =
        std::any_of(asked.begin(), asked.end(), [&](const AskedRecord& each) { return each.kind->word == kind; });
    if (!needed) return TooMuch("the role profile does not need " + kind);
  }
  std::erase_if(asked, [&](const AskedRecord& each) { return !IsAmong(order.kinds, each.kind->word); });
  return asked;
}

Result<std::vector<AskedRecord>> AskedByKinds(const AskForShare::Order& order, const PurposeTerms& purpose) {
  if (order.kinds.empty()) return Fault{Reason::kFieldInvalid, "", "neither a role profile nor kinds are named"};
  if (order.answer_enough) return Fault{Reason::kFieldInvalid, "", "an answer alone needs a role profile"};
  std::vector<AskedRecord> all;
  for (const std::string& word : order.kinds) {
    const auto allowed = std::find_if(purpose.kinds.begin(), purpose.kinds.end(),
                                      [&](const KindAsked& each) { return each.kind == word; });
    if (allowed == purpose.kinds.end()) return TooMuch("without a role profile the purpose does not need " + word);
    TRY_ASSIGN(AskedRecord asked, AskedOf(*FindRecordKind(word), allowed->facts));
    if (std::find(all.begin(), all.end(), asked) == all.end()) all.push_back(std::move(asked));
  }
  return all;
}

Result<void> CheckTimes(const AskForShare::Order& order, const PurposeTerms& purpose, const CivilDay& today) {
  const Seconds open_for = order.open_for;
  const bool open_good =
      open_for.count == 0 || (open_for >= AskForShare::kOpenMin && open_for <= AskForShare::kOpenMax);
  if (!open_good) return Fault{Reason::kFieldInvalid, "", "seconds is not 60 to 1209600"};
  if (order.day && *order.day > today.PlusDays(AskForShare::kDayAheadMax))
    return Fault{Reason::kFieldInvalid, "", "day is more than 400 days ahead"};
  if (!order.keep_through) return {};
  if (*order.keep_through < today) return Fault{Reason::kFieldInvalid, "", "keep_through is over"};
  if (*order.keep_through > today.PlusDays(purpose.kept_days_max)) {
    return Fault{
        Reason::kFieldInvalid, "",
        "keep_through is beyond the maximum of the purpose, " + std::to_string(purpose.kept_days_max) + " days"};
  }
  return {};
}

std::vector<AskedRow> ToRows(const std::vector<AskedRecord>& asked) {
  std::vector<AskedRow> rows;
  for (const AskedRecord& each : asked) rows.push_back({std::string(each.kind->word), each.facts, each.needs});
  return rows;
}

}  // namespace

Result<ShareRow> AskForShare::Make(const Order& order, const Known& known, Instant now) {
  const CivilDay today = CivilDay::InLondon(now);
  const CivilDay day = order.day.value_or(today);
  const PurposeTerms* const purpose = known.rules->taxonomies().On(today).FindPurpose(order.purpose);
  if (purpose == nullptr) return Fault{Reason::kWordUnknown, "", "purpose is not registered"};
  for (const std::string& kind : order.kinds) {
    if (FindRecordKind(kind) == nullptr) return Fault{Reason::kRecordKind, "", "kinds names what is no kind of record"};
  }
  std::vector<AskedRecord> asked;
  if (order.profile) {
    TRY_ASSIGN(const RoleProfile* const profile, known.rules->InForce(*order.profile, day, now));
    TRY_ASSIGN(asked, AskedByProfile(order, *purpose, *profile));
  } else {
    TRY_ASSIGN(asked, AskedByKinds(order, *purpose));
  }
  TRY(CheckTimes(order, *purpose, today));
  std::array<std::uint8_t, 16> id{};
  std::array<std::uint8_t, 16> nonce{};
  random_.Fill(id);
  random_.Fill(nonce);
  TRY_ASSIGN(ShareId share, ShareId::Parse(EncodeBase64Url(id)));
  const Instant answer_by = now + (order.open_for.count == 0 ? kOpenDefault : order.open_for);
  return ShareRow{.id = std::move(share),
                  .receiver = order.by.organisation,
                  .nonce = EncodeBase64Url(nonce),
                  .purpose = order.purpose,
                  .profile = order.profile.value_or(""),
                  .day = day,
                  .asked = ToRows(asked),
                  .engagement = order.engagement,
                  .keep_through = order.keep_through,
                  .answer_enough = order.answer_enough,
                  .asked_at = now,
                  .answer_by = answer_by,
                  .due = answer_by};
}

Result<AskForShare::Answer> AskForShare::operator()(const Order& order) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, order.by));
  TRY_ASSIGN(const Known known, FindKnown(trust_));
  const RequestKey key{caller.id, order.request, DigestOf(order)};
  const auto answer = [&](ShareRow row) -> Result<Answer> {
    const Terms& terms = known.rules->taxonomies().On(CivilDay::InLondon(now));
    TRY_ASSIGN(std::string code, CodeOfShare(vault_, row.id));
    std::string label(terms.LabelOf(kPurposeList, row.purpose));
    TRY_ASSIGN(ShareView view, ViewOf(store_, std::move(row), std::move(label)));
    return Answer{.share = std::move(view), .code = std::move(code)};
  };
  TRY_ASSIGN(const std::optional<std::string> before, RepeatAnswer(store_, key, order.by, now));
  if (before) {
    TRY_ASSIGN(const ShareId id, ShareId::Parse(*before));
    TRY_ASSIGN(std::optional<ShareRow> row, store_.FindShare(id));
    if (!row) return Fault{Reason::kNotFound, "", "what this request has asked for is over and was forgotten"};
    return answer(std::move(*row));
  }
  Result<ShareRow> made = Make(order, known, now);
  if (!made.ok()) {
    if (made.fault().reason == Reason::kAsksTooMuch) {
      TRY(ApplyNow(store_, {Audited(now, order.by,
                                    {.what = "share.asked_too_much",
                                     .why = IsPurposeWord(order.purpose) ? order.purpose : "",
                                     .request = order.request.text(),
                                     .outcome = WordOf(Reason::kAsksTooMuch)})}));
    }
    return made.fault();
  }
  TRY(ApplyOnce(
      store_,
      {AddShare{*made},
       Audited(
           now, order.by,
           {.what = "share.asked", .object = made->id.text(), .why = made->purpose, .request = order.request.text()}),
       RememberAnswer{{caller.id, order.request, key.digest, made->id.text(), now}}},
      key));
  return answer(std::move(made).value());
}

}  // namespace passport
