// What is timed beside other libraries: one credential issued, presented and verified by ours, as any receiver would.
//
// The credential is a foreign one (its type is none of our kinds), so this is the layer of SD-JWT VC alone: no records,
// no registry, no decision. Belongs to one thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "bench/peer/peer_corpus.h"
#include "credential/crypto/issuer_memory.h"
#include "credential/status/status_list.h"
#include "credential/trust/issuer_directory.h"
#include "keys/system_random.h"

namespace passport::bench {

// Whose tokens are verified, and for whom they were made.
struct PeerTerms {
  TrustedIssuer issuer;
  std::string audience;
  std::string nonce;
  Instant now;
};
// Fails as KeySet::Read does.
Result<PeerTerms> TermsOf(std::string_view issuer, const json::Value& keys, std::string_view audience,
                          std::string_view nonce, Instant now);

class Peer {
 public:
  // `tables`: the issuer's key gets a table, as in a service that has seen it often. Fails as TermsOf and
  // VerifyStatusToken do.
  static Result<std::unique_ptr<Peer>> Make(PeerCorpus corpus, bool tables);

  const PeerCorpus& corpus() const { return corpus_; }
  const PeerTerms& terms() const { return terms_; }

  Result<std::string> Issue(std::size_t item);
  Result<std::string> Present(std::size_t item, std::string_view credential);
  // All disclosures, `iss`, `vct`, times; the status stands in the list of the corpus.
  Result<void> VerifyCredential(std::string_view token, const PeerTerms& terms);
  // The same with the holder's proof: audience, nonce, time, what it is bound to.
  Result<void> VerifyPresentation(std::string_view token, const PeerTerms& terms);
  // The list's token verified, inflated, one entry read.
  Result<std::uint8_t> StatusCold(std::size_t item) const;
  // One entry of the list as it is kept.
  Result<std::uint8_t> StatusWarm(std::size_t item) const;

 private:
  Peer(PeerCorpus corpus, PeerTerms terms, StatusList list, bool tables);
  Result<void> Verify(std::string_view token, const PeerTerms& terms, bool bound);

  PeerCorpus corpus_;
  PeerTerms terms_;
  StatusList list_;
  SystemRandom random_;
  std::optional<IssuerMemory> memory_;
};

}  // namespace passport::bench
