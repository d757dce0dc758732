#include "credential/evidence/audit_file.h"

#include <cassert>

#include "credential/encoding/base64url.h"
#include "credential/evidence/members.h"

namespace passport {
namespace {

constexpr json::Limits kHeadHeaderJson{
    .bytes = kAuditHeaderBytesMax, .depth = 1, .nodes = 8, .string_bytes = kAuditHeaderBytesMax, .members = 8};
constexpr json::Limits kRowJson{
    .bytes = kAuditRowBytesMax, .depth = 1, .nodes = 20, .string_bytes = 2048, .members = 16};

// The trail is about the past: a registry of any age reads, and none is from the future.
constexpr Instant kAnyHeadTime{std::int64_t{1} << 53};

Fault BrokenAudit(std::string_view what) { return {Reason::kEvidence, "", std::string(what)}; }

Result<AuditRow> ReadRow(const json::Value& value) {
  TRY_ASSIGN(const EvidenceMembers members,
             EvidenceMembers::Of(value, "row",
                                 {"sequence", "previous", "actor_sequence", "actor_previous", "at", "actor", "system",
                                  "action", "object", "why", "request", "outcome", "hash"}));
  AuditRow row;
  TRY_ASSIGN(row.sequence, members.Number("sequence"));
  TRY_ASSIGN(row.previous, members.Sha("previous"));
  if (members.Has("actor_sequence")) {
    TRY_ASSIGN(row.actor_sequence, members.Number("actor_sequence"));
    if (row.actor_sequence == 0) return members.Wrong("actor_sequence", "is 0: it is left out then");
    TRY_ASSIGN(row.actor_previous, members.Sha("actor_previous"));
    TRY_ASSIGN(row.entry.system, members.TextOrEmpty("system"));
    TRY_ASSIGN(row.entry.why, members.TextOrEmpty("why"));
  } else if (members.Has("actor_previous") || members.Has("system") || members.Has("why")) {
    return members.Wrong("actor_sequence", "is missing");
  }
  TRY_ASSIGN(row.entry.at, members.Time("at"));
  TRY_ASSIGN(row.entry.actor, members.Text("actor"));
  TRY_ASSIGN(row.entry.action, members.Text("action"));
  TRY_ASSIGN(row.entry.object, members.TextOrEmpty("object"));
  TRY_ASSIGN(row.entry.request, members.TextOrEmpty("request"));
  TRY_ASSIGN(row.entry.outcome, members.Text("outcome"));
  TRY_ASSIGN(row.hash, members.Sha("hash"));
  return row;
}

void AppendIfAny(json::Tree& tree, json::Value& line, std::string_view name, const std::string& text) {
  if (!text.empty()) line.Append(name, tree.String(text));
}

}  // namespace

std::string AuditFileHeader(std::string_view signed_head, std::string_view registry_token) {
  json::Tree tree;
  json::Value& line = tree.Object();
  line.Append("audit", tree.Integer(1));
  line.Append("head", tree.String(signed_head));
  line.Append("registry", tree.String(registry_token));
  return json::Write(line) + "\n";
}

std::string AuditFileRow(const AuditRow& row) {
  json::Tree tree;
  json::Value& line = tree.Object();
  line.Append("sequence", tree.Integer(static_cast<std::int64_t>(row.sequence)));
  line.Append("previous", tree.String(EncodeBase64Url(row.previous)));
  if (row.actor_sequence != 0) {
    line.Append("actor_sequence", tree.Integer(static_cast<std::int64_t>(row.actor_sequence)));
    line.Append("actor_previous", tree.String(EncodeBase64Url(row.actor_previous)));
  }
  line.Append("at", tree.Integer(row.entry.at.seconds));
  line.Append("actor", tree.String(row.entry.actor));
  AppendIfAny(tree, line, "system", row.entry.system);
  line.Append("action", tree.String(row.entry.action));
  AppendIfAny(tree, line, "object", row.entry.object);
  AppendIfAny(tree, line, "why", row.entry.why);
  AppendIfAny(tree, line, "request", row.entry.request);
  line.Append("outcome", tree.String(row.entry.outcome));
  line.Append("hash", tree.String(EncodeBase64Url(row.hash)));
  return json::Write(line) + "\n";
}

Result<AuditHead> AuditCheck::Begin(std::string_view line) {
  assert(!head_);
  json::Tree tree;
  TRY_ASSIGN(const json::Value* const value, tree.Parse(line, kHeadHeaderJson));
  TRY_ASSIGN(const EvidenceMembers members, EvidenceMembers::Of(*value, "audit header", {"audit", "head", "registry"}));
  TRY_ASSIGN(const std::uint64_t version, members.Number("audit"));
  if (version != 1) return members.Wrong("audit", "is not 1");
  TRY_ASSIGN(const std::string registry, members.Text("registry"));
  TRY_ASSIGN(const std::string token, members.Text("head"));
  TRY_ASSIGN(registry_, TrustRegistry::Read(registry, pinned_, kAnyHeadTime, Seconds{0}));
  TRY_ASSIGN(head_, ReadAuditHead(token, *registry_));
  return *head_;
}

Result<bool> AuditCheck::Remember(std::string_view token, std::string_view name) {
  assert(head_ && rows_ == 0);
  TRY_ASSIGN(const AuditHead day, ReadDayHead(token, *registry_, name));
  if (day.actor) return BrokenAudit(std::string(name) + ": it is the head of an export, not of a day");
  if (day.at > head_->at) return false;
  if (!head_->actor) {
    days_.emplace(day.count, Day{.name = std::string(name), .last = day.last});
    return true;
  }
  const auto mine = day.actors.find(*head_->actor);
  if (mine == day.actors.end()) return false;
  days_of_hash_.emplace(mine->second, std::string(name));
  return true;
}

Result<AuditRow> AuditCheck::Next(std::string_view line) {
  assert(head_);
  ++rows_;
  Result<AuditRow> row = Check(line);
  if (row.ok()) return row;
  return BrokenAudit("row " + std::to_string(rows_) + ": " + row.fault().detail);
}

Result<AuditRow> AuditCheck::Check(std::string_view line) {
  json::Tree tree;
  TRY_ASSIGN(const json::Value* const value, tree.Parse(line, kRowJson));
  TRY_ASSIGN(AuditRow row, ReadRow(*value));
  if (rows_ > head_->count) return BrokenAudit("the trail had ended before, says its head");
  if (AuditHash(row) != row.hash) return BrokenAudit("it is not what its hash says");
  TRY(CheckPlace(row));
  TRY(CheckActor(row));
  TRY(PassDays(row));
  sequence_ = row.sequence;
  last_ = row.hash;
  return row;
}

Result<void> AuditCheck::CheckPlace(const AuditRow& row) const {
  if (head_->actor) {
    if (row.entry.actor != *head_->actor) return BrokenAudit("it is of another actor than the head says");
    if (row.actor_sequence != rows_) return BrokenAudit("another one belongs at this place of the trail");
    if (row.actor_previous != last_) return BrokenAudit("it does not follow on the one before");
    if (row.sequence <= sequence_) return BrokenAudit("it came before the one before");
    return {};
  }
  if (row.sequence != rows_) return BrokenAudit("another one belongs at this place of the trail");
  if (row.previous != last_) return BrokenAudit("it does not follow on the one before");
  return {};
}

// A row of an older store has no place among its actor's; none may come once the actor's chain has begun.
Result<void> AuditCheck::CheckActor(const AuditRow& row) {
  if (head_->actor) return {};  // its chain is the file
  if (row.actor_sequence == 0) {
    if (!actors_.empty()) return BrokenAudit("it has no place among the rows of its actor");
    return {};
  }
  ChainEnd& end = actors_[row.entry.actor];
  if (row.actor_sequence != end.sequence + 1 || row.actor_previous != end.hash)
    return BrokenAudit("it does not follow on the row of its actor before");
  end = {.sequence = row.actor_sequence, .hash = row.hash};
  return {};
}

Result<void> AuditCheck::PassDays(const AuditRow& row) {
  days_of_hash_.erase(row.hash);
  const auto [first, end] = days_.equal_range(row.sequence);
  for (auto day = first; day != end; ++day) {
    if (day->second.last != row.hash) return BrokenAudit("the head of " + day->second.name + " names another row here");
  }
  days_.erase(first, end);
  return {};
}

Result<void> AuditCheck::End() const {
  assert(head_);
  if (rows_ != head_->count)
    return BrokenAudit("the file ends after " + std::to_string(rows_) + " of " + std::to_string(head_->count) +
                       " rows");
  if (last_ != head_->last) return BrokenAudit("the last row is not the one the head names");
  for (const auto& [sequence, day] : days_) {
    if (sequence != 0) return BrokenAudit("the head of " + day.name + " names a row that is not there");
  }
  if (!days_of_hash_.empty())
    return BrokenAudit("the head of " + days_of_hash_.begin()->second + " names a row that is not there");
  return {};
}

}  // namespace passport
