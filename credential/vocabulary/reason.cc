#include "credential/vocabulary/reason.h"

#include <array>
#include <cstddef>

namespace passport {
namespace {

constexpr std::string_view kIssuerWho = "the organisation that issued it";
constexpr std::string_view kHolderWho = "the person presenting";
constexpr std::string_view kVerifierWho = "the organisation that asks";
constexpr std::string_view kOperatorWho = "whoever runs the service";
constexpr std::string_view kRegistrarWho = "the registrar";
constexpr std::string_view kCallerWho = "the calling system";
constexpr std::string_view kSenderWho = "whoever prepared the file";

constexpr std::array kTexts = {
    ReasonText{Reason::kMalformed, "malformed", "The token is not well formed.", kHolderWho,
               "Present the passport again."},
    ReasonText{Reason::kLimit, "limit", "Something is larger or deeper than allowed.", kHolderWho,
               "Present fewer or smaller records."},
    ReasonText{Reason::kAlg, "alg", "The signature algorithm is not one we accept.", kIssuerWho,
               "Issue it again with ES256."},
    ReasonText{Reason::kTyp, "typ", "The token is of another kind than asked for.", kHolderWho,
               "Present a staff passport credential."},
    ReasonText{Reason::kKey, "key", "The signing key is not known, not valid or not usable here.", kIssuerWho,
               "Publish the key or issue again with a registered one."},
    ReasonText{Reason::kSig, "sig", "The issuer's signature does not match; the record was altered or forged.",
               kIssuerWho, "Treat as forged; ask the issuer for the record."},
    ReasonText{Reason::kCrit, "crit", "The token demands an extension we do not understand.", kIssuerWho,
               "Issue it again without critical extensions."},
    ReasonText{Reason::kHeader, "header", "Security parameters stand in an unprotected header.", kIssuerWho,
               "Issue it in compact form."},
    ReasonText{Reason::kSdAlg, "sd_alg", "The digest algorithm of the disclosures is not accepted.", kIssuerWho,
               "Issue it again with sha-256."},
    ReasonText{Reason::kDisclosure, "disclosure", "A disclosure is not formed or placed as it must be.", kHolderWho,
               "Present the passport again."},
    ReasonText{Reason::kDigestDup, "digest_dup", "The same digest occurs twice.", kIssuerWho, "Issue it again."},
    ReasonText{Reason::kUnused, "unused", "A disclosure belongs to nothing the issuer signed; it was altered or added.",
               kHolderWho, "Present the record unaltered."},
    ReasonText{Reason::kMissing, "missing", "A claim that validity depends on is missing.", kIssuerWho,
               "Issue it again."},
    ReasonText{Reason::kTime, "time", "The token has expired, is not valid yet, or its times are wrong.", kIssuerWho,
               "Ask the issuer for a current one."},
    ReasonText{Reason::kVct, "vct", "The record is not of a kind that was asked for.", kHolderWho,
               "Present a record of the right kind."},
    ReasonText{Reason::kIssuer, "issuer", "The organisation is not known, or may not issue this kind of record.",
               kRegistrarWho, "Check the registry entry of the organisation."},
    ReasonText{Reason::kAud, "aud", "The record is addressed to somebody else.", kIssuerWho,
               "Issue it without an audience."},
    ReasonText{Reason::kClaims, "claims", "A claim that was asked for is absent or has another value.", kHolderWho,
               "Present the claims that were asked for."},
    ReasonText{Reason::kKbMissing, "kb_missing", "The holder's proof is missing; anybody could have sent this copy.",
               kHolderWho, "Present it from the passport, not as a copy."},
    ReasonText{Reason::kKbKey, "kb_key", "The record names no holder key that we can use.", kIssuerWho,
               "Issue it again, bound to the holder's key."},
    ReasonText{Reason::kKbSig, "kb_sig", "The holder's proof was not made with the holder's key.", kHolderWho,
               "Present your own passport."},
    ReasonText{Reason::kKbTyp, "kb_typ", "The holder's proof is a token of another kind.", kHolderWho,
               "Present it again."},
    ReasonText{Reason::kKbTime, "kb_time", "The holder's proof is too old or from the future.", kHolderWho,
               "Present it again now; check the clock."},
    ReasonText{Reason::kKbNonce, "kb_nonce", "The holder's proof answers another challenge or one already used.",
               kHolderWho, "Ask for a new challenge and present again."},
    ReasonText{Reason::kKbAud, "kb_aud", "The holder's proof is addressed to somebody else.", kHolderWho,
               "Present to the organisation that asked."},
    ReasonText{Reason::kKbHash, "kb_hash", "The holder's proof covers other disclosures than those sent.", kHolderWho,
               "Present it again."},
    ReasonText{Reason::kStatus, "status", "The status of the record could not be established.", kIssuerWho,
               "Publish a correct status list."},
    ReasonText{Reason::kRevoked, "revoked", "The issuer has revoked the record.", kIssuerWho,
               "Ask the issuer why; a new record is needed."},
    ReasonText{Reason::kSuspended, "suspended", "The issuer has suspended the record for now.", kIssuerWho,
               "Ask the issuer when it will be reinstated."},
    ReasonText{Reason::kConfig, "config", "The verifier was not told what to insist on.", kVerifierWho,
               "State nonce, audience and keys, or say that no proof is needed."},
    ReasonText{Reason::kStatusStale, "status_stale", "The newest status list at hand is too old to rely on.",
               kVerifierWho, "Fetch the published files again."},
    ReasonText{Reason::kStatusUnknown, "status_unknown", "No status list is at hand for this record.", kVerifierWho,
               "Fetch the published files again."},
    ReasonText{Reason::kRegistryStale, "registry_stale", "The registry at hand is too old to rely on.", kVerifierWho,
               "Fetch the published files again."},
    ReasonText{Reason::kRegistry, "registry", "The registry or another published file does not verify.", kRegistrarWho,
               "Publish it again; check the pinned registry key."},
    ReasonText{Reason::kHolderMismatch, "holder_mismatch", "The records belong to different holders.", kHolderWho,
               "Present the records of one person."},
    ReasonText{Reason::kRecordKind, "record_kind", "The kind of record is not known.", kSenderWho,
               "Use one of the documented kinds."},
    ReasonText{Reason::kRecordField, "record_field", "A field of the record is missing, unknown or has a wrong value.",
               kSenderWho, "Correct the field."},
    ReasonText{Reason::kNone, "none", "Nothing stands against it.", "nobody", "Nothing to do."},
    ReasonText{Reason::kRecordMissing, "record_missing", "No such record was presented.", kHolderWho,
               "Present the record, or obtain it."},
    ReasonText{Reason::kTooOld, "too_old", "The record is older than the role allows.", kHolderWho,
               "Renew the training or check."},
    ReasonText{Reason::kLevelTooLow, "level_too_low", "The level is below what the role needs.", kHolderWho,
               "Complete the higher level."},
    ReasonText{Reason::kAssuranceTooLow, "assurance_too_low", "The fact was not checked as strictly as the role needs.",
               kIssuerWho, "Check it at the source and issue again."},
    ReasonText{Reason::kNotCovered, "not_covered", "The record does not cover what the role needs.", kHolderWho,
               "Obtain a record that covers it."},
    ReasonText{Reason::kRestricted, "restricted", "The registration carries a restriction or is not in force.",
               kHolderWho, "Resolve it with the regulator."},
    ReasonText{Reason::kRecheckDue, "recheck_due", "The status was last checked too long ago.", kIssuerWho,
               "Check the register again and issue the result."},
    ReasonText{Reason::kEndsTooSoon, "ends_too_soon", "The record ends before the day in question.", kHolderWho,
               "Renew it."},
    ReasonText{Reason::kNotYetInForce, "not_yet_in_force", "The record begins after the day in question.", kHolderWho,
               "Wait, or present one in force."},
    ReasonText{Reason::kCallerUnknown, "caller_unknown", "The connection names no organisation that is enrolled.",
               kRegistrarWho, "Enrol the organisation and its certificate."},
    ReasonText{Reason::kNotPermitted, "not_permitted", "The caller may not do this.", kRegistrarWho,
               "Check what the organisation is enrolled for."},
    ReasonText{Reason::kNotFound, "not_found", "There is no such thing, or it is not the caller's.", kCallerWho,
               "Check the identifier."},
    ReasonText{Reason::kFieldInvalid, "field_invalid", "A field of the request is missing or invalid.", kCallerWho,
               "Correct the field."},
    ReasonText{Reason::kRequestReused, "request_reused", "The request id was used before for something else.",
               kCallerWho, "Use a new request id for a new request."},
    ReasonText{Reason::kAlreadyExists, "already_exists", "It exists already.", kCallerWho, "Use what exists."},
    ReasonText{Reason::kStateConflict, "state_conflict", "The present state does not allow this change.", kCallerWho,
               "Read the present state and decide again."},
    ReasonText{Reason::kDeadline, "deadline", "The call was cancelled or ran out of time.", kCallerWho,
               "Call again with the same request id."},
    ReasonText{Reason::kServiceUnreachable, "service_unreachable", "The service does not answer.", kOperatorWho,
               "Check the address, the network and the certificates; call again with the same request id."},
    ReasonText{Reason::kStatusListFull, "status_list_full", "The status list has no free slot.", kOperatorWho,
               "Open a further list."},
    ReasonText{Reason::kStoreUnavailable, "store_unavailable", "The store does not take or give data now.",
               kOperatorWho, "Look at the log; call again with the same request id."},
    ReasonText{Reason::kStoreFull, "store_full", "The disk is too full to accept changes.", kOperatorWho,
               "Free space; call again with the same request id."},
    ReasonText{Reason::kOutcomeUnknown, "outcome_unknown", "It is not known whether the change was kept.", kCallerWho,
               "Call again with the same request id."},
    ReasonText{Reason::kDataFolder, "data_folder", "The data folder is missing, in use or not ours.", kOperatorWho,
               "Name the right folder, or create it with --create."},
    ReasonText{Reason::kSchemaNewer, "schema_newer", "The data was written by a newer version.", kOperatorWho,
               "Run the newer version."},
    ReasonText{Reason::kKeyStore, "key_store", "The key store is missing, damaged or of an unknown version.",
               kOperatorWho, "Restore it from its backup."},
    ReasonText{Reason::kKeyPermissions, "key_permissions", "Others may read or change the key store.", kOperatorWho,
               "Set folder mode 0700 and file mode 0600, owned by the service."},
    ReasonText{Reason::kPassphrase, "passphrase", "The passphrase does not open the key store.", kOperatorWho,
               "Give the right passphrase file."},
    ReasonText{Reason::kKeyState, "key_state", "The key's state does not allow this use.", kOperatorWho,
               "Activate a staged key or rotate."},
    ReasonText{Reason::kSigning, "signing", "Signing did not work; nothing was released.", kOperatorWho,
               "Look at the key store; call again with the same request id."},
    ReasonText{Reason::kFileUnreadable, "file_unreadable", "The file can not be read.", kSenderWho,
               "Check the name and the permissions."},
    ReasonText{Reason::kFileEncoding, "file_encoding", "The file is not UTF-8.", kSenderWho, "Save it as CSV UTF-8."},
    ReasonText{Reason::kFileHeader, "file_header", "The columns are not those of the format.", kSenderWho,
               "Use the template of the format."},
    ReasonText{Reason::kRowFields, "row_fields", "The row has another number of fields than the header.", kSenderWho,
               "Correct the row; look for stray commas and quotes."},
    ReasonText{Reason::kRowTooLong, "row_too_long", "The row is longer than any real row.", kSenderWho,
               "Correct the row; look for a missing end of line."},
};

static_assert(kTexts.size() == static_cast<std::size_t>(Reason::kRowTooLong) + 1);

consteval bool InOrder() {
  for (std::size_t i = 0; i < kTexts.size(); ++i) {
    if (kTexts[i].reason != static_cast<Reason>(i)) return false;
  }
  return true;
}
static_assert(InOrder(), "the table stands in the order of the enum");

}  // namespace

const ReasonText& TextOf(Reason reason) { return kTexts[static_cast<std::size_t>(reason)]; }
std::string_view WordOf(Reason reason) { return TextOf(reason).word; }
std::span<const ReasonText> AllReasons() { return kTexts; }

}  // namespace passport
