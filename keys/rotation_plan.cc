#include "keys/rotation_plan.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace passport {
namespace {

// All keys of one owner and role.
struct PlanLine {
  std::vector<const KeyInfo*> staged;  // oldest first
  std::vector<const KeyInfo*> active;  // oldest activation first
  bool compromised = false;
};

using Lines = std::map<std::pair<KeyOwner, KeyRole>, PlanLine>;

Lines LinesOf(const KeyRing& ring) {
  Lines lines;
  for (const KeyInfo& info : ring.keys) {
    PlanLine& line = lines[{info.owner, info.role}];
    if (info.state == KeyState::kStaged) line.staged.push_back(&info);
    if (info.state == KeyState::kActive) line.active.push_back(&info);
    if (info.state == KeyState::kCompromised) line.compromised = true;
  }
  for (auto& [whose, line] : lines) {
    std::sort(line.staged.begin(), line.staged.end(), [](const KeyInfo* a, const KeyInfo* b) {
      return std::tie(a->created_at, a->kid) < std::tie(b->created_at, b->kid);
    });
    std::sort(line.active.begin(), line.active.end(), [](const KeyInfo* a, const KeyInfo* b) {
      return std::tie(a->activated_at, a->kid) < std::tie(b->activated_at, b->kid);
    });
  }
  return lines;
}

class Planner {
 public:
  Planner(const KeyRing& ring, const RotationPolicy& policy, Instant now) : ring_(ring), policy_(policy), now_(now) {}

  void Plan(const KeyOwner& owner, KeyRole role, const PlanLine& line) {
    PlanPapers(line);
    const bool needs_no_more = role == KeyRole::kIssue && ring_.ended.contains(owner);
    // Two successors are one too many: the older one is further on its way.
    for (std::size_t i = 1; i < line.staged.size(); ++i) Add(KeyStep::kRetire, *line.staged[i], now_);
    if (line.active.empty()) {
      if (!needs_no_more) PlanWithoutActive(owner, role, line);
      return;
    }
    const KeyInfo& newest = *line.active.back();
    const Instant since = newest.activated_at.value_or(newest.created_at);
    for (const KeyInfo* older : line.active) {
      if (older != &newest) Add(KeyStep::kRetire, *older, since + policy_.overlap);
    }
    if (needs_no_more) return;
    if (!line.staged.empty()) {
      PlanActivation(*line.staged.front());
    } else if (RotationOf(role) == RotationKind::kByCalendar) {
      const Seconds ahead = IsSecretRole(role) ? Seconds{0} : policy_.published_ahead;
      steps_.push_back({KeyStep::kStage, owner, role, "", since + policy_.life - ahead});
    }
  }

  std::vector<PlannedStep> Take() {
    const auto place = [](const PlannedStep& step) {
      return std::tie(step.due, step.owner, step.role, step.kid, step.step);
    };
    std::sort(steps_.begin(), steps_.end(),
              [&](const PlannedStep& a, const PlannedStep& b) { return place(a) < place(b); });
    return std::move(steps_);
  }

 private:
  bool NeedsCertificate(const KeyInfo& key) const {
    return ring_.certified && IsCertifiedRole(key.role) && !ring_.certified->contains(key.kid);
  }

  // What a key needs that signs or is to sign.
  void PlanPapers(const PlanLine& line) {
    for (const auto* keys : {&line.staged, &line.active}) {
      for (const KeyInfo* key : *keys) {
        if (NeedsCertificate(*key)) Add(KeyStep::kCertify, *key, now_);
        const bool must_be_known = key->state == KeyState::kStaged && IsCertifiedRole(key->role);
        if (must_be_known && !key->published_at) Add(KeyStep::kPublish, *key, now_);
      }
    }
  }

  // Nothing signs. A staged key does at once, however short it was published: better unknown to some than no key.
  void PlanWithoutActive(const KeyOwner& owner, KeyRole role, const PlanLine& line) {
    if (RotationOf(role) == RotationKind::kNever) return;
    if (!line.staged.empty()) {
      Add(KeyStep::kActivate, *line.staged.front(), now_);
    } else if (line.compromised) {
      steps_.push_back({KeyStep::kReplace, owner, role, "", now_});
    }
  }

  void PlanActivation(const KeyInfo& successor) {
    if (RotationOf(successor.role) == RotationKind::kNever) return;
    if (IsSecretRole(successor.role)) return Add(KeyStep::kActivate, successor, successor.created_at);
    if (!successor.published_at || NeedsCertificate(successor)) return;
    Add(KeyStep::kActivate, successor, *successor.published_at + policy_.published_ahead);
  }

  void Add(KeyStep step, const KeyInfo& key, Instant due) {
    steps_.push_back({step, key.owner, key.role, key.kid, due});
  }

  const KeyRing& ring_;
  const RotationPolicy& policy_;
  const Instant now_;
  std::vector<PlannedStep> steps_;
};

}  // namespace

RotationKind RotationOf(KeyRole role) {
  switch (role) {
    case KeyRole::kIssue:
    case KeyRole::kStatus:
    case KeyRole::kReceipt:
    case KeyRole::kSeal:
      return RotationKind::kByCalendar;
    case KeyRole::kRegistry:
      return RotationKind::kOnOrder;
    case KeyRole::kTlsAuthority:
    case KeyRole::kIndex:
    case KeyRole::kIssuingAuthority:
    case KeyRole::kRootAuthority:
      return RotationKind::kNever;
  }
  return RotationKind::kNever;
}

bool IsCertifiedRole(KeyRole role) {
  return role == KeyRole::kIssue || role == KeyRole::kStatus || role == KeyRole::kReceipt || role == KeyRole::kRegistry;
}

std::vector<PlannedStep> PlanRotation(const KeyRing& ring, const RotationPolicy& policy, Instant now) {
  Planner planner(ring, policy, now);
  for (const auto& [whose, line] : LinesOf(ring)) planner.Plan(whose.first, whose.second, line);
  return planner.Take();
}

std::string_view WordOf(KeyStep step) {
  switch (step) {
    case KeyStep::kStage:
      return "stage";
    case KeyStep::kReplace:
      return "replace";
    case KeyStep::kCertify:
      return "certify";
    case KeyStep::kPublish:
      return "publish";
    case KeyStep::kActivate:
      return "activate";
    case KeyStep::kRetire:
      return "retire";
  }
  return "";
}

}  // namespace passport
