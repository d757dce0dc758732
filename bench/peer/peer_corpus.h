// What the runner of the peers hands to every one of them: one issuer, many holders with a credential and a
// presentation each, and a signed status list. The keys are throw-away ones that the runner made for this run.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "credential/crypto/key_set.h"
#include "credential/encoding/json.h"
#include "credential/vocabulary/instant.h"
#include "keys/private_key.h"

namespace passport::bench {

struct PeerItem {
  PrivateKey holder;
  std::string holder_jwk;  // the public part
  std::string record;      // JSON: the twelve claims
  std::string credential;
  std::string presentation;
};

struct PeerCorpus {
  Instant now;
  std::string issuer;  // `iss`
  std::string audience;
  std::string nonce;
  PrivateKey key;    // the issuer's
  std::string jwks;  // JSON, its public part
  std::string kid;
  std::vector<PeerItem> items;
  std::string list_uri;
  std::string list_token;
};

// A JSON file of the runner, at most 64 MiB. Fails with kConfig when there is none, and as the reader does.
Result<json::Value*> ReadRunnerFile(const std::filesystem::path& path, json::Tree& tree);
// Fails as that does, and with kMalformed or kKey when something is missing.
Result<PeerCorpus> ReadPeerCorpus(const std::filesystem::path& path);

// Text of a member; empty when there is none.
std::string_view TextOf(const json::Value& object, std::string_view name);

}  // namespace passport::bench
