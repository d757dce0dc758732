// The service, as a caller with a certificate sees it: one function for each call of proto/staffpassport/v1.
//
// Mutual TLS; who calls is in the certificate. Every call but the streams ends within kCallDeadline. Faults carry the
// reason the service gave (FaultOfStatus); a change that failed with a reason WorthRepeating() is called again with the
// same request id. Any thread may call. Holds the private key of the connection for its life.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "operator-cli/online/answers.h"
#include "operator-cli/online/import_answers.h"
#include "operator-cli/online/passport_answers.h"
#include "operator-cli/online/registry_answers.h"
#include "operator-cli/online/roster_answers.h"
#include "operator-cli/online/share_answers.h"
#include "operator-cli/online/target.h"

namespace passport {

inline constexpr std::chrono::seconds kCallDeadline{10};
// How long Connect waits for the first handshake.
inline constexpr std::chrono::seconds kConnectDeadline{5};
// How long a watch may be silent; the service says every twenty seconds that it is there.
inline constexpr std::chrono::seconds kWatchSilenceMax{60};

// The next record to send, or nothing at the end. Called on the thread of StageImport.
using ImportSource = std::function<std::optional<ImportOrder>()>;
// Hears of every record once, in the order they were sent, on the thread of StageImport.
using ImportSink = std::function<void(const ImportRowAnswer&)>;

// What a review shows, in the order of the file.
struct ReviewSink {
  std::function<void(const ImportReviewAnswer&)> import;
  std::function<void(const DraftAnswer&)> draft;
  std::function<void(const CredentialAnswer&)> gone;
};

// Takes one line of an export.
using EvidenceSink = std::function<Result<void>(std::string_view line)>;

class ServiceClient {
 public:
  // Fails with kServiceUnreachable when the service does not answer there or its certificate is not one of `ca_pem` for
  // that name, and with kKey when our own certificate and key can not be used.
  static Result<ServiceClient> Connect(const Target& target, std::chrono::milliseconds wait = kConnectDeadline);
  ServiceClient(ServiceClient&&) noexcept;
  ServiceClient& operator=(ServiceClient&&) noexcept;
  ~ServiceClient();

  // The registrar's.
  Result<void> EnrolOrganisation(std::string_view request_id, const OrganisationEntry& organisation);
  // Also an employer's, for profiles of its own. What is odd about it comes back: place and words.
  Result<std::vector<std::string>> PutRules(std::string_view request_id, RuleWord kind, std::string_view json);
  Result<void> WithdrawRules(std::string_view request_id, RuleWord kind, std::string_view id, int version);
  // Also an employer's, of itself. Days in London, both included.
  Result<std::vector<RoleCountsAnswer>> CountReliances(std::string_view from, std::string_view through);
  Result<PublishAnswer> Publish(std::string_view request_id);

  // Changes of the registry. An organisation asks for what is its own; a registrar for anything, and signs.
  Result<std::uint64_t> ProposeChange(std::string_view request_id, std::string_view reason,
                                      const std::vector<StepEntry>& steps);
  Result<ProposalPage> ListProposals(std::uint64_t after_number);
  Result<ReviewAnswer> ReviewProposal(std::uint64_t number);
  Result<SignedAnswer> SignProposal(std::string_view request_id, std::uint64_t number, std::string_view seen);
  Result<void> RejectProposal(std::string_view request_id, std::uint64_t number, std::string_view reason);
  // Of one organisation, or of all the caller answers for when it is empty. Has no deadline of its own.
  Result<void> ListAffected(std::string_view organisation, const AffectedSink& sink);

  // The registrar's for everybody, an operator's of its own organisation.
  Result<ErasureAnswer> ErasePerson(std::string_view request_id, const ErasureEntry& entry);
  Result<RetentionAnswer> ReportRetention(std::string_view organisation);
  Result<RetentionAnswer> ApplyRetention(std::string_view request_id, std::string_view organisation);
  Result<SystemAnswer> PutSystem(std::string_view request_id, const SystemEntry& entry);
  Result<SystemAnswer> RevokeSystem(std::string_view request_id, const SystemEnding& ending);
  // Of that organisation; of the caller's own if empty.
  Result<std::vector<SystemAnswer>> ListSystems(std::string_view organisation);

  // The operator's, of its own organisation; the registrar's, of all. An empty owner: all that the caller answers for.
  Result<std::vector<KeyAnswer>> ListKeys(std::string_view owner);
  Result<std::vector<KeyStepAnswer>> PlanKeys(std::string_view owner);
  // The key that will sign next.
  Result<std::string> RotateKey(std::string_view request_id, std::string_view owner, std::string_view role);
  // The key that signs in its place, or empty.
  Result<std::string> CompromiseKey(std::string_view request_id, const KeyLoss& loss);

  // The employer's. `passport_code` is empty for a person who has no passport yet.
  Result<EnrolledAnswer> EnrolPerson(std::string_view request_id, std::string_view employee_number,
                                     const Secret& passport_code);
  Result<InvitationAnswer> InvitePerson(std::string_view request_id, std::string_view employee_number,
                                        const IdentityEntry& identity);
  Result<UnlockedAnswer> UnlockPassport(std::string_view request_id, std::string_view employee_number,
                                        const IdentityEntry& identity);
  Result<ReplacedAnswer> ReplacePassport(std::string_view request_id, const LossEntry& loss);
  Result<LeftAnswer> EndEmployment(std::string_view request_id, std::string_view employee_number,
                                   std::string_view reason);
  Result<DisputePage> ListDisputes(bool all, std::string_view page_token);
  Result<DisputeAnswer> SettleDispute(std::string_view request_id, std::string_view dispute_id, bool corrected,
                                      std::string_view answer);
  Result<IssuedAnswer> IssueCredential(std::string_view request_id, std::string_view employee_number,
                                       const RecordText& record);
  Result<BadgeAnswer> IssueBadge(std::string_view request_id, const BadgeEntry& entry);
  Result<CredentialAnswer> GetCredential(std::string_view credential_id);
  Result<CredentialPage> ListCredentials(int page_size, std::string_view page_token,
                                         std::string_view organisation = "");
  // `why` is a word like "left_organisation"; fails with kFieldInvalid for another.
  Result<StandingAnswer> RevokeCredential(std::string_view request_id, std::string_view credential_id,
                                          std::string_view why);
  Result<StandingAnswer> SuspendCredential(std::string_view request_id, std::string_view credential_id,
                                           std::string_view why);
  Result<StandingAnswer> ReinstateCredential(std::string_view request_id, std::string_view credential_id,
                                             std::string_view why);

  // Sends records until `next` gives none, a few batches ahead of the answers; then the import is staged. When it
  // fails, send the file again from its beginning. Fails also with kDeadline when a batch is not answered within a
  // minute.
  Result<StagedAnswer> StageImport(const ImportOpening& opening, const ImportSource& next, const ImportSink& answered);
  Result<void> ReviewImport(std::string_view import_id, const ReviewSink& sink);
  // `reviewed_revision` as a review told it; 0 names none. `progress` hears after each block; the last answer is
  // returned too. When it fails, call again.
  Result<IssueAnswer> IssueImport(std::string_view request_id, std::string_view import_id,
                                  std::uint64_t reviewed_revision,
                                  const std::function<void(const IssueAnswer&)>& progress);
  // How many records were decided.
  Result<std::uint64_t> ResolveDraft(std::string_view request_id, std::string_view import_id, std::uint64_t line,
                                     const DraftChoice& choice);
  // `progress` hears how far it has got; the last answer is returned too. When it fails, call again.
  Result<ReissueAnswer> ReissueCredentials(std::string_view request_id,
                                           const std::function<void(const ReissueAnswer&)>& progress);
  Result<ImportPage> ListImports(int page_size, std::string_view page_token);

  // For the person.
  Result<std::vector<HoldingAnswer>> ListHoldings(const Secret& passport_code);
  Result<std::string> Present(const Secret& passport_code, const PresentQuestion& question);

  // The receiver's.
  Result<ChallengeAnswer> CreateChallenge();
  Result<VerifiedAnswer> VerifyPresentation(std::string_view nonce, std::string_view presentation,
                                            std::string_view purpose, std::string_view agreement);
  Result<RoleDecisionAnswer> DecideRole(std::string_view nonce, std::string_view presentation, std::string_view profile,
                                        const ShiftQuestion& shift);
  Result<void> OverrideDecision(std::string_view request_id, const OverrideEntry& entry);
  Result<OverridePage> ListOverrides(int page_size, std::string_view page_token);
  // Lines of an evidence file, in order, on this thread; one employee, one holder's key, or everybody when both are
  // empty. Has no deadline of its own: it lasts as long as lines come. What `line` fails with ends it.
  Result<void> ExportEvidence(std::string_view employee_number, std::string_view subject, const EvidenceSink& line);

  // Sends lines until `next` gives nothing, a few blocks ahead of the answers. Every outcome is on record. When it
  // fails, send the lines that were not answered; fails also with kDeadline when nothing is answered for a minute.
  Result<RosterSummaryAnswer> CheckRoster(const RosterQuestion& question, const RosterSource& next,
                                          const RosterSink& answered);

  // The receiver's shares.
  Result<AskedShare> AskForShare(std::string_view request_id, const ShareQuestion& question);
  Result<ReceivedSharePage> ListShares(int page_size, std::string_view page_token);
  // Leaves a row of reliance, and the person sees it. Purpose and engagement are those of the share.
  Result<ShareLook> LookAtShare(std::string_view share_id, const ShiftQuestion& shift);
  Result<ReceivedShare> EndShare(std::string_view request_id, std::string_view share_id);
  // What came after that token; from the beginning of what the service keeps if it is empty.
  Result<ShareNoticePage> PollShares(std::string_view resume_token);
  // The same as it happens, at least once and in order, on this thread; from now on if the token is empty. Lasts until
  // it breaks: what the sink fails with, kDeadline after so long a silence, or as the service does.
  Result<void> WatchShares(std::string_view resume_token, const ShareNoticeSink& sink,
                           std::chrono::milliseconds silence = kWatchSilenceMax);

  // The auditor's. Lines of an audit file, in order, as those of an evidence file; `whole`: everybody's, for a
  // registrar.
  Result<void> ExportAudit(bool whole, const EvidenceSink& line);

 private:
  struct Parts;
  explicit ServiceClient(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace passport
