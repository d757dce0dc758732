// A course of statutory or mandatory training (domain sheet 3): subject and level are words and numbers of the
// taxonomy, never a certificate.
#include "credential/record/kinds/kinds.h"

namespace passport {
namespace {

constexpr FieldRule kFields[] = {
    {"subject", FieldShape::kWord, Presence::kRequired, Showing::kAlways},
    {"level", FieldShape::kNumber, Presence::kRequired, Showing::kAlways},
    {"framework", FieldShape::kWord, Presence::kOptional, Showing::kAlways},
    {"provider", FieldShape::kName, Presence::kOptional, Showing::kByChoice},
    {"assessed_by", FieldShape::kWord, Presence::kOptional, Showing::kByChoice},
    {"expires_on", FieldShape::kDay, Presence::kOptional, Showing::kAlways},
    PASSPORT_COMMON_FIELDS,
};

}  // namespace

const RecordKind kMandatoryTraining{.word = "mandatory_training",
                                    .vct = "urn:staff-passport:mandatory-training:1",
                                    .label = "Mandatory training",
                                    .fields = kFields,
                                    .check = nullptr};

}  // namespace passport
