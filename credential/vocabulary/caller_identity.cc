#include "credential/vocabulary/caller_identity.h"

#include <algorithm>

namespace passport {
namespace {

constexpr std::string_view kPrefix = "spiffe://staff-passport/org/";
constexpr std::string_view kSystemPart = "/sys/";

Fault Unknown(std::string detail) { return {Reason::kCallerUnknown, "", std::move(detail)}; }

}  // namespace

Result<SystemName> SystemName::Parse(std::string_view text) {
  constexpr std::size_t kLengthMax = 40;
  const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  const bool good = !text.empty() && text.size() <= kLengthMax && text.front() != '-' &&
                    std::all_of(text.begin(), text.end(), allowed);
  if (!good) {
    return Fault{Reason::kFieldInvalid, "",
                 "system name is not 1 to 40 characters of a-z 0-9 '-', beginning with a letter or digit"};
  }
  return SystemName(std::string(text));
}

std::string SpiffeUri(const CallerIdentity& caller) {
  return std::string(kPrefix) + caller.organisation.text() + std::string(kSystemPart) + caller.system.text();
}

Result<CallerIdentity> CallerFromSpiffe(std::string_view uri) {
  if (!uri.starts_with(kPrefix)) return Unknown("the certificate's URI is not of this trust domain");
  const std::string_view path = uri.substr(kPrefix.size());
  const std::size_t slash = path.find('/');
  if (slash == std::string_view::npos || !path.substr(slash).starts_with(kSystemPart)) {
    return Unknown("the certificate's URI is not org/<organisation>/sys/<system>");
  }
  const Result<OrganisationId> organisation = OrganisationId::Parse(path.substr(0, slash));
  const Result<SystemName> system = SystemName::Parse(path.substr(slash + kSystemPart.size()));
  if (!organisation.ok()) return Unknown("the certificate's URI names no organisation");
  if (!system.ok()) return Unknown("the certificate's URI names no system");
  return CallerIdentity{*organisation, *system};
}

Result<CallerIdentity> CallerFromUris(std::span<const std::string_view> uris) {
  if (uris.empty()) return Unknown("the certificate has no URI name");
  if (uris.size() > 1) return Unknown("the certificate has several URI names");
  return CallerFromSpiffe(uris.front());
}

}  // namespace passport
