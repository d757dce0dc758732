#include "tests/service/acts/key_steps.h"

#include <algorithm>

namespace passport {

std::vector<KeyInfo> KeysOf(const KeyStore& keys, const KeyOwner& owner, KeyRole role) {
  std::vector<KeyInfo> of = keys.List();
  std::erase_if(of, [&](const KeyInfo& info) { return info.owner != owner || info.role != role; });
  return of;
}

std::size_t Count(const std::vector<KeyInfo>& keys, KeyState state) {
  return static_cast<std::size_t>(
      std::count_if(keys.begin(), keys.end(), [&](const KeyInfo& info) { return info.state == state; }));
}

std::string ActiveKid(const KeyStore& keys, const KeyOwner& owner, KeyRole role) {
  for (const KeyInfo& info : KeysOf(keys, owner, role)) {
    if (info.state == KeyState::kActive) return info.kid;
  }
  return "";
}

std::string IssueOne(ActsWorld& world, std::string_view request, const std::string& subject) {
  const IssueCredentials::Order order = TrainingOrder(request, "1001", {{"subject", subject}});
  const auto issued = world.Issuing()(world.trust, std::span(&order, 1));
  return issued.ok() ? WordsOf(issued->front()) : WordsOf(issued);
}

Result<void> Round(ActsWorld& world, KeepKeys& keep) {
  TRY(keep.DoWhatIsDue());
  TRY(world.Publishing()());
  return keep.NotePublished();
}

Caller OperatorOf(const Caller& caller) { return {caller.organisation, "keys", Roles{Role::kOperator}}; }

}  // namespace passport
