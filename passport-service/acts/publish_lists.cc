#include "passport-service/acts/publish_lists.h"

#include <algorithm>

#include "credential/status/status_token.h"
#include "passport-service/acts/answers_for.h"
#include "passport-service/acts/decoys.h"
#include "passport-service/acts/key_certificates.h"
#include "passport-service/acts/request_answers.h"

namespace passport {
namespace {

constexpr Seconds kListLeeway{60};
constexpr int kStatusBits = 2;
// A fourteenth of the time of level 9, a few per cent larger.
constexpr int kListZlibLevel = 6;

// "https://base/status/ods-X0A/1.jwt" lies at "status/ods-X0A/1.jwt".
std::string PathOf(const StatusListRow& list) {
  return "status/" + list.organisation.PathSegment() + "/" + std::to_string(list.number) + ".jwt";
}

bool Equal(const std::vector<Statuses::Entry>& a, const std::vector<Statuses::Entry>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const auto& x, const auto& y) { return x.index == y.index && x.value == y.value; });
}

std::vector<Statuses::Entry> EntriesIn(const StatusList& list) {
  constexpr std::uint32_t kPerByte = 8 / kStatusBits;
  std::vector<Statuses::Entry> entries;
  const std::span<const std::uint8_t> bytes = list.bytes();
  for (std::size_t byte = 0; byte < bytes.size(); ++byte) {
    if (bytes[byte] == 0) continue;
    for (std::uint32_t i = 0; i < kPerByte; ++i) {
      const auto value = static_cast<std::uint8_t>(bytes[byte] >> (i * kStatusBits) & 3U);
      if (value != 0) entries.push_back({.index = static_cast<std::uint32_t>(byte) * kPerByte + i, .value = value});
    }
  }
  return entries;
}

}  // namespace

BundleFiles PublishLists::Tokens() const {
  BundleFiles files;
  for (const auto& [path, list] : published_) {
    if (list.there) files.emplace(path, list.token);
  }
  return files;
}

Result<void> PublishLists::Retire(const std::string& path) {
  if (retired_.contains(path)) return {};
  TRY(files_.Remove(path));
  published_.erase(path);
  retired_.insert(path);
  return {};
}

// Whatever else lies there counts as nothing, and is written over.
Result<std::optional<PublishLists::Published>> PublishLists::FindPublished(const StatusListRow& row,
                                                                           const std::string& path,
                                                                           const SigningKey& key, Instant now) {
  const Result<std::optional<std::string>> text = files_.Get(path);
  if (!text.ok() && text.fault().reason != Reason::kLimit) return text.fault();
  if (!text.ok() || !*text) return std::optional<Published>();
  KeySet keys;
  keys.Add(key.kid, key.signer->public_key());
  const StatusTokenRules rules{.now = now,
                               .leeway = kListLeeway,
                               .allowed_algs = Es256Only(),
                               .token_bytes = kStatusTokenBytesMax,
                               .inflated_bytes = kStatusInflatedBytesMax};
  const Result<StatusListToken> token = VerifyStatusToken(**text, row.uri, keys, rules);
  if (!token.ok() || token->list.bits() != kStatusBits || token->list.size() != row.size)
    return std::optional<Published>();
  return std::optional(Published{.entries = EntriesIn(token->list),
                                 .token = **text,
                                 .issued_at = token->issued_at,
                                 .kid = key.kid,
                                 .there = true});
}

Result<PublishLists::Entries> PublishLists::EntriesWithDecoys(const StatusListRow& row, const Published* before) {
  TRY_ASSIGN(Entries entries, store_.StatusEntries(row.organisation, row.number));
  if (before == nullptr || Equal(before->entries, entries)) return entries;
  const Changes decoys = DecoysBeside(row, before->entries, entries, random_);
  if (decoys.empty()) return entries;
  TRY(ApplyNow(store_, decoys));
  return store_.StatusEntries(row.organisation, row.number);
}

bool PublishLists::MustBeSigned(const Published& list, const Entries& entries, const SigningKey& key,
                                Instant now) const {
  // A key that signs no more takes its signatures along: what it signed is signed again by the one in its place.
  if (list.kid != key.kid || !Equal(list.entries, entries)) return true;
  const Seconds half{std::min(terms_.status_lifetime.count, terms_.freshness.status_age_max.count) / 2};
  return now >= list.issued_at + half || now < list.issued_at;
}

Result<PublishLists::Published> PublishLists::Sign(const StatusListRow& row, Entries entries, const SigningKey& key,
                                                   Instant now) {
  TRY_ASSIGN(StatusList list, StatusList::Make(kStatusBits, row.size));
  for (const Statuses::Entry& entry : entries) TRY(list.Set(entry.index, entry.value));
  const StatusTokenTerms terms{
      .uri = row.uri, .issued_at = now, .expires_at = now + terms_.status_lifetime, .ttl = terms_.status_ttl};
  TRY_ASSIGN(std::string token, SignStatusToken(terms, list, key.reference(), *key.signer, kListZlibLevel));
  ++report_.lists_signed;
  return Published{.entries = std::move(entries), .token = std::move(token), .issued_at = now, .kid = key.kid};
}

Result<void> PublishLists::Bring(const StatusListRow& row, const Moment& moment, TrustSnapshot::Builder& builder) {
  const std::string path = PathOf(row);
  if (row.retired_at) return Retire(path);
  // The list of an organisation that was taken over is its successor's to sign from that day on.
  TRY_ASSIGN(const OrganisationId answers, AnswersFor(store_, moment.rows.at(row.organisation), moment.now));
  const Result<SigningKey> key = FindSigningKey(keys_, store_, answers, KeyRole::kStatus);
  if (!key.ok() && key.fault().reason == Reason::kKeyState) {
    // Receivers can not tell about its records until it has a key again; about everybody else's they can.
    report_.without_key.push_back(row.uri);
    published_.erase(path);
    return {};
  }
  if (!key.ok()) return key.fault();
  auto known = published_.find(path);
  if (known == published_.end()) {
    TRY_ASSIGN(std::optional<Published> found, FindPublished(row, path, *key, moment.now));
    if (found) known = published_.emplace(path, std::move(*found)).first;
  }
  TRY_ASSIGN(Entries entries, EntriesWithDecoys(row, known == published_.end() ? nullptr : &known->second));
  if (known == published_.end() || MustBeSigned(known->second, entries, *key, moment.now)) {
    TRY_ASSIGN(Published fresh, Sign(row, std::move(entries), *key, moment.now));
    known = published_.insert_or_assign(path, std::move(fresh)).first;
  }
  Published& list = known->second;
  const bool kept = moment.in_force != nullptr && builder.Keep(*moment.in_force, row.uri, list.token);
  // Read back before it is published: a list that receivers would refuse does not leave.
  if (!kept) TRY(builder.AddStatusToken(row.uri, list.token, moment.now, kListLeeway));
  if (list.there) return {};
  TRY(files_.Put(path, list.token));
  list.there = true;
  ++report_.files_written;
  return {};
}

}  // namespace passport
