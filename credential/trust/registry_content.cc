#include "credential/trust/registry_content.h"

#include <array>
#include <cassert>
#include <utility>

namespace passport {
namespace {

template <class Enum>
struct Named {
  Enum value;
  std::string_view word;
};

constexpr std::array<Named<EntryState>, 4> kStates = {{{EntryState::kActive, "active"},
                                                       {EntryState::kSuspended, "suspended"},
                                                       {EntryState::kCeased, "ceased"},
                                                       {EntryState::kCompromised, "compromised"}}};
constexpr std::array<Named<SuccessionKind>, 4> kSuccessions = {{{SuccessionKind::kMerged, "merged"},
                                                                {SuccessionKind::kAcquired, "acquired"},
                                                                {SuccessionKind::kRenamed, "renamed"},
                                                                {SuccessionKind::kSplit, "split"}}};
constexpr std::array<Named<RegistryService>, 4> kServices = {{{RegistryService::kIssue, "issue"},
                                                              {RegistryService::kStatus, "status"},
                                                              {RegistryService::kVerify, "verify"},
                                                              {RegistryService::kLog, "log"}}};
constexpr std::array<Named<KeyMechanism>, 2> kMechanisms = {
    {{KeyMechanism::kX5c, "x5c"}, {KeyMechanism::kJwtVcIssuer, "jwt_vc_issuer"}}};

template <class Names, class Enum>
std::string_view WordIn(const Names& names, Enum value) {
  for (const auto& named : names) {
    if (named.value == value) return named.word;
  }
  return "";
}

template <class Enum, std::size_t kCount>
std::optional<Enum> ValueIn(const std::array<Named<Enum>, kCount>& names, std::string_view word) {
  for (const Named<Enum>& named : names) {
    if (named.word == word) return named.value;
  }
  return std::nullopt;
}

}  // namespace

std::string_view WordOf(EntryState state) { return WordIn(kStates, state); }
std::optional<EntryState> EntryStateOf(std::string_view word) { return ValueIn(kStates, word); }

std::string_view WordOf(SuccessionKind kind) { return WordIn(kSuccessions, kind); }
std::optional<SuccessionKind> SuccessionKindOf(std::string_view word) { return ValueIn(kSuccessions, word); }

std::string_view WordOf(RegistryService service) { return WordIn(kServices, service); }
std::optional<RegistryService> RegistryServiceOf(std::string_view word) { return ValueIn(kServices, word); }

std::string_view WordOf(KeyMechanism mechanism) { return WordIn(kMechanisms, mechanism); }
std::optional<KeyMechanism> KeyMechanismOf(std::string_view word) { return ValueIn(kMechanisms, word); }

const StateChange& StateAt(const RegistryOrganisation& organisation, Instant at) {
  assert(!organisation.history.empty());
  const StateChange* in_force = &organisation.history.front();
  for (const StateChange& change : organisation.history) {
    if (change.since <= at) in_force = &change;
  }
  return *in_force;
}

}  // namespace passport
