// Who is calling: an organisation's system, named by the one URI in its client certificate
// (spiffe://staff-passport/org/ods:RC9/sys/hr).
#pragma once

#include <compare>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "credential/vocabulary/identifiers.h"

namespace passport {

// A system of an organisation, "hr", "rota-2": 1 to 40 characters of a-z 0-9 and '-', beginning with a letter or digit.
class SystemName {
 public:
  // Fails with kFieldInvalid.
  static Result<SystemName> Parse(std::string_view text);
  const std::string& text() const { return text_; }
  auto operator<=>(const SystemName&) const = default;

 private:
  explicit SystemName(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

struct CallerIdentity {
  OrganisationId organisation;
  SystemName system;
  auto operator<=>(const CallerIdentity&) const = default;
};

// "spiffe://staff-passport/org/ods:RC9/sys/hr".
std::string SpiffeUri(const CallerIdentity& caller);

// Exactly that form, byte by byte: no other trust domain, no escapes, no query, nothing after it. Fails with
// kCallerUnknown.
Result<CallerIdentity> CallerFromSpiffe(std::string_view uri);

// All URI names of one certificate: none or several is kCallerUnknown.
Result<CallerIdentity> CallerFromUris(std::span<const std::string_view> uris);

}  // namespace passport
