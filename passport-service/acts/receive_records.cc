#include "passport-service/acts/receive_records.h"

#include <algorithm>
#include <map>
#include <set>

#include "credential/encoding/base64url.h"
#include "passport-service/acts/audited.h"
#include "passport-service/acts/lost_keys.h"
#include "passport-service/acts/sealed_person.h"
#include "passport-service/acts/standing_fact.h"

namespace passport {
namespace {

constexpr std::size_t kReceivePage = 200;
constexpr char kTokenVersion = 1;
constexpr std::size_t kMarkBytes = 8;

// How one record stood when it was given. Of 64 bits: that a change is taken for what was given before is as likely as
// to guess a key of that length once.
std::string MarkOf(const Received& record) {
  const Digest digest = RequestDigest({record.row.id.text(), std::to_string(static_cast<int>(record.state)),
                                       record.reason, std::to_string(record.row.state_at.seconds),
                                       record.token.empty() ? "" : "token", record.accepted ? "accepted" : ""});
  return {digest.begin(), digest.begin() + kMarkBytes};
}

using Marks = std::set<std::string>;

Result<Marks> ReadToken(const std::string& token) {
  Marks marks;
  if (token.empty()) return marks;
  const Fault none{Reason::kFieldInvalid, "", "since is no token of an earlier answer"};
  if (token.size() > Base64UrlLength(ReceiveRecords::kTokenBytesMax)) return none;
  std::string bytes;
  if (!DecodeBase64Url(token, bytes).ok() || bytes.empty() || bytes.front() != kTokenVersion) return none;
  if ((bytes.size() - 1) % kMarkBytes != 0) return none;
  for (std::size_t at = 1; at < bytes.size(); at += kMarkBytes) marks.insert(bytes.substr(at, kMarkBytes));
  return marks;
}

std::string TokenOf(const Marks& marks) {
  std::string bytes(1, kTokenVersion);
  for (const std::string& mark : marks) bytes += mark;
  return EncodeBase64Url(bytes);
}

}  // namespace

// What is looked up once for each organisation that issued something.
class ReceiveRecords::Issuers {
 public:
  struct Issuer {
    std::string name;
    LostKeys lost;
  };
  Issuers(Organisations& organisations, const KeyStore& keys) : organisations_(organisations), keys_(keys.List()) {}
  Result<const Issuer*> Find(const OrganisationId& id, Instant now) {
    const auto [at, fresh] = known_.try_emplace(id);
    if (!fresh) return &at->second;
    TRY_ASSIGN(const std::optional<OrganisationRow> row, organisations_.FindOrganisation(id));
    if (!row) return Fault{Reason::kStoreUnavailable, "", "the issuer of a credential is not there"};
    at->second = {.name = row->legal_name, .lost = LostKeys::Of(*row, keys_, now)};
    return &at->second;
  }

 private:
  Organisations& organisations_;
  const std::vector<KeyInfo> keys_;
  std::map<OrganisationId, Issuer> known_;
};

Result<Received> ReceiveRecords::Look(CredentialRow row, Issuers& issuers, Instant now) {
  TRY_ASSIGN(const Issuers::Issuer* const issuer, issuers.Find(row.organisation, now));
  Received record{.row = std::move(row), .issuer_name = issuer->name, .state = {}, .reason = {}, .token = {}};
  record.state = record.row.state;
  record.reason = record.row.state_reason;
  if (record.state == CredentialState::kRevoked || record.reason == kPassportReplaced) return record;
  if (issuer->lost.Hit(record.row, now)) {
    record.state = CredentialState::kSuspended;
    record.reason = WordOf(Reason::kCompromised);
    return record;
  }
  TRY_ASSIGN(std::optional<std::string> token, OpenToken(vault_, record.row));
  if (token) record.token = std::move(*token);
  return record;
}

Result<std::string> ReceiveRecords::operator()(const Order& order, const Sink& sink) {
  const Instant now = clock_.Now();
  const PersonId& person = *order.by.person;
  TRY_ASSIGN(const Marks given, ReadToken(order.since));
  TRY(ApplyNow(store_, {AuditedOfPeople(now, order.by, {.what = "passport.received", .object = person.text()})}));
  Issuers issuers(store_, keys_);
  std::set<CredentialId> accepted;
  TRY_ASSIGN(const std::vector<DisputeRow> said, store_.DisputesBy(person));
  for (const DisputeRow& row : said) {
    if (row.state == DisputeState::kAccepted) accepted.insert(row.credential);
  }
  Marks marks;
  std::string after;
  do {
    TRY_ASSIGN(Page<CredentialRow> page, store_.CredentialsHeldBy(person, after, kReceivePage));
    for (CredentialRow& row : page.rows) {
      TRY_ASSIGN(Received record, Look(std::move(row), issuers, now));
      record.accepted = accepted.contains(record.row.id);
      const std::string mark = MarkOf(record);
      marks.insert(mark);
      if (marks.size() * kMarkBytes >= kTokenBytesMax)
        return Fault{Reason::kLimit, "", "more records than one token holds"};
      if (!given.contains(mark)) TRY(sink(record));
    }
    after = page.next;
  } while (!after.empty());
  return TokenOf(marks);
}

}  // namespace passport
