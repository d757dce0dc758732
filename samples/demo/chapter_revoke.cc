// A record is taken back: online everybody knows at once, offline with the next copy of the folder.
#include <algorithm>

#include "samples/demo/story.h"

namespace passport {
namespace {

constexpr std::string_view kSubject = "information_governance";
constexpr Seconds kTwoDays{2 * 86'400};

}  // namespace

Result<void> Story::RevokeOne() {
  const auto chosen = std::find_if(presented_.begin(), presented_.end(), [](const PresentedAnswer& record) {
    const auto subject = record.record.fields.find("subject");
    return record.issuer == kCommunityTrust && subject != record.record.fields.end() && subject->second == kSubject;
  });
  TRY(Expect("the nurse showed a training record of her main employer", chosen != presented_.end()));
  revoked_ = chosen->credential_id;
  TRY_ASSIGN(ServiceClient* const employer, ClientOf(kCommunityTrust));
  TRY_ASSIGN(const StandingAnswer standing, employer->RevokeCredential("revoke-1", revoked_, "issued_in_error"));
  TRY(Expect("the record's state", "revoked", standing.state));
  TRY_ASSIGN(ServiceClient* const registrar, Registrar());
  TRY(registrar->Publish("publish-after-revocation"));
  screen_.Say(NameOf(kCommunityTrust) + " finds that " + FirstName(terms_.world.story.ready) +
              "'s information governance record was made in error, and takes it back (revokes it). The status list is "
              "published again: one entry in it has changed.");
  TRY(SeeItOnline());
  return SeeItOffline();
}

Result<void> Story::SeeItOnline() {
  const std::size_t nurse = terms_.world.story.ready;
  // She shows what she showed before, as a paper folder would.
  std::vector<ShowingChoice> same;
  for (const PresentedAnswer& record : presented_) {
    ShowingChoice choice{.credential_id = record.credential_id, .facts = {}};
    for (const auto& [name, value] : record.record.fields) choice.facts.push_back(name);
    same.push_back(std::move(choice));
  }
  TRY_ASSIGN(const RoleQuestion question, NurseQuestion(nurse));
  TRY_ASSIGN(const Shown again, AskAndPresent(question, "nurse-presentation-2.json", same));
  TRY_ASSIGN(const RoleDecisionAnswer answer, Decide("nurse online after the revocation", again));
  const auto seen = std::find_if(answer.verification.records.begin(), answer.verification.records.end(),
                                 [this](const PresentedAnswer& record) { return record.credential_id == revoked_; });
  TRY(Expect("the verdict after the revocation", WordOf(VerdictAnswer::kNotValid),
             WordOf(answer.verification.verdict)));
  TRY(Expect("the record after the revocation", "revoked",
             seen == answer.verification.records.end() ? "not shown" : seen->standing));
  TRY(Expect("the decision after the revocation", RoleAnswer::kNotMet, *answer.decision));
  facts_.revocation_seen.online = true;
  std::vector<std::string> missing;
  for (const RequirementAnswer* line : MissingIn(*answer.decision)) {
    missing.push_back(line->needs + " (" + line->reason + ")");
  }
  screen_.Point("Online, she shows the same records for a new challenge: NOT MET. " + Joined(missing) + ".");
  return {};
}

Result<void> Story::SeeItOffline() {
  const auto age =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - first_copied_at_);
  TRY_ASSIGN(const OfflineAnswer old_copy,
             DecideWithout("nurse offline, copy from before the revocation", *shown_, {.published = first_copy_}));
  TRY(Expect("the old copy", facts_.decisions.front().outcome, old_copy.outcome));
  screen_.Point(
      "Offline, with the old USB stick: still MET. A folder can not know what came after it. This copy is " +
      (age.count() == 0 ? "less than a second" : Count(static_cast<std::size_t>(age.count()), "second", "seconds")) +
      " old, and every list in it says until when it may be believed.");
  TRY_ASSIGN(const OfflineAnswer stale, DecideWithout("nurse offline, the old copy two days later", *shown_,
                                                      {.published = first_copy_, .at = terms_.clock() + kTwoDays}));
  TRY(Expect("the old copy two days later", WordOf(RoleAnswer::kCannotTell), stale.outcome));
  screen_.Point(
      "So the old stick does not stay believed: asked as of two days later it answers CANNOT TELL, exit code " +
      std::to_string(stale.exit_code) + ". Too old is never a yes.");
  const std::string second_copy = At("usb-stick-2");
  TRY(CopyPublished(second_copy));
  TRY_ASSIGN(const OfflineAnswer new_copy,
             DecideWithout("nurse offline, copy from after the revocation", *shown_, {.published = second_copy}));
  TRY(Expect("the new copy", WordOf(RoleAnswer::kNotMet), new_copy.outcome));
  TRY(Expect("the new copy says valid", "no", new_copy.valid ? "yes" : "no"));
  facts_.revocation_seen.offline = true;
  screen_.Point("Offline, with a new copy on the stick: the very bytes that were good before are NOT MET (" +
                Joined(new_copy.reasons) + "), exit code " + std::to_string(new_copy.exit_code) + ".");
  return SeeItByBundle();
}

}  // namespace passport
