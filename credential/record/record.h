// One fact an organisation asserts about a person.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "credential/encoding/json.h"
#include "credential/record/record_kind.h"
#include "credential/vocabulary/instant.h"

namespace passport {

struct Fact {
  const FieldRule* rule;
  std::string value;  // as text, in the shape of the rule
};

class Record {
 public:
  using Field = std::pair<std::string, std::string>;

  // A whole record from named texts; empty texts count as absent. Fails naming the field, never the value: kRecordField
  // when one is unknown, twice, missing, of the wrong shape or in conflict with another, or when a record that is not
  // self-declared does not say how, by which role and when it was checked; kContentForbidden for what no credential may
  // carry (field_shape.h).
  static Result<Record> Make(const RecordKind& kind, std::span<const Field> fields);
  // What a holder disclosed of a record: any part of it, each fact of the right shape. Members of the claims that are
  // no field of the kind are not facts and are left aside. Fails with kClaims.
  static Result<Record> FromClaims(const RecordKind& kind, const json::Value& claims);

  const RecordKind& kind() const { return *kind_; }
  std::span<const Fact> facts() const { return facts_; }
  // The fact of that name, or nothing.
  std::optional<std::string_view> Find(std::string_view name) const;
  std::optional<CivilDay> Day(std::string_view name) const;
  std::optional<int> Number(std::string_view name) const;
  std::optional<bool> Flag(std::string_view name) const;

  // Which fact this is: the kind's word and its identity facts, one a line, "mandatory_training\nsubject=fire_safety".
  // Two whole records of one person and one issuer with the same identity tell the same fact; the newer takes the place
  // of the older. A record that states none of its kind's identity facts is a fact of its own: then all facts say
  // which. Of a record that a holder disclosed in part it says nothing.
  std::string Identity() const;

  // The JSON value of a fact in the tree: flags and numbers as such, all else as text.
  static json::Value& ToJson(const Fact& fact, json::Tree& tree);

 private:
  explicit Record(const RecordKind& kind) : kind_(&kind) {}
  const RecordKind* kind_;
  std::vector<Fact> facts_;  // in the order of the kind's fields
};

}  // namespace passport
