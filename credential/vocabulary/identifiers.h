// Identifiers: text becomes an id once, at the edge, and can fail there.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <utility>

#include "credential/vocabulary/result.h"

namespace passport {

// An organisation: scheme and value, "ods:RC9", "ons:E06000032", "cqc:1-101234567", "charity:1091156",
// "company:01234567". Schemes are a closed list; the value is 1 to 40 characters of A-Z a-z 0-9 and '-', compared code
// point by code point.
class OrganisationId {
 public:
  // Fails with kFieldInvalid.
  static Result<OrganisationId> Parse(std::string_view text);
  // "ods:RC9".
  const std::string& text() const { return text_; }
  std::string_view scheme() const { return std::string_view(text_).substr(0, text_.find(':')); }
  std::string_view value() const { return std::string_view(text_).substr(text_.find(':') + 1); }
  // "ods-RC9": for file names and URI paths.
  std::string PathSegment() const;
  auto operator<=>(const OrganisationId&) const = default;

 private:
  explicit OrganisationId(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

// An opaque id of ours: 1 to 64 base64url characters. `Tag` keeps the kinds apart.
template <class Tag>
class OpaqueId {
 public:
  // Fails with kFieldInvalid.
  static Result<OpaqueId> Parse(std::string_view text) {
    if (text.empty() || text.size() > 64) return Invalid();
    for (const char c : text) {
      const bool good =
          (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
      if (!good) return Invalid();
    }
    return OpaqueId(std::string(text));
  }
  const std::string& text() const { return text_; }
  auto operator<=>(const OpaqueId&) const = default;

 private:
  static Fault Invalid() {
    return {Reason::kFieldInvalid, "", std::string(Tag::kName) + " is not 1 to 64 base64url characters"};
  }
  explicit OpaqueId(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

struct PersonTag {
  static constexpr std::string_view kName = "person id";
};
struct CredentialTag {
  static constexpr std::string_view kName = "credential id";
};
struct RequestTag {
  static constexpr std::string_view kName = "request id";
};
struct ShareTag {
  static constexpr std::string_view kName = "share id";
};

// A person, ours and opaque: there is no national staff number.
using PersonId = OpaqueId<PersonTag>;
// A credential: base64url of the SHA-256 of its JWS signing input. Never of the whole token, because an ECDSA signature
// has two valid encodings.
using CredentialId = OpaqueId<CredentialTag>;
// Chosen by the caller, unique per organisation; the same id with the same request gives the same answer.
using RequestId = OpaqueId<RequestTag>;
// What a receiver asks of a person, and the share that answers it: 128 random bits. A link names it; it is not secret.
using ShareId = OpaqueId<ShareTag>;

}  // namespace passport
