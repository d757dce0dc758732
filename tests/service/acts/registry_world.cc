#include "tests/service/acts/registry_world.h"

#include <gtest/gtest.h>

#include "credential/vocabulary/instant_text.h"

namespace passport {

Instant At(std::string_view text) { return ParseInstant(text).value(); }

RegistryStep Amended(const Caller& of, const std::function<void(Amendment&)>& change) {
  Amendment amendment;
  change(amendment);
  return {of.organisation, std::move(amendment)};
}

RegistryStep Needs(const Caller& registrar, std::uint32_t registrars) {
  return Amended(registrar, [&](Amendment& amendment) { amendment.registrars_needed = registrars; });
}

RegistryStep Kinds(const Caller& of, std::vector<AllowedKind> kinds, std::vector<KindEnd> ends) {
  return Amended(of, [&](Amendment& amendment) {
    amendment.kinds = std::move(kinds);
    amendment.ends = std::move(ends);
  });
}

RegistryStep Stands(const Caller& of, EntryState state, Instant since) {
  return {of.organisation, StateChange{state, since, "agreed"}};
}

RegistryWorld::RegistryWorld(Instant now) : ActsWorld(Ceremony::kHeld, now) {
  EnrolOrganisation enrol = EnrolOrganisations();
  EXPECT_TRUE(enrol({registrar,
                     Request("enrol-successor"),
                     successor.organisation,
                     "Successor Trust",
                     "nhs_trust",
                     {"mandatory_training", "employment"}})
                  .ok());
  AddDesk(registrar);
}

void RegistryWorld::AddDesk(const Caller& desk) {
  const SystemRow row{.organisation = desk.organisation,
                      .name = desk.system,
                      .roles = desk.roles,
                      .certificates = {{.spki = Sha256(desk.system), .from = clock.now}},
                      .at = clock.now};
  EXPECT_EQ(store.Apply({AddSystem{row}}).outcome, CommitOutcome::kDone);
}

std::string RegistryWorld::Propose(const Caller& by, std::vector<RegistryStep> steps, std::string reason) {
  return WordsOf(
      Proposing()({by, Request("propose-" + std::to_string(++requests)), std::move(reason), std::move(steps)}));
}

std::string RegistryWorld::Sign(const Caller& by, std::uint64_t number) {
  const Result<ProposalReview> review = Reading().Review(by, number);
  if (!review.ok()) return WordsOf(review);
  return WordsOf(Signing()({by, Request("sign-" + std::to_string(++requests)), number, review->seen}));
}

std::string RegistryWorld::Reject(const Caller& by, std::uint64_t number) {
  return WordsOf(Rejecting()({by, Request("reject-" + std::to_string(++requests)), number, "mistaken"}));
}

std::string RegistryWorld::Make(std::vector<RegistryStep> steps) {
  const std::string proposed = Propose(registrar, std::move(steps));
  return proposed == "ok" ? Sign(registrar, newest()) : proposed;
}

std::string RegistryWorld::Revoke(const Caller& by, const CredentialId& credential) {
  return WordsOf(ChangingStandings()(
      {by, Request("revoke-" + std::to_string(++requests)), credential, StandingVerb::kRevoke, "left_organisation"}));
}

std::string RegistryWorld::Issue(const Caller& by, std::string_view employee_number) {
  const IssueCredentials::Order order = TrainingOrder("issue-" + std::to_string(++requests), employee_number);
  const auto results = Issuing()(by, std::span(&order, 1));
  return results.ok() ? WordsOf(results->front()) : WordsOf(results);
}

void RegistryWorld::LoseIssueKey(const Caller& of) { LoseKeys(of, KeyRole::kIssue); }

void RegistryWorld::LoseKeys(const Caller& of, KeyRole role) {
  for (const KeyInfo& key : keys->List()) {
    if (key.owner != KeyOwner(of.organisation) || key.role != role) continue;
    if (key.state == KeyState::kCompromised) continue;
    EXPECT_TRUE(keys->ChangeState(key.kid, KeyState::kCompromised, clock.now).ok());
  }
  EXPECT_TRUE(keys->Generate(of.organisation, role, KeyState::kActive, clock.now).ok());
  PublishNow();
}

}  // namespace passport
