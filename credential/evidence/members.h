// Members of the JSON of evidence, read by name and type; every failure says which one, never what it holds.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "credential/crypto/sha256.h"
#include "credential/encoding/json.h"
#include "credential/vocabulary/identifiers.h"
#include "credential/vocabulary/instant.h"

namespace passport {

class EvidenceMembers {
 public:
  // `where` names the object in faults: "receipt: lines". Fails with kMalformed unless it is an object with none but
  // known members.
  static Result<EvidenceMembers> Of(const json::Value& value, std::string where,
                                    std::initializer_list<std::string_view> known);

  Fault Wrong(std::string_view name, std::string_view what) const;
  const json::Value* Find(std::string_view name) const { return object_->Find(name); }
  bool Has(std::string_view name) const { return Find(name) != nullptr; }
  // All fail with kMalformed when the member is missing or of another form.
  Result<const json::Value*> Array(std::string_view name) const;
  Result<std::string> Text(std::string_view name) const;
  Result<std::string> TextOrEmpty(std::string_view name) const;
  Result<std::uint64_t> Number(std::string_view name, std::uint64_t max = std::uint64_t{1} << 53U) const;
  Result<Instant> Time(std::string_view name) const;
  Result<Digest> Sha(std::string_view name) const;
  Result<OrganisationId> Organisation(std::string_view name) const;

 private:
  EvidenceMembers(const json::Value& object, std::string where) : object_(&object), where_(std::move(where)) {}
  const json::Value* object_;
  std::string where_;
};

}  // namespace passport
