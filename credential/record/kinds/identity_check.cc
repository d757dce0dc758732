// An identity check (domain sheet 4): who was seen and by which kinds of document; no document numbers, no images.
#include "credential/record/kinds/kinds.h"

namespace passport {
namespace {

constexpr FieldRule kFields[] = {
    {"given_names", FieldShape::kName, Presence::kRequired, Showing::kByChoice},
    {"family_name", FieldShape::kName, Presence::kRequired, Showing::kByChoice},
    {"date_of_birth", FieldShape::kDay, Presence::kRequired, Showing::kByChoice},
    {"document_types", FieldShape::kWord, Presence::kRequired, Showing::kByChoice},
    PASSPORT_COMMON_FIELDS,
};

}  // namespace

const RecordKind kIdentityCheck{.word = "identity_check",
                                .vct = "urn:staff-passport:identity-check:1",
                                .label = "Identity check",
                                .fields = kFields,
                                .check = nullptr};

}  // namespace passport
