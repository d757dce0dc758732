// The schema of one kind of record: which facts it holds, of what shape, and what is shown or kept back.
//
// A kind is one file in kinds/ and one line in record_kinds.cc. Facts are flat and small by design: certificate images,
// offence text, diagnoses and opinions have no field they could stand in (design decision 4).
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "credential/vocabulary/result.h"

namespace passport {

class Record;

enum class FieldShape {
  kDay,     // "2026-03-01"
  kFlag,    // "true" or "false"
  kNumber,  // an integer of at most 9 digits, "2"
  kWord,    // lower_snake word, 1 to 60 characters
  kChoice,  // one of `choices`
  kName,    // a name or title for people: printable UTF-8, 1 to 80 characters, no '<' or '>', no control or
            // text-direction characters
  kCode,    // A-Z a-z 0-9 and . - / , 1 to 40 characters
};

enum class Presence { kRequired, kOptional };

// Whether the holder can keep the fact back when presenting.
enum class Showing {
  kAlways,    // plain in the credential: without it the record says nothing, or more than it should (an end)
  kByChoice,  // selectively disclosable
};

struct FieldRule {
  std::string_view name;
  FieldShape shape;
  Presence presence;
  Showing showing;
  std::span<const std::string_view> choices = {};  // for kChoice
};

struct RecordKind {
  std::string_view word;   // "mandatory_training"
  std::string_view vct;    // type of its credentials; names the version too
  std::string_view label;  // for people
  std::span<const FieldRule> fields;
  // What one field means for another (a regulator for its number); null when fields are independent.
  Result<void> (*check)(const Record& record);
};

// Facts every kind has: who vouches how. Part of each kind's `fields`.
// achieved_on: the day the fact was achieved, checked or issued. assurance: self_declared, employer_verified or
// primary_source_verified. method, checker_role, checked_on: how, by whom (a role, never a name) and when it was
// checked.
#define PASSPORT_COMMON_FIELDS                                                                                \
  FieldRule{"achieved_on", FieldShape::kDay, Presence::kRequired, Showing::kByChoice},                        \
      FieldRule{"assurance", FieldShape::kChoice, Presence::kRequired, Showing::kByChoice, kAssuranceGrades}, \
      FieldRule{"method", FieldShape::kWord, Presence::kOptional, Showing::kByChoice},                        \
      FieldRule{"checker_role", FieldShape::kWord, Presence::kOptional, Showing::kByChoice}, FieldRule {      \
    "checked_on", FieldShape::kDay, Presence::kOptional, Showing::kByChoice                                   \
  }

inline constexpr std::string_view kAssuranceGrades[] = {"self_declared", "employer_verified",
                                                        "primary_source_verified"};

// Every kind, in a fixed order.
std::span<const RecordKind* const> AllRecordKinds();
// By word or by type; null when there is none.
const RecordKind* FindRecordKind(std::string_view word);
const RecordKind* FindRecordKindByVct(std::string_view vct);

}  // namespace passport
