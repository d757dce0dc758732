#include "bench/peer/peer.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>
#include <vector>

#include "credential/credential/credential.h"
#include "credential/credential/verify_credential.h"
#include "credential/sdjwt/issue.h"
#include "credential/sdjwt/present.h"
#include "credential/status/status_token.h"

namespace passport::bench {
namespace {

// The credential that all peers handle; the runner's fixture names it so.
constexpr std::string_view kVct = "https://passport.example.nhs.uk/vct/mandatory-training/1";
constexpr std::array<std::string_view, 8> kByChoice = {"given_name",      "family_name",          "employee_number",
                                                       "completion_date", "expiry_date",          "provider",
                                                       "delivery_method", "certificate_reference"};
constexpr std::array<std::string_view, 3> kShown = {"employee_number", "completion_date", "expiry_date"};
constexpr Seconds kProofAgeMax{3600};
constexpr Seconds kLeeway{60};
constexpr std::int64_t kDay = 86400;

// Where an item of the corpus stands in its list.
std::uint32_t PlaceOf(std::size_t item) { return static_cast<std::uint32_t>((item * 7919 + 13) % 1'000'000); }

class OneIssuer final : public IssuerDirectory {
 public:
  explicit OneIssuer(const TrustedIssuer& issuer) : issuer_(issuer) {}
  const TrustedIssuer* Find(std::string_view issuer) const override {
    return issuer == issuer_.issuer ? &issuer_ : nullptr;
  }

 private:
  const TrustedIssuer& issuer_;
};

class OneList final : public StatusSource {
 public:
  explicit OneList(const StatusList& list) : list_(list) {}
  Result<StatusReading> Read(const StatusReference& reference, const TrustedIssuer&, Instant at) override {
    TRY_ASSIGN(const std::uint8_t value, list_.At(reference.index));
    return StatusReading{.value = value, .as_of = at};
  }

 private:
  const StatusList& list_;
};

Result<StatusListToken> ReadList(const PeerCorpus& corpus, const KeySet& keys) {
  return VerifyStatusToken(corpus.list_token, corpus.list_uri, keys,
                           {.now = corpus.now,
                            .leeway = kLeeway,
                            .allowed_algs = Es256Only(),
                            .token_bytes = kStatusTokenBytesMax,
                            .inflated_bytes = kStatusInflatedBytesMax});
}

}  // namespace

Result<PeerTerms> TermsOf(std::string_view issuer, const json::Value& keys, std::string_view audience,
                          std::string_view nonce, Instant now) {
  TRY_ASSIGN(KeySet set, KeySet::Read(keys));
  return PeerTerms{.issuer = {.issuer = std::string(issuer),
                              .organisation = {},
                              .keys = set,
                              .vcts = {std::string(kVct)},
                              .status_keys = std::move(set),
                              .status_uris = {},
                              .status_uri_prefix = "https://"},
                   .audience = std::string(audience),
                   .nonce = std::string(nonce),
                   .now = now};
}

Result<std::unique_ptr<Peer>> Peer::Make(PeerCorpus corpus, bool tables) {
  json::Tree tree;
  TRY_ASSIGN(const json::Value* const jwks, tree.Parse(corpus.jwks, json::kTokenLimits));
  TRY_ASSIGN(PeerTerms terms, TermsOf(corpus.issuer, *jwks->Find("keys"), corpus.audience, corpus.nonce, corpus.now));
  TRY_ASSIGN(StatusListToken list, ReadList(corpus, terms.issuer.status_keys));
  return std::unique_ptr<Peer>(new Peer(std::move(corpus), std::move(terms), std::move(list.list), tables));
}

Peer::Peer(PeerCorpus corpus, PeerTerms terms, StatusList list, bool tables)
    : corpus_(std::move(corpus)), terms_(std::move(terms)), list_(std::move(list)) {
  if (tables) memory_.emplace(IssuerMemory::Limits{.tables = 1, .sightings = 1, .verdicts = 0});
}

Result<std::string> Peer::Issue(std::size_t item) {
  const PeerItem& each = corpus_.items[item];
  json::Tree tree;
  TRY_ASSIGN(json::Value* const claims, tree.Parse(each.record, json::kTokenLimits));
  TRY_ASSIGN(json::Value* const holder, tree.Parse(each.holder_jwk, json::kTokenLimits));
  claims->Append("iss", tree.String(corpus_.issuer));
  claims->Append("iat", tree.Integer(corpus_.now.seconds - kDay));
  claims->Append("exp", tree.Integer(corpus_.now.seconds + 365 * kDay));
  claims->Append("vct", tree.String(kVct));
  WriteStatusReference({corpus_.list_uri, PlaceOf(item)}, tree, *claims);
  json::Value& bound = tree.Object();
  bound.Append("jwk", *holder);
  claims->Append("cnf", bound);
  static const Selection selection = [] {
    Selection made;
    for (const std::string_view name : kByChoice) made.disclosable.push_back({std::string(name)});
    return made;
  }();
  TRY_ASSIGN(const PreparedSdJwt prepared, PrepareSdJwt(*claims, selection, random_, tree));
  const std::string header = R"({"alg":"ES256","typ":"dc+sd-jwt","kid":")" + corpus_.kid + "\"}";
  return SignSdJwt(prepared, header, corpus_.key);
}

Result<std::string> Peer::Present(std::size_t item, std::string_view credential) {
  json::Tree tree;
  TRY_ASSIGN(const std::vector<HeldDisclosure> held, ListDisclosures(credential, kSdJwtLimits, tree));
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < held.size(); ++i) {
    const std::string_view name = std::string_view(held[i].path).substr(1);
    if (std::find(kShown.begin(), kShown.end(), name) != kShown.end()) chosen.push_back(i);
  }
  TRY_ASSIGN(std::string presented, PresentSdJwt(credential, held, chosen));
  return BindToAudience(std::move(presented),
                        {.audience = corpus_.audience, .nonce = corpus_.nonce, .made_at = corpus_.now, .purpose = {}},
                        corpus_.items[item].holder);
}

Result<void> Peer::Verify(std::string_view token, const PeerTerms& terms, bool bound) {
  static const std::vector<std::string> types = {std::string(kVct)};
  const CredentialExpectation expected{
      .now = terms.now,
      .leeway = kLeeway,
      .allowed_algs = Es256Only(),
      .key_binding =
          bound ? KeyBinding(RequireKeyBinding{terms.audience, terms.nonce, kProofAgeMax}) : KeyBinding(NoKeyBinding{}),
      .limits = kSdJwtLimits,
      .requested_vcts = types};
  const OneIssuer issuers(terms.issuer);
  OneList statuses(list_);
  static const Digest kOneRegistry{};
  const std::optional<KnownIssuers> known =
      memory_ ? std::optional(KnownIssuers(*memory_, kOneRegistry)) : std::nullopt;
  json::Tree tree;
  TRY_ASSIGN(const VerifiedCredential verified,
             passport::VerifyCredential(token, expected, issuers, statuses, tree, known ? &*known : nullptr));
  if (!verified.status.ok()) return verified.status.fault();
  return {};
}

Result<void> Peer::VerifyCredential(std::string_view token, const PeerTerms& terms) {
  return Verify(token, terms, false);
}

Result<void> Peer::VerifyPresentation(std::string_view token, const PeerTerms& terms) {
  return Verify(token, terms, true);
}

Result<std::uint8_t> Peer::StatusCold(std::size_t item) const {
  TRY_ASSIGN(const StatusListToken list, ReadList(corpus_, terms_.issuer.status_keys));
  return list.list.At(PlaceOf(item));
}

Result<std::uint8_t> Peer::StatusWarm(std::size_t item) const { return list_.At(PlaceOf(item)); }

}  // namespace passport::bench
