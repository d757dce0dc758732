// An identity check (NHS Employers, identity checks standard): who was seen and by which types of document; no numbers
// of documents, no images. The photo stays with the employer; its digest lets a receiver see that it has the same one.
#include <algorithm>
#include <iterator>

#include "credential/record/code_forms.h"
#include "credential/record/kinds/kind_rules.h"
#include "credential/record/kinds/kinds.h"

namespace passport {
namespace {

using enum FieldShape;
using enum Presence;
using enum Showing;

constexpr FieldRule kFields[] = {
    {"given_names", "Given names", kName, kRequired, kByChoice},
    {"family_name", "Family name", kName, kRequired, kByChoice},
    {"date_of_birth", "Date of birth", kDay, kRequired, kByChoice},
    {"preferred_name", "Preferred name", kName, kOptional, kByChoice},
    {"previous_family_name", "Previous family name", kName, kOptional, kByChoice},
    {"title", "Title", kName, kOptional, kByChoice},
    {"document_types", "Types of document seen", kWord, kRequired, kByChoice},
    {"seen_in_person", "Originals seen in person", kFlag, kOptional, kByChoice},
    {"national_insurance_number", "National Insurance number", kCode, kOptional, kByChoice},
    {"photo_digest", "Digest of the photo", kDigest, kOptional, kByChoice},
    PASSPORT_COMMON_FIELDS,
};

// Joined with "_and_" where several were seen.
constexpr std::string_view kDocumentTypes[] = {
    "passport",          "driving_licence",      "birth_certificate", "utility_bill",
    "bank_statement",    "council_tax_bill",     "residence_permit",  "marriage_certificate",
    "armed_forces_card", "adoption_certificate", "digital_identity",  "national_identity_card"};

bool AreDocumentTypes(std::string_view text) {
  constexpr std::string_view kAnd = "_and_";
  while (true) {
    const std::size_t end = text.find(kAnd);
    const std::string_view one = text.substr(0, end);
    if (std::find(std::begin(kDocumentTypes), std::end(kDocumentTypes), one) == std::end(kDocumentTypes)) return false;
    if (end == std::string_view::npos) return true;
    text.remove_prefix(end + kAnd.size());
  }
}

Result<void> Check(const Record& record) {
  if (!AreDocumentTypes(*record.Find("document_types"))) {
    return kind_rules::Wrong("document_types is not one or more types of document, joined with _and_");
  }
  const auto number = record.Find("national_insurance_number");
  if (number && !IsNationalInsuranceNumber(*number)) {
    return kind_rules::Wrong("national_insurance_number has not the form of one, in capitals without blanks");
  }
  const CivilDay born = *record.Day("date_of_birth");
  if (!(born < *record.Day("achieved_on"))) return kind_rules::Wrong("date_of_birth is not before achieved_on");
  return {};
}

}  // namespace

const RecordKind kIdentityCheck{
    .word = "identity_check",
    .vct = "urn:staff-passport:identity-check:1",
    .label = "Identity check",
    .description = "Who a person is, as an employer saw it in identity documents.",
    .fields = kFields,
    .identity = {},
    .check = Check,
};

}  // namespace passport
