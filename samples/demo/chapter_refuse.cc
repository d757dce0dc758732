// What does not work: somebody else's copy, a borrowed record, an altered byte, a replay.
#include "credential/encoding/base64url.h"
#include "credential/presentation/presentation.h"
#include "samples/demo/story.h"
#include "samples/process/temporary_folder.h"

namespace passport {

Result<void> Story::TryToCheat() {
  TRY(TryElsewhere());
  TRY(TryAnotherPerson());
  TRY(TryAlteredByte());
  return TryReplay();
}

Result<void> Story::Refused(std::string_view attempt, std::string_view who, std::string_view reason, Reason expected) {
  TRY(Expect(attempt, WordOf(expected), reason));
  facts_.refusals.push_back({std::string(attempt), std::string(reason)});
  screen_.Point(std::string(who) + " Refused (" + std::string(reason) + "): " + std::string(TextOf(expected).happened));
  return {};
}

namespace {

// Why the service did not accept it.
std::string RefusalIn(const Result<VerifiedAnswer>& answer) {
  if (!answer.ok()) return "the call failed: " + std::string(WordOf(answer.fault().reason));
  const auto& refusal = answer->verification.refusal;
  return refusal ? std::string(WordOf(refusal->reason)) : "nothing: it was accepted";
}

// Changes one byte of what an issuer signed: the first level 1 becomes a level 2.
Result<void> RaiseALevel(Presentation& presentation) {
  for (std::string& record : presentation.credentials) {
    const std::size_t payload = record.find('.') + 1;
    const std::size_t length = record.find('.', payload) - payload;
    std::string text;
    TRY(DecodeBase64Url(std::string_view(record).substr(payload, length), text));
    constexpr std::string_view kLevel = "\"level\":1";
    const std::size_t level = text.find(kLevel);
    if (level == std::string::npos) continue;
    text[level + kLevel.size() - 1] = '2';
    record.replace(payload, length, EncodeBase64Url(text));
    return {};
  }
  return Expect("a record with a level was shown", false);
}

}  // namespace

// The bytes are copied and handed to another organisation, which asks its own question.
Result<void> Story::TryElsewhere() {
  TRY_ASSIGN(ServiceClient* const council, ClientOf(kCouncil));
  TRY_ASSIGN(const ChallengeAnswer challenge, council->CreateChallenge());
  const std::string reason = RefusalIn(council->VerifyPresentation(challenge.nonce, shown_->presentation, "", ""));
  // Which of the two names is looked at first is the verifier's matter; both are another one's.
  const Reason expected = reason == WordOf(Reason::kKbAud) ? Reason::kKbAud : Reason::kKbNonce;
  return Refused(
      "a copy presented to another organisation",
      "Somebody copies " + FirstName(terms_.world.story.ready) + "'s text and shows it to " + NameOf(kCouncil) + ".",
      reason, expected);
}

// Both people answer the same challenge, and one of them puts a record of the other among her own.
Result<void> Story::TryAnotherPerson() {
  const std::size_t borrower = terms_.world.story.not_ready;
  const std::size_t lender = terms_.world.story.ready;
  TRY_ASSIGN(ServiceClient* const team, ClientOf(kTeam));
  TRY_ASSIGN(ServiceClient* const employer, ClientOf(kCommunityTrust));
  TRY_ASSIGN(const ChallengeAnswer challenge, team->CreateChallenge());
  PresentQuestion question{.audience = challenge.audience,
                           .nonce = challenge.nonce,
                           .purpose = "community_shift",
                           .show = {},
                           .profile = std::string(kCommunityNurseRole),
                           .day = terms_.world.today.PlusDays(1).Text()};
  TRY_ASSIGN(const std::string hers, employer->Present(codes_[borrower], question));
  TRY_ASSIGN(const std::string others, employer->Present(codes_[lender], question));
  TRY_ASSIGN(Presentation mixed, Presentation::Parse(hers));
  TRY_ASSIGN(const Presentation borrowed, Presentation::Parse(others));
  mixed.credentials.back() = borrowed.credentials.back();
  return Refused("a record of another person among one's own",
                 FirstName(borrower) + " puts a record of " + FirstName(lender) + "'s among her own.",
                 RefusalIn(team->VerifyPresentation(challenge.nonce, mixed.Text(), "", "")), Reason::kHolderMismatch);
}

Result<void> Story::TryAlteredByte() {
  const std::size_t nurse = terms_.world.story.ready;
  TRY_ASSIGN(const RoleQuestion question, NurseQuestion(nurse));
  TRY_ASSIGN(Shown altered, AskAndPresent(question, "altered.json"));
  TRY_ASSIGN(Presentation text, Presentation::Parse(altered.presentation));
  TRY(RaiseALevel(text));
  altered.presentation = text.Text();
  TRY(WriteWholeFile(altered.file, altered.presentation));
  TRY_ASSIGN(ServiceClient* const team, ClientOf(kTeam));
  const std::string reason = RefusalIn(team->VerifyPresentation(altered.challenge.nonce, altered.presentation, "", ""));
  TRY(Refused("an altered byte", "Somebody turns level 1 into level 2 in a record.", reason, Reason::kSig));
  TRY_ASSIGN(const OfflineAnswer offline, CheckOffline(OfflineFor(altered, {.published = first_copy_})));
  TRY(Expect("exit code of passport-verify for an altered byte", 1, static_cast<std::size_t>(offline.exit_code)));
  return Refused("an altered byte, offline", "The ward looks at the same altered text.", offline.reason, Reason::kSig);
}

Result<void> Story::TryReplay() {
  TRY_ASSIGN(ServiceClient* const team, ClientOf(kTeam));
  const std::string reason = RefusalIn(team->VerifyPresentation(shown_->challenge.nonce, shown_->presentation, "", ""));
  return Refused("a replay", "The text that was accepted before is sent a second time.", reason, Reason::kKbNonce);
}

}  // namespace passport
