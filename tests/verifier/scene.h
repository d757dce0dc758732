// A presentation, the policy it is judged by, and every way to spoil either: the baseline of the hostile inputs.
//
// The baseline is valid: clock 1795300000, ES256, one issuer key bound to `iss` and one `vct`, key binding required,
// nonce and audience expected, the status list at hand. A row of a table changes one thing.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "keys/private_key.h"
#include "tests/support/token_forge.h"

namespace passport {

// Members of a JSON object as text, so that nothing is too wrong to be written.
class ObjectText {
 public:
  ObjectText(std::initializer_list<std::pair<std::string, std::string>> members) : members_(members) {}
  void Set(std::string_view name, std::string json);  // in its place, or at the end
  void Add(std::string name, std::string json);       // at the end, also when there is one already
  void Remove(std::string_view name);
  std::string Get(std::string_view name) const;
  std::string Text() const;

 private:
  std::vector<std::pair<std::string, std::string>> members_;
};

std::string Quoted(std::string_view text);  // for text that needs no escapes
std::string JwkWith(const PrivateKey& key, std::string_view kid);

// The actors; made once.
struct Actors {
  PrivateKey issuer = NewKey();
  PrivateKey other_issuer = NewKey();
  PrivateKey status = NewKey();
  PrivateKey holder = NewKey();
  PrivateKey attacker = NewKey();
};
Actors& TheActors();

inline constexpr std::int64_t kSceneNow = 1'795'300'000;
inline constexpr std::string_view kSceneNonce = "n-0S6_WzA2Mj";
inline constexpr std::string_view kSceneAudience = "https://ward.example";
inline constexpr std::string_view kSceneIssuer = "https://trust.example";
inline constexpr std::string_view kSceneVct = "https://types.example/training";
inline constexpr std::string_view kSceneStatusUri = "https://status.example/lists/1";

struct Scene {
  Scene();

  // The credential.
  ObjectText header;
  ObjectText claims;
  Signer* signer;
  std::vector<std::string> disclosures;
  // The holder's proof; the sd_hash is made over what is presented unless a row has set one.
  bool bound = true;
  ForgedBinding binding;
  std::optional<std::string> sd_hash;  // "" leaves it out
  Signer* binding_signer;
  // The status list.
  ObjectText status_header;
  ObjectText status_claims;
  Signer* status_signer;
  void SetStatusBytes(int bits, const std::vector<std::uint8_t>& bytes);
  void SetStatusStream(int bits, const std::vector<std::uint8_t>& zlib_stream);
  // The policy.
  ObjectText policy;
  ObjectText entry;
  ObjectText other_entry;
  std::string status_uri = std::string(kSceneStatusUri);

  // Changes of the finished text.
  std::function<std::string(std::string payload)> change_payload;
  std::function<std::string(std::string jwt)> change_jwt;              // before it is bound
  std::function<std::string(std::string presented)> change_presented;  // after it was bound, before the proof
  std::function<std::string(std::string token)> change_token;

  // Adds a disclosure and its digest to `_sd`.
  void Disclose(std::string_view json);
  void SetDigests(const std::vector<std::string>& digests);
  std::string Token();
  std::string StatusToken();
  std::string Policy();
};

// One hostile input. `expected` is a reason word, words with "|" between them, or "valid".
struct HostileRow {
  std::string id;
  std::string expected;
  std::function<void(Scene&)> spoil;
};
using HostileRows = std::vector<HostileRow>;
HostileRows JoseRows();     // HOST-01 to HOST-32
HostileRows SdJwtRows();    // HOST-33 to HOST-63
HostileRows ClaimRows();    // HOST-64 to HOST-82
HostileRows BindingRows();  // HOST-83 to HOST-102
HostileRows StatusRows();   // HOST-104 to HOST-119

}  // namespace passport
