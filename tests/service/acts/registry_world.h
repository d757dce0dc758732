// A region in which the registry changes: the world of the acts, with the acts of registrars and their systems.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "passport-service/acts/list_affected.h"
#include "passport-service/acts/propose_change.h"
#include "passport-service/acts/read_proposals.h"
#include "passport-service/acts/reissue_credentials.h"
#include "passport-service/acts/sign_proposal.h"
#include "tests/service/acts/acts_world.h"

namespace passport {

// A wall clock in London: "2026-03-31T09:00".
Instant At(std::string_view text);

// Steps of a proposal.
RegistryStep Amended(const Caller& of, const std::function<void(Amendment&)>& change);
RegistryStep Needs(const Caller& registrar, std::uint32_t registrars);
RegistryStep Kinds(const Caller& of, std::vector<AllowedKind> kinds, std::vector<KindEnd> ends = {});
RegistryStep Stands(const Caller& of, EntryState state, Instant since = {});

// Besides registrar, trust and council there is another trust (ods:RD1), and a second desk of the registrar.
struct RegistryWorld : ActsWorld {
  explicit RegistryWorld(Instant now);

  Caller registrar_two{registrar.organisation, "registry-two", Roles{Role::kRegistrar}};
  Caller successor{OrganisationId::Parse("ods:RD1").value(), "hr", Roles{Role::kIssuerClerk}};
  Caller trust_operator{trust.organisation, "estate", Roles{Role::kOperator}};

  ProposeChange Proposing() { return {store, clock, *effects}; }
  ReadProposals Reading() { return {store, *keys, clock, *effects}; }
  SignProposal Signing() { return {store, clock, *effects}; }
  RejectProposal Rejecting() { return {store, clock}; }
  ListAffected Listing() { return {store, *keys, clock}; }
  ReissueCredentials Reissuing() { return {store, *keys, *issuing, clock}; }

  // "ok" or the word of the reason.
  std::string Propose(const Caller& by, std::vector<RegistryStep> steps, std::string reason = "agreed");
  std::string Sign(const Caller& by, std::uint64_t number);
  std::string Reject(const Caller& by, std::uint64_t number);
  // Proposes and signs; the word of the first no.
  std::string Make(std::vector<RegistryStep> steps);
  std::string Revoke(const Caller& by, const CredentialId& credential);
  std::string Issue(const Caller& by, std::string_view employee_number);
  std::uint64_t newest() { return *store.NewestProposal(); }
  OrganisationRow Row(const Caller& of) { return **store.FindOrganisation(of.organisation); }
  // Makes another issue key the active one, and gives the one before up.
  void LoseIssueKey(const Caller& of);
  void LoseKeys(const Caller& of, KeyRole role);
  // Lets a system of the registrar act as one.
  void AddDesk(const Caller& desk);
};

}  // namespace passport
