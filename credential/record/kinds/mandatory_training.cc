// A course of statutory or mandatory training: subject, level and part are words and numbers of the taxonomy, never a
// certificate. A course in several parts is one record a part.
#include "credential/record/kinds/kind_rules.h"
#include "credential/record/kinds/kinds.h"

namespace passport {
namespace {

using enum FieldShape;
using enum Presence;
using enum Showing;

constexpr int kLevelMost = 99;
// Subjects, their levels and parts are a section of the taxonomy, not one of its lists.
constexpr FieldRule kFields[] = {
    {"subject", "Subject", kWord, kRequired, kAlways},
    {"level", "Level", kNumber, kRequired, kAlways},
    {"framework", "Framework", kWord, kOptional, kAlways, {}, "framework"},
    {"part", "Part of the course", kWord, kOptional, kAlways},
    {"provider", "Provider", kName, kOptional, kByChoice},
    {"assessed_by", "How it was assessed", kWord, kOptional, kByChoice, {}, "assessment"},
    {"source_title", "Title in the source", kName, kOptional, kByChoice},
    {"expires_on", "Expires on", kDay, kOptional, kAlways},
    PASSPORT_COMMON_FIELDS,
};
constexpr std::string_view kIdentity[] = {"subject", "level", "framework", "part"};

Result<void> Check(const Record& record) { return kind_rules::Within(record, "level", 0, kLevelMost); }

}  // namespace

const RecordKind kMandatoryTraining{
    .word = "mandatory_training",
    .vct = "urn:staff-passport:mandatory-training:1",
    .label = "Mandatory training",
    .description = "A statutory or mandatory course a person completed, or one part of it.",
    .fields = kFields,
    .identity = kIdentity,
    .check = Check,
};

}  // namespace passport
