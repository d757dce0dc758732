// Training beyond the mandatory subjects, and continuing professional development.
#include "credential/record/kinds/kind_rules.h"
#include "credential/record/kinds/kinds.h"

namespace passport {
namespace {

using enum FieldShape;
using enum Presence;
using enum Showing;

constexpr int kMinutesMost = 99'999;
constexpr FieldRule kFields[] = {
    {"topic", "Topic", kWord, kRequired, kAlways, {}, "cpd_topic"},
    {"title", "Title", kName, kRequired, kByChoice},
    {"provider", "Provider", kName, kOptional, kByChoice},
    {"cpd_minutes", "Minutes of development", kNumber, kOptional, kByChoice},
    {"assessed_by", "How it was assessed", kWord, kOptional, kByChoice, {}, "assessment"},
    {"expires_on", "Expires on", kDay, kOptional, kAlways},
    PASSPORT_COMMON_FIELDS,
};
constexpr std::string_view kIdentity[] = {"topic", "title"};

Result<void> Check(const Record& record) {
  TRY(kind_rules::Within(record, "cpd_minutes", 1, kMinutesMost));
  return kind_rules::NotBefore(record, "expires_on", "achieved_on");
}

}  // namespace

const RecordKind kOtherTraining{
    .word = "other_training",
    .vct = "urn:staff-passport:other-training:1",
    .label = "Other training",
    .description = "A course or activity beyond mandatory training, or continuing professional development.",
    .fields = kFields,
    .identity = kIdentity,
    .check = Check,
};

}  // namespace passport
