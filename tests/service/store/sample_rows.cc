#include "tests/service/store/sample_rows.h"

#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "credential/status/slot_permutation.h"

namespace passport::test {
namespace {

constexpr std::uint32_t kListSize = 1 << 16;
constexpr std::string_view kSeed = "0123456789abcdef";

}  // namespace

OrganisationId Organisation(std::string_view text) { return OrganisationId::Parse(text).value(); }
PersonId Person(std::string_view text) { return PersonId::Parse(text).value(); }
RequestId Request(std::string_view text) { return RequestId::Parse(text).value(); }
CredentialId Credential(std::string_view text) { return CredentialId::Parse(text).value(); }

OrganisationRow SampleOrganisation(const OrganisationId& id) {
  return {.id = id,
          .legal_name = "Example Trust",
          .type = "nhs_trust",
          .issuer = "https://" + id.PathSegment() + ".example",
          .status_uri_prefix = "https://status.example/" + id.PathSegment() + "/",
          .kinds = {{"mandatory-training", kNoon, {}}, {"employment", kNoon, {}}},
          .registrar = false,
          .valid_from = kNoon,
          .valid_until = std::nullopt,
          .revision = 0};
}

CertificateRow SampleCertificate(std::string_view kid) {
  return {.kid = std::string(kid), .certificate = "\x30\x01leaf", .authority = "\x30\x01root", .at = kNoon};
}

PersonRow SamplePerson(const PersonId& id) {
  return {.id = id,
          .passport_code_hash = Sha256(id.text()),
          .enrolled_at = kNoon,
          .sealed_holder = std::string("\0sealed\xff", 8)};
}

HolderKeyRow SampleHolderKey(std::string_view thumbprint, const PersonId& person) {
  return {.thumbprint = std::string(thumbprint),
          .person = person,
          .held_as = HeldAs::kWallet,
          .from = kNoon,
          .until = {},
          .end_reason = {}};
}

InvitationRow SampleInvitation(std::string_view id, const OrganisationId& organisation) {
  return {.id = std::string(id),
          .organisation = organisation,
          .code = Sha256("code"),
          .number = Sha256("1001"),
          .sealed = "sealed",
          .at = kNoon,
          .expires_at = kNoon + Seconds{600}};
}

IdentityCheckRow SampleIdentityCheck(const OrganisationId& organisation, std::string_view number) {
  return {.organisation = organisation, .number = Sha256(number), .at = kNoon, .id = "i", .sealed = "sealed"};
}

UnlockRow SampleUnlock(std::string_view code, const PersonId& person, const OrganisationId& organisation) {
  return {.code = Sha256(code), .person = person, .organisation = organisation, .expires_at = kNoon + Seconds{900}};
}

RebindingRow SampleRebinding(const PersonId& person) {
  return {.person = person,
          .id = "rebinding",
          .state = RebindingState::kUndoable,
          .reason = RebindingReason::kLost,
          .request = "r1",
          .at = kNoon,
          .end_shares = true,
          .old_key = "old",
          .new_key = "new",
          .old_code = Sha256("before"),
          .undo_until = kNoon + Seconds{86400},
          .sealed = std::string("\0sealed\xff", 8),
          .signed_again = 40,
          .left_behind = {Credential("c1"), Credential("c2")},
          .revision = 1};
}

DisputeRow SampleDispute(std::string_view id, const OrganisationId& organisation, const PersonId& person) {
  return {.organisation = organisation,
          .id = std::string(id),
          .person = person,
          .credential = Credential("c1"),
          .kind = "mandatory_training",
          .state = DisputeState::kOpen,
          .sealed_words = std::string("\0sealed\xff", 8),
          .sealed_answer = {},
          .raised_at = kNoon,
          .settled_at = {},
          .revision = 1};
}

EmploymentRow SampleEmployment(const OrganisationId& organisation, std::string_view number, const PersonId& person) {
  return {.organisation = organisation,
          .number = Sha256(number),
          .person = person,
          .sealed_number = std::string("\0sealed\xff", 8)};
}

DataKeyRow SampleDataKey(const DataOwner& owner, char id) {
  return {.owner = owner, .id = std::string(8, id), .wrapped = std::string(60, '\xee')};
}

StatusListRow SampleList(const OrganisationId& organisation) {
  return {.organisation = organisation,
          .number = 1,
          .uri = "https://status.example/" + organisation.PathSegment() + "/1",
          .size = kListSize,
          .next = 0,
          .seed = std::string(kSeed)};
}

AuditEntry SampleAudit(std::string action, const std::string& request) {
  return {.at = kNoon,
          .actor = "service",
          .action = std::move(action),
          .object = "",
          .request = request,
          .outcome = "done"};
}

ProposalRow SampleProposal(const OrganisationId& organisation, std::uint64_t number) {
  const Instant end = kNoon + Seconds{86400};
  const OrganisationId successor = Organisation("ods:RD1");
  return {.number = number,
          .by = organisation,
          .by_system = "hr-desk",
          .at = kNoon,
          .reason = "taken_over",
          .steps = {{successor, Enrolment{.legal_name = "Successor Trust",
                                          .type = "nhs_trust",
                                          .kinds = {{"employment", kNoon, end}, {"immunity", kNoon, {}}},
                                          .systems = {{"hr-desk", {Role::kIssuerClerk}, {Sha256("key")}}}}},
                    {organisation, Amendment{.legal_name = "Example Trust (closing)",
                                             .type = {},
                                             .kinds = {{"immunity", kNoon, {}}},
                                             .ends = {{"employment", end}},
                                             .two_person = true,
                                             .registrars_needed = 2}},
                    {organisation, StateChange{EntryState::kCeased, end, "taken_over"}},
                    {organisation, Succession{SuccessionKind::kAcquired, successor, end}},
                    {organisation, RegistrarReplacement{successor}}},
          .signatures = {{organisation, "registry-desk", kNoon}},
          .rejected = {}};
}

StandingRecordRow SampleStanding(const CredentialRow& credential, std::string_view identity) {
  return {.organisation = credential.organisation,
          .person = credential.person,
          .kind = credential.kind,
          .identity = Sha256(identity),
          .content = Sha256(credential.id.text()),
          .credential = credential.id};
}

ImportRow SampleImport(const OrganisationId& organisation, std::string_view import) {
  return {.organisation = organisation,
          .import = Request(import),
          .source = "esr",
          .mode = ImportMode::kDelta,
          .sequence = 7,
          .state = ImportState::kStaging,
          .prepared_by = "hr-desk",
          .approved_by = "",
          .sealed_checker = std::string("\0sealed\xff", 8),
          .at = kNoon,
          .revision = 0};
}

DraftRow SampleDraft(const ImportRow& import, std::uint64_t line) {
  return {.organisation = import.organisation,
          .import = import.import,
          .line = line,
          .part = 0,
          .request = Request(import.import.text() + "-" + std::to_string(line)),
          .verdict = DraftVerdict::kNew,
          .state = DraftState::kOpen,
          .kind = "mandatory-training",
          .person = std::nullopt,
          .sealed_fields = std::string("\0sealed\xff", 8),
          .supersedes = std::nullopt,
          .reason = "",
          .detail = "",
          .credential = std::nullopt};
}

RelianceEntry SampleReliance(const OrganisationId& organisation, std::string_view subject) {
  return {.organisation = organisation,
          .at = kNoon,
          .subject = std::string(subject),
          .purpose = "shift",
          .profile = "community-nurse",
          .profile_version = 3,
          .outcome = "not_met",
          .reasons = {"training_too_old"},
          .elsewhere = {"identity-check", "mandatory-training"},
          .receipt_digest = Sha256("receipt"),
          .sealed_receipt = std::string("\0sealed\xff", 8)};
}

ShareRow SampleShare(const OrganisationId& receiver, std::string_view id) {
  return {.id = ShareId::Parse(id).value(),
          .receiver = receiver,
          .nonce = "n-1",
          .purpose = "shift",
          .profile = "community-nurse",
          .day = CivilDay::Parse("2027-01-15").value(),
          .asked = {{"mandatory_training", {"subject", "level"}, "moving and handling"}},
          .engagement = Engagement::kEmployment,
          .keep_through = CivilDay::Parse("2027-03-01").value(),
          .answer_enough = true,
          .asked_at = kNoon,
          .answer_by = kNoon + Seconds{60},
          .wrong_codes = 2,
          .due = kNoon + Seconds{60}};
}

SystemRow SampleSystem(const OrganisationId& organisation, std::string_view name) {
  return {.organisation = organisation,
          .name = std::string(name),
          .roles = {Role::kIssuerClerk, Role::kVerifier},
          .certificates = {{.spki = Sha256(name), .from = kNoon}},
          .state = SystemState::kActive,
          .at = kNoon,
          .revision = 0};
}

OverrideRow SampleOverride(const OrganisationId& organisation, std::string_view id, std::uint64_t reliance) {
  return {.organisation = organisation,
          .id = Request(id),
          .reliance = reliance,
          .subject = "subject-a",
          .profile = "community-nurse",
          .reason = "urgent_patient_safety",
          .sealed_words = std::string("\0sealed\xff", 8),
          .by = "hr-desk",
          .from = kNoon,
          .until = kNoon + Seconds{86400}};
}

PersonId Story::person() const { return Person("person-" + organisation.PathSegment()); }
RequestId Story::request() const { return Request(organisation.PathSegment() + "-request-" + std::to_string(number)); }
CredentialId Story::credential() const {
  return Credential(organisation.PathSegment() + "-credential-" + std::to_string(number));
}

Slot Story::slot() const {
  std::array<std::uint8_t, 16> seed{};
  std::copy(kSeed.begin(), kSeed.end(), seed.begin());
  return {.organisation = organisation, .list = 1, .index = SlotPermutation(seed, kListSize).SlotOf(number)};
}

IntentRow Story::intent() const {
  return {.organisation = organisation,
          .request = request(),
          .request_digest = Sha256(request().text()),
          .person = person(),
          .kind = "mandatory-training",
          .slot = slot(),
          .at = kNoon};
}

CredentialRow Story::row() const {
  return {.organisation = organisation,
          .id = credential(),
          .person = person(),
          .kind = "mandatory-training",
          .sealed_token = "\2" + std::string(1200, 'x'),
          .slot = slot(),
          .issued_at = kNoon,
          .expires_at = kNoon + Seconds{86400},
          .request = request(),
          .state = CredentialState::kCurrent,
          .state_reason = "",
          .state_at = kNoon};
}

AnswerRow Story::answer() const {
  return {.organisation = organisation,
          .request = request(),
          .request_digest = Sha256(request().text()),
          .answer = "credential " + credential().text(),
          .at = kNoon};
}

Changes Story::Intend() const {
  return {TakeSlots{organisation, 1, number, 1}, AddIntent{intent()},
          AppendAudit{SampleAudit("credential.issue.intended", request().text())}};
}

Changes Story::Issue() const {
  return {AddCredential{row()}, RememberAnswer{answer()}, DropIntent{organisation, request()},
          AppendAudit{SampleAudit("credential.issued", request().text())},
          AppendEvent{{.at = kNoon, .type = "credential.issued", .object = credential().text()}}};
}

Changes Story::Void() const {
  return {DropIntent{organisation, request()}, SetStatus{slot(), 1},
          AppendAudit{SampleAudit("credential.voided", request().text())}};
}

Changes Story::Revoke() const {
  return {ChangeCredentialState{organisation, credential(), CredentialState::kCurrent, CredentialState::kRevoked,
                                "withdrawn", kNoon + Seconds{60}},
          SetStatus{slot(), 1}, AppendAudit{SampleAudit("credential.revoked", "")},
          AppendEvent{{.at = kNoon, .type = "credential.revoked", .object = credential().text()}}};
}

Changes Story::Suspend() const {
  return {ChangeCredentialState{organisation, credential(), CredentialState::kCurrent, CredentialState::kSuspended,
                                "inquiry", kNoon + Seconds{60}},
          SetStatus{slot(), 2}, AppendAudit{SampleAudit("credential.suspended", "")}};
}

Changes Found(const OrganisationId& organisation) {
  const PersonId person = Story{organisation, 0}.person();
  return {AddOrganisation{SampleOrganisation(organisation)}, AddPerson{SamplePerson(person)},
          AddEmployment{SampleEmployment(organisation, "1001", person)}, OpenStatusList{SampleList(organisation)},
          AppendAudit{SampleAudit("organisation.enrolled", "")}};
}

ScratchFolder::ScratchFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "passport-test-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) std::abort();
  path_ = name;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;  // a folder left behind harms no test
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace passport::test
