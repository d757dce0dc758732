#include "credential/status/status_token.h"

#include <algorithm>

#include "credential/crypto/jws.h"
#include "credential/crypto/jwt_claims.h"
#include "credential/encoding/base64url.h"
#include "credential/status/status_reference.h"

namespace passport {
namespace {

Fault Refused(std::string_view check, std::string_view what) {
  return {Reason::kStatus, check, "status list token: " + std::string(what)};
}

// A failure of a layer below as a failure of the list: the reason is kStatus, the check is the one given.
Fault AsStatus(Fault fault, std::string_view check) {
  if (fault.reason == Reason::kLimit) return fault;
  fault.detail = "status list token: " + std::string(WordOf(fault.reason)) + ": " + fault.detail;
  fault.reason = Reason::kStatus;
  fault.check = check;
  return fault;
}

JwsRules RulesOfJws(const StatusTokenRules& rules) {
  json::Limits payload = json::kTokenLimits;
  payload.bytes = rules.token_bytes;
  payload.string_bytes = rules.token_bytes;  // `lst` is nearly all of it
  return {.typ = kStatusTokenTyp,
          .allowed_algs = rules.allowed_algs,
          .token_bytes = rules.token_bytes,
          .header_bytes = kHeaderBytesMax,
          .payload = payload};
}

Result<VerifiedJws> VerifySignature(std::string_view token, const KeySet& status_keys, const StatusTokenRules& rules,
                                    json::Tree& tree) {
  Result<UnverifiedJws> read = UnverifiedJws::Read(token, RulesOfJws(rules), tree);
  if (!read.ok()) return AsStatus(std::move(read).fault(), "TSL-07");
  Result<VerifiedJws> verified = status_keys.Verify(*read);
  if (!verified.ok()) return AsStatus(std::move(verified).fault(), "TSL-07");
  return *verified;
}

// A time that must be there.
Result<Instant> Time(const json::Value& payload, std::string_view name, std::string_view check) {
  Result<std::optional<Instant>> time = ReadTime(payload, name);
  if (!time.ok()) return AsStatus(std::move(time).fault(), check);
  if (!time->has_value()) return Refused(check, std::string(name) + " is missing");
  return **time;
}

// TSL-10 and TSL-11.
Result<void> CheckLife(const json::Value& payload, const StatusTokenRules& rules, Instant& issued, Instant& expires) {
  TRY_ASSIGN(issued, Time(payload, "iat", "TSL-10"));
  TRY_ASSIGN(expires, Time(payload, "exp", "TSL-11"));
  const Result<void> judged = CheckTimes(payload, rules.now, rules.leeway);
  if (judged.ok()) return {};
  return AsStatus(judged.fault(), rules.now >= expires + rules.leeway ? "TSL-11" : "TSL-10");
}

// TSL-12.
Result<std::optional<Seconds>> ReadTtl(const json::Value& payload) {
  Result<std::optional<Instant>> ttl = ReadTime(payload, "ttl");
  if (!ttl.ok() || (ttl->has_value() && (*ttl)->seconds == 0)) {
    return Refused("TSL-12", "ttl is not a positive number of seconds");
  }
  if (!ttl->has_value()) return std::optional<Seconds>();
  return std::optional(Seconds{std::clamp((*ttl)->seconds, kStatusTtlMin.count, kStatusTtlMax.count)});
}

// TSL-13 and TSL-14.
Result<StatusList> ReadList(const json::Value& payload, std::size_t inflated_bytes_max) {
  const json::Value* list = payload.Find("status_list");
  if (list == nullptr || !list->is_object()) return Refused("TSL-13", "status_list is not an object");
  const json::Value* width = list->Find("bits");
  const std::optional<std::int64_t> bits = width == nullptr ? std::nullopt : width->integer();
  if (!bits || *bits < 1 || *bits > 8) return Refused("TSL-13", "bits are not 1, 2, 4 or 8");
  const json::Value* text = list->Find("lst");
  if (text == nullptr || !text->is_string()) return Refused("TSL-13", "lst is not a string");
  Result<std::vector<std::uint8_t>> stream = DecodeBase64Url(*text->text());
  if (!stream.ok()) return AsStatus(std::move(stream).fault(), "TSL-13");
  return StatusList::Decode(static_cast<int>(*bits), *stream, inflated_bytes_max);
}

}  // namespace

Instant StatusListToken::FetchAgainAt(Instant fetched) const {
  return std::min(expires_at, fetched + ttl.value_or(kStatusTtlMax));
}

Result<StatusListToken> VerifyStatusToken(std::string_view token, std::string_view expected_uri,
                                          const KeySet& status_keys, const StatusTokenRules& rules) {
  json::Tree tree;
  TRY_ASSIGN(const VerifiedJws verified, VerifySignature(token, status_keys, rules, tree));
  const json::Value& payload = *verified.payload;
  const json::Value* subject = payload.Find("sub");
  if (subject == nullptr || subject->text() != expected_uri) return Refused("TSL-09", "sub is not the URI of the list");
  Instant issued;
  Instant expires;
  TRY(CheckLife(payload, rules, issued, expires));
  TRY_ASSIGN(const std::optional<Seconds> ttl, ReadTtl(payload));
  TRY_ASSIGN(StatusList list, ReadList(payload, rules.inflated_bytes));
  return StatusListToken{.uri = std::string(expected_uri),
                         .issued_at = issued,
                         .expires_at = expires,
                         .ttl = ttl,
                         .list = std::move(list),
                         .signing_input_digest = verified.signing_input_digest,
                         .key = verified.key,
                         .leaf = std::string(FirstOfX5c(*verified.header))};
}

Result<std::string> SignStatusToken(const StatusTokenTerms& terms, const StatusList& list, KeyReference key,
                                    Signer& signer, int zlib_level) {
  const auto invalid = [](std::string_view what) {
    return Fault{Reason::kFieldInvalid, "", "status list token: " + std::string(what)};
  };
  constexpr std::int64_t kTimeMax = (std::int64_t{1} << 53) - 1;  // JWT-10
  if (!IsStatusUri(terms.uri)) return invalid("uri is not an https URI without userinfo and fragment");
  if (terms.issued_at.seconds < 0 || terms.expires_at.seconds > kTimeMax || terms.expires_at <= terms.issued_at) {
    return invalid("it must expire after it is issued");
  }
  if (terms.ttl && (terms.ttl->count <= 0 || terms.ttl->count > kTimeMax)) return invalid("ttl is not positive");
  if (zlib_level < 1 || zlib_level > 9) return invalid("zlib level is not 1 to 9");
  std::string payload = R"({"sub":)";
  json::WriteString(terms.uri, payload);
  payload += R"(,"iat":)" + std::to_string(terms.issued_at.seconds);
  payload += R"(,"exp":)" + std::to_string(terms.expires_at.seconds);
  if (terms.ttl) payload += R"(,"ttl":)" + std::to_string(terms.ttl->count);
  payload += R"(,"status_list":{"bits":)" + std::to_string(list.bits()) + R"(,"lst":")";
  AppendBase64Url(list.Encode(zlib_level), payload);
  payload += "\"}}";
  TRY_ASSIGN(std::string token, SignJws(JwsHeader(kStatusTokenTyp, key), payload, signer));
  if (token.size() > kStatusTokenBytesMax) return Fault{Reason::kLimit, "", "status list token larger than 4 MiB"};
  return token;
}

}  // namespace passport
