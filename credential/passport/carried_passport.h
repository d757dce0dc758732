// A passport as its person carries it: the credentials with how they stood when they were last received, where they
// came from, and what is remembered of the registry. The text lies inside a passport file
// (docs/formats/passport-file.md); the holder key lies beside it and is no part of this.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "credential/vocabulary/held_as.h"
#include "credential/vocabulary/instant.h"
#include "credential/vocabulary/result.h"

namespace passport {

inline constexpr std::size_t kCarriedCredentialsMax = 1000;
inline constexpr std::size_t kCarriedTextBytesMax = std::size_t{12} << 20;

// One credential, as the service told it last.
struct CarriedCredential {
  std::string id;
  std::string issuer;        // "ods:RC9"
  std::string issuer_name;   // legal name
  std::string kind;          // word of the record kind
  std::string state;         // "current", "suspended", "revoked"
  std::string state_reason;  // word, or empty
  std::string token;         // SD-JWT VC with all disclosures; empty once it is revoked
  bool accepted = false;     // the person has said that it is right
  bool operator==(const CarriedCredential&) const = default;
};

// Where the person's calls go.
struct CarriedService {
  std::string address;        // "passport.example:8444"
  std::string authority_pem;  // who must have signed the service's certificate
  bool operator==(const CarriedService&) const = default;
};

// Where the published files are, and why they are believed.
struct CarriedTrust {
  std::string published;        // a folder
  std::string anchor;           // JWK, JWK set or root certificate (PEM), which came another way
  std::string registry_memory;  // text of a RegistryMemory, or empty
  bool operator==(const CarriedTrust&) const = default;
};

// A role whose rules count for the person.
struct CarriedRole {
  std::string profile;
  std::string at;             // the organisation whose work it is, "ods:RC9"; with a receiver the same
  std::string receiver;       // who has a live share for it; empty: the person named it themselves
  std::string receiver_name;  // legal name
  bool operator==(const CarriedRole&) const = default;
};
inline constexpr std::size_t kCarriedRolesMax = 64;

struct CarriedPassport {
  HeldAs held_as = HeldAs::kFile;  // never kKept: what the service keeps is in no file
  std::string person;              // opaque id; empty until an invitation was taken up
  std::optional<CarriedService> service;
  std::optional<CarriedTrust> trust;
  std::string since;                           // token of the last receiving
  std::optional<Instant> received_at;          // when that was
  std::string pending_request;                 // id of a change that was asked for and not heard of, to ask again with
  std::vector<CarriedRole> roles;              // each profile, place and receiver once; kCarriedRolesMax at most
  std::vector<CarriedCredential> credentials;  // in the order they came

  // Fails with kMalformed, or kLimit; kSchemaNewer for a version that is not ours.
  static Result<CarriedPassport> Parse(std::string_view text);
  std::string Text() const;

  // Takes what was received in the place of what is there of the same credential, or after the last. Where there is no
  // room, the oldest that is revoked gives way; fails with kLimit when there is none.
  Result<void> Take(CarriedCredential credential);
  const CarriedCredential* Find(std::string_view id) const;
  // False for what was signed again, for another key or as another word of the same fact, before it ever came here: it
  // has no token any more, and what took its place comes itself.
  bool IsNews(const CarriedCredential& credential) const;

  bool operator==(const CarriedPassport&) const = default;
};

}  // namespace passport
