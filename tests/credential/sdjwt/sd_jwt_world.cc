#include "tests/credential/sdjwt/sd_jwt_world.h"

#include "credential/crypto/jwk.h"

namespace passport {
namespace {

std::string Filled(std::string text, const std::vector<std::string>& disclosures) {
  for (std::size_t i = 0; i < disclosures.size() && i < 10; ++i) {
    const std::string mark = "$" + std::to_string(i);
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) {
      text.replace(at, mark.size(), DigestOf(disclosures[i]));
    }
  }
  return text;
}

}  // namespace

SdJwtWorld::SdJwtWorld() : issuer(NewKey()), holder(NewKey()), stranger(NewKey()) {
  keys.Add("issuer-1", issuer.public_key());
}

SdJwtWorld& SdJwtWorld::Get() {
  static SdJwtWorld world;
  return world;
}

std::string SdJwtWorld::Payload(std::string_view more) const {
  return R"({"iss":"https://issuer.example","iat":1795200000,"exp":1895300000,"cnf":{"jwk":)" +
         WriteJwk(holder.public_key().point()) + "}" + std::string(more) + "}";
}

std::vector<std::string> SdJwtWorld::Disclosures(const Forged& forged) const {
  std::vector<std::string> texts;
  for (const std::string& json : forged.disclosures) texts.push_back(ForgeDisclosure(Filled(json, texts)));
  return texts;
}

std::string SdJwtWorld::SdJwt(const Forged& forged) {
  const std::vector<std::string> texts = Disclosures(forged);
  return ForgeSdJwt(ForgeJws(kIssuerHeader, Payload(Filled(forged.more, texts)), issuer), texts);
}

ForgedBinding SdJwtWorld::Binding(std::string_view sd_jwt) const {
  ForgedBinding binding;
  binding.iat = std::to_string(kNow.seconds - 5);
  binding.aud = '"' + std::string(kAudience) + '"';
  binding.nonce = '"' + std::string(kNonce) + '"';
  binding.sd_hash = QuotedSdHash(sd_jwt);
  return binding;
}

std::string SdJwtWorld::Bound(const std::string& sd_jwt) { return sd_jwt + ForgeBinding(Binding(sd_jwt), holder); }

SdJwtExpectation SdJwtWorld::Expectation() const {
  return {.now = kNow,
          .leeway = Seconds{0},
          .allowed_algs = Es256Only(),
          .typ = "dc+sd-jwt",
          .key_binding = RequireKeyBinding{.audience = kAudience, .nonce = kNonce, .proof_age_max = Seconds{300}},
          .limits = kSdJwtLimits};
}

SdJwtExpectation SdJwtWorld::UnboundExpectation() const {
  SdJwtExpectation expected = Expectation();
  expected.key_binding = NoKeyBinding{};
  return expected;
}

std::string Verdict(const Result<VerifiedSdJwt>& result) {
  if (result.ok()) return "ok";
  return std::string(WordOf(result.fault().reason)) + " " + std::string(result.fault().check);
}

std::string Verdict(std::string_view token, const SdJwtExpectation& expected) {
  json::Tree tree;
  FixedKeys keys(SdJwtWorld::Get().keys);
  return Verdict(VerifySdJwt(token, expected, keys, nullptr, tree));
}

std::string Claims(std::string_view token, const SdJwtExpectation& expected) {
  json::Tree tree;
  FixedKeys keys(SdJwtWorld::Get().keys);
  const Result<VerifiedSdJwt> result = VerifySdJwt(token, expected, keys, nullptr, tree);
  return result.ok() ? json::Write(*result->claims) : Verdict(result);
}

}  // namespace passport
