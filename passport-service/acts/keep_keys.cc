#include "passport-service/acts/keep_keys.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "credential/trust/registry_entity_json.h"
#include "passport-service/acts/audited.h"
#include "passport-service/acts/key_certificates.h"
#include "passport-service/ports/organisation_standing.h"

namespace passport {
namespace {

constexpr std::size_t kKeysByOperatorMax = 100;
constexpr std::size_t kKeysByRegistrarMax = 190;
static_assert(kKeysByRegistrarMax < kRegistryRoleKeysMax);

constexpr std::array<std::string_view, 4> kWhys = {"stolen", "lost", "copied", "precaution"};

Fault NoSuchKey() { return {Reason::kNotFound, "", "no such key, or no such owner of keys"}; }

bool AnswersFor(const Caller& by, const KeyOwner& owner) {
  return by.roles.Has(Role::kRegistrar) || owner == KeyOwner(by.organisation);
}

// All keys a role ever had stand in the registry, and one with too many is readable to nobody. What the registrar may
// order beyond an operator, and what lies above that for the calendar, keeps below kRegistryRoleKeysMax.
std::size_t KeysMaxFor(const Caller& by) {
  return by.roles.Has(Role::kRegistrar) ? kKeysByRegistrarMax : kKeysByOperatorMax;
}

std::size_t CountKeys(const std::vector<KeyInfo>& keys, const KeyOwner& owner, KeyRole role) {
  return static_cast<std::size_t>(std::count_if(
      keys.begin(), keys.end(), [&](const KeyInfo& info) { return info.owner == owner && info.role == role; }));
}

Result<void> CheckRoom(const Caller& by, const KeyOwner& owner, KeyRole role, const std::vector<KeyInfo>& keys) {
  const std::size_t made = CountKeys(keys, owner, role);
  const std::size_t most = KeysMaxFor(by);
  if (made < most) return {};
  return Fault{Reason::kLimit, "",
               "the owner has had " + std::to_string(made) + " keys of this role, and " + std::to_string(most) +
                   " are the most that this caller may make"};
}

// What is due but for replacements beyond `keys_max`: each key that is given up would make another one, and giving one
// up is never refused.
std::vector<PlannedStep> PlanWithin(std::size_t keys_max, const KeyRing& ring, const RotationPolicy& policy,
                                    Instant now) {
  std::vector<PlannedStep> steps = PlanRotation(ring, policy, now);
  std::erase_if(steps, [&](const PlannedStep& step) {
    return step.step == KeyStep::kReplace && CountKeys(ring.keys, step.owner, step.role) >= keys_max;
  });
  return steps;
}

// Its keys sign nothing new any more; its status lists are still kept.
bool IssuesNoMore(const OrganisationRow& row, Instant now) {
  const EntryState state = StateAt(row, now);
  return state == EntryState::kCeased || state == EntryState::kCompromised || SuccessionAt(row, now) != nullptr ||
         (row.valid_until && *row.valid_until <= now);
}

std::string_view DeedOf(KeyStep step) {
  switch (step) {
    case KeyStep::kStage:
      return "key.staged";
    case KeyStep::kReplace:
      return "key.replaced";
    case KeyStep::kCertify:
      return "key.certified";
    case KeyStep::kPublish:
      return "key.published";
    case KeyStep::kActivate:
      return "key.activated";
    case KeyStep::kRetire:
      return "key.retired";
  }
  return "";
}

std::string ObjectOf(const KeyOwner& owner, KeyRole role, std::string_view kid) {
  std::string object = owner.text() + "/" + std::string(WordOf(role));
  if (!kid.empty()) object += "/" + std::string(kid);
  return object;
}

void AddKids(const std::vector<RegistryKey>& keys, std::set<std::string, std::less<>>& kids) {
  for (const RegistryKey& key : keys) kids.insert(key.kid);
}

std::set<std::string, std::less<>> KidsIn(const TrustRegistry& registry) {
  std::set<std::string, std::less<>> kids;
  for (const RegistryOrganisation& organisation : registry.organisations()) {
    AddKids(organisation.issue_keys, kids);
    AddKids(organisation.status_keys, kids);
  }
  AddKids(registry.content().receipt_keys, kids);
  AddKids(registry.content().registry_keys, kids);
  return kids;
}

}  // namespace

Result<KeyRing> KeepKeys::Ring(Instant now) {
  KeyRing ring{.keys = keys_.List(), .certified = std::nullopt, .ended = {}};
  TRY_ASSIGN(const CertificatesByKid certificates, ReadCertificates(store_));
  if (!certificates.empty()) {
    ring.certified.emplace();
    for (const auto& [kid, row] : certificates) ring.certified->insert(kid);
  }
  TRY_ASSIGN(const std::vector<OrganisationRow> rows, store_.AllOrganisations());
  for (const OrganisationRow& row : rows) {
    if (IssuesNoMore(row, now)) ring.ended.insert(row.id);
  }
  return ring;
}

Result<std::vector<KeepKeys::ListedKey>> KeepKeys::List(const Query& query) {
  if (query.owner && !AnswersFor(query.by, *query.owner)) return NoSuchKey();
  TRY_ASSIGN(const KeyRing ring, Ring(clock_.Now()));
  std::vector<ListedKey> listed;
  for (const KeyInfo& info : ring.keys) {
    if (query.owner ? info.owner != *query.owner : !AnswersFor(query.by, info.owner)) continue;
    listed.push_back({info, ring.certified && ring.certified->contains(info.kid)});
  }
  if (query.owner && listed.empty()) return NoSuchKey();
  return listed;
}

Result<std::vector<PlannedStep>> KeepKeys::Plan(const Query& query) {
  if (query.owner && !AnswersFor(query.by, *query.owner)) return NoSuchKey();
  const Instant now = clock_.Now();
  TRY_ASSIGN(const KeyRing ring, Ring(now));
  std::vector<PlannedStep> steps = PlanWithin(kKeysByOperatorMax, ring, policy_, now);
  std::erase_if(steps, [&](const PlannedStep& step) {
    return query.owner ? step.owner != *query.owner : !AnswersFor(query.by, step.owner);
  });
  return steps;
}

// On record before it is done: no key changes without a trace.
Result<void> KeepKeys::Do(const PlannedStep& step, Instant now) {
  const std::string object = ObjectOf(step.owner, step.role, step.kid);
  TRY(ApplyNow(store_, {AuditedOfService(now, {.what = DeedOf(step.step), .object = object, .outcome = "begun"}),
                        AppendEvent{{now, std::string(DeedOf(step.step)), object}}}));
  switch (step.step) {
    case KeyStep::kStage: {
      const Result<std::string> made = keys_.Generate(step.owner, step.role, KeyState::kStaged, now);
      return made.ok() ? Result<void>() : Result<void>(made.fault());
    }
    case KeyStep::kReplace: {
      TRY_ASSIGN(const std::string kid, keys_.Generate(step.owner, step.role, KeyState::kStaged, now));
      // Before its first signature, or receivers who go by certificates could not use what it signs.
      TRY(CertifyKeys(store_, keys_, now));
      return keys_.ChangeState(kid, KeyState::kActive, now);
    }
    case KeyStep::kActivate:
      TRY(CertifyKeys(store_, keys_, now));  // likewise, where the one before is gone
      return keys_.ChangeState(step.kid, KeyState::kActive, now);
    case KeyStep::kRetire:
      return keys_.ChangeState(step.kid, KeyState::kRetired, now);
    case KeyStep::kCertify:
    case KeyStep::kPublish:
      return {};
  }
  return {};
}

Result<std::size_t> KeepKeys::DoWhatIsDue() {
  const std::lock_guard lock(mutex_);
  const Instant now = clock_.Now();
  TRY_ASSIGN(const KeyRing ring, Ring(now));
  std::size_t done = 0;
  // What is wrong with the keys of one is no reason to leave those of the others to grow old.
  std::set<std::pair<KeyOwner, KeyRole>> stuck;
  std::optional<Fault> first_fault;
  for (const PlannedStep& step : PlanWithin(kKeysByOperatorMax, ring, policy_, now)) {
    if (step.due > now || step.step == KeyStep::kCertify || step.step == KeyStep::kPublish) continue;
    if (stuck.contains({step.owner, step.role})) continue;
    if (const Result<void> taken = Do(step, now); taken.ok()) {
      ++done;
    } else {
      stuck.emplace(step.owner, step.role);
      if (!first_fault) first_fault = taken.fault();
    }
  }
  if (first_fault) return *first_fault;
  return done;
}

Result<void> KeepKeys::NotePublished() {
  const std::lock_guard lock(mutex_);
  const Instant now = clock_.Now();
  TRY_ASSIGN(const Known known, FindKnown(trust_));
  const std::set<std::string, std::less<>> kids = KidsIn(known.trust->registry());
  for (const KeyInfo& info : keys_.List()) {
    if (info.published_at || info.state != KeyState::kStaged || !kids.contains(info.kid)) continue;
    TRY(keys_.NotePublished(info.kid, now));
  }
  return {};
}

Result<std::string> KeepKeys::Rotate(const Rotation& order) {
  const std::lock_guard lock(mutex_);
  const Instant now = clock_.Now();
  const std::string object = ObjectOf(order.owner, order.role, "");
  const RequestKey key{
      .by = order.by.organisation, .id = order.request, .digest = RequestDigest({"rotate_key", object})};
  TRY_ASSIGN(const std::optional<std::string> answer, RepeatAnswer(store_, key, order.by, now));
  if (answer) return *answer;
  if (!AnswersFor(order.by, order.owner)) return NoSuchKey();
  if (RotationOf(order.role) == RotationKind::kNever) {
    return Fault{Reason::kStateConflict, "", "keys of this role have no succession of their own"};
  }
  std::string kid;
  bool signs_or_did = false;
  const std::vector<KeyInfo> keys = keys_.List();
  for (const KeyInfo& info : keys) {
    if (info.owner != order.owner || info.role != order.role) continue;
    if (info.state == KeyState::kStaged && kid.empty()) kid = info.kid;
    // Also where the last key was given up and none came in its place.
    signs_or_did = signs_or_did || info.state == KeyState::kActive || info.state == KeyState::kCompromised;
  }
  if (!signs_or_did) return NoSuchKey();
  if (kid.empty()) TRY(CheckRoom(order.by, order.owner, order.role, keys));
  TRY(ApplyNow(store_, {Audited(now, order.by,
                                {.what = "key.rotation_ordered", .object = object, .request = order.request.text()})}));
  if (kid.empty()) {
    TRY_ASSIGN(kid, keys_.Generate(order.owner, order.role, KeyState::kStaged, now));
  }
  TRY(ApplyOnce(store_,
                {AppendEvent{{now, "key.staged", ObjectOf(order.owner, order.role, kid)}},
                 RememberAnswer{{key.by, key.id, key.digest, kid, now}}},
                key));
  return kid;
}

Result<KeyInfo> KeepKeys::FindOf(const Caller& by, std::string_view kid) const {
  for (KeyInfo& info : keys_.List()) {
    if (info.kid == kid && AnswersFor(by, info.owner)) return std::move(info);
  }
  return NoSuchKey();
}

Result<std::string> KeepKeys::MarkCompromised(const Compromise& order) {
  const std::lock_guard lock(mutex_);
  const Instant now = clock_.Now();
  const RequestKey key{
      .by = order.by.organisation,
      .id = order.request,
      .digest = RequestDigest({"compromise_key", order.kid, std::to_string(order.since.seconds), order.why})};
  TRY_ASSIGN(const std::optional<std::string> answer, RepeatAnswer(store_, key, order.by, now));
  if (answer) return *answer;
  if (order.since > now) return Fault{Reason::kFieldInvalid, "", "since is in the future"};
  if (std::find(kWhys.begin(), kWhys.end(), order.why) == kWhys.end()) {
    return Fault{Reason::kFieldInvalid, "", "reason is not stolen, lost, copied or precaution"};
  }
  TRY_ASSIGN(const KeyInfo marked, FindOf(order.by, order.kid));
  if (!IsCertifiedRole(marked.role)) {
    return Fault{Reason::kStateConflict, "",
                 "more depends on this key than signatures; the operating page says how it is replaced"};
  }
  TRY(ApplyNow(store_, {Audited(now, order.by,
                                {.what = "key.compromised",
                                 .object = ObjectOf(marked.owner, marked.role, marked.kid),
                                 .why = order.why,
                                 .request = order.request.text()})}));
  if (marked.state != KeyState::kCompromised) {
    TRY(keys_.ChangeState(marked.kid, KeyState::kCompromised, order.since));
  }
  TRY_ASSIGN(const KeyRing ring, Ring(now));
  for (const PlannedStep& step : PlanWithin(KeysMaxFor(order.by), ring, policy_, now)) {
    const bool fills_the_gap = step.step == KeyStep::kReplace || step.step == KeyStep::kActivate;
    if (step.owner == marked.owner && step.role == marked.role && fills_the_gap && step.due <= now) TRY(Do(step, now));
  }
  std::string replacement;
  for (const KeyInfo& info : keys_.List()) {
    const bool signs = info.owner == marked.owner && info.role == marked.role && info.state == KeyState::kActive;
    if (signs) replacement = info.kid;
  }
  std::optional<OrganisationId> whose;
  if (Result<OrganisationId> owner = OrganisationId::Parse(marked.owner.text()); owner.ok())
    whose = std::move(owner).value();
  TRY(ApplyOnce(store_,
                {AppendEvent{{now, "key.compromised", marked.kid, whose}},
                 RememberAnswer{{key.by, key.id, key.digest, replacement, now}}},
                key));
  return replacement;
}

}  // namespace passport
