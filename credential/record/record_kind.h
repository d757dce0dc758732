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

// A name holds no six digits in a row (blanks, dashes and dots between them do not help), no address and no encoded
// file; a word no six digits; a code no National Insurance number and no 12 digits but in their own fields: numbers of
// certificates and documents do not travel elsewhere (kContentForbidden).
enum class FieldShape {
  kDay,           // "2026-03-01"
  kFlag,          // "true" or "false"
  kNumber,        // an integer of at most 9 digits, "2"
  kWord,          // lower_snake word, 1 to 60 characters
  kChoice,        // one of `choices`
  kName,          // a name or title for people: printable UTF-8, 1 to 80 characters, none of < > { } \, no control,
                  // invisible or text-direction characters
  kCode,          // A-Z a-z 0-9 and . - / , 1 to 40 characters
  kOrganisation,  // "ods:RC9": OrganisationId::Parse
  kDigest,        // SHA-256 in base64url, 43 characters
};

enum class Presence { kRequired, kOptional };

// Whether the holder can keep the fact back when presenting.
enum class Showing {
  kAlways,    // plain in the credential: without it the record says nothing, or more than it should (an end)
  kByChoice,  // selectively disclosable
};

struct FieldRule {
  std::string_view name;
  std::string_view label;  // for people: "Issued on"
  FieldShape shape;
  Presence presence;
  Showing showing;
  std::span<const std::string_view> choices = {};  // for kChoice
  // Words of kWord and kCode that only a taxonomy knows: the list the value must stand in ("staff_group"), or empty.
  // The schema takes any word of the shape; Taxonomies::Check (credential/taxonomy) has the last word when issuing.
  std::string_view vocabulary = {};
};

struct RecordKind {
  std::string_view word;         // "mandatory_training"
  std::string_view vct;          // type of its credentials; names the version too
  std::string_view label;        // for people: "Mandatory training"
  std::string_view description;  // one sentence for people
  std::span<const FieldRule> fields;
  // The facts that say which fact this is: of one person and one issuer, a record with the same identity is the same
  // fact, told better, and takes the place of the older one. Empty: a person has one of this kind.
  std::span<const std::string_view> identity;
  // What one field means for another (an end for its start); null when fields are independent.
  Result<void> (*check)(const Record& record);
  // What is true only while the person works for, or attends at, whoever issued it: it ends when they leave. What was
  // achieved or checked on a day stays true: training, checks, clearances, registrations.
  bool ends_with_employment = false;
};

// Facts every kind has: who vouches how. Part of each kind's `fields`.
// achieved_on: the day the fact was achieved, checked or issued. assurance: self_declared, employer_verified or
// primary_source_verified. method, checker_role, checked_on: how, by whom (a role, never a name) and when it was
// checked; a record that is not self-declared says all three.
#define PASSPORT_COMMON_FIELDS                                                                                       \
  FieldRule{"achieved_on", "Achieved on", FieldShape::kDay, Presence::kRequired, Showing::kByChoice},                \
      FieldRule{"assurance",         "Assurance",        FieldShape::kChoice,                                        \
                Presence::kRequired, Showing::kByChoice, kAssuranceGrades},                                          \
      FieldRule{"method", "How it was checked", FieldShape::kWord, Presence::kOptional, Showing::kByChoice, {},      \
                "method"},                                                                                           \
      FieldRule{"checker_role", "Checked by (role)", FieldShape::kWord, Presence::kOptional, Showing::kByChoice, {}, \
                "checker_role"},                                                                                     \
      FieldRule {                                                                                                    \
    "checked_on", "Checked on", FieldShape::kDay, Presence::kOptional, Showing::kByChoice                            \
  }

inline constexpr std::string_view kAssuranceGrades[] = {"self_declared", "employer_verified",
                                                        "primary_source_verified"};

// Every kind, in a fixed order.
std::span<const RecordKind* const> AllRecordKinds();
// By word or by type; null when there is none.
const RecordKind* FindRecordKind(std::string_view word);
const RecordKind* FindRecordKindByVct(std::string_view vct);

}  // namespace passport
