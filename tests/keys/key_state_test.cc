#include "keys/key_state.h"

#include <gtest/gtest.h>

#include <set>
#include <utility>

#include "keys/key_info.h"

namespace passport {
namespace {

TEST(KeyState, MovesOnlyForward) {
  using enum KeyState;
  const std::set<std::pair<KeyState, KeyState>> allowed = {
      {kStaged, kActive},  {kStaged, kRetired},     {kStaged, kCompromised},
      {kActive, kRetired}, {kActive, kCompromised}, {kRetired, kCompromised},
  };
  for (const KeyState from : AllKeyStates()) {
    for (const KeyState to : AllKeyStates()) {
      const Result<KeyState> moved = Move(from, to);
      ASSERT_EQ(moved.ok(), allowed.contains({from, to})) << WordOf(from) << " to " << WordOf(to);
      if (moved.ok()) {
        EXPECT_EQ(*moved, to);
      } else {
        EXPECT_EQ(moved.fault().reason, Reason::kKeyState);
      }
    }
  }
}

TEST(KeyState, HasWordsThatStayAsTheyAre) {
  EXPECT_EQ(WordOf(KeyState::kStaged), "staged");
  EXPECT_EQ(WordOf(KeyState::kActive), "active");
  EXPECT_EQ(WordOf(KeyState::kRetired), "retired");
  EXPECT_EQ(WordOf(KeyState::kCompromised), "compromised");
  EXPECT_EQ(AllKeyStates().size(), 4U);
  for (const KeyState state : AllKeyStates()) EXPECT_EQ(ParseKeyState(WordOf(state)).value(), state);
  for (const char* word : {"", "Active", "active ", "gone"}) {
    EXPECT_EQ(ParseKeyState(word).fault().reason, Reason::kFieldInvalid) << word;
  }
}

TEST(KeyRole, HasWordsThatStayAsTheyAre) {
  EXPECT_EQ(WordOf(KeyRole::kIssue), "issue");
  EXPECT_EQ(WordOf(KeyRole::kStatus), "status");
  EXPECT_EQ(WordOf(KeyRole::kRegistry), "registry");
  EXPECT_EQ(WordOf(KeyRole::kTlsAuthority), "tls_authority");
  EXPECT_EQ(WordOf(KeyRole::kSeal), "seal");
  EXPECT_EQ(WordOf(KeyRole::kIndex), "index");
  EXPECT_EQ(WordOf(KeyRole::kIssuingAuthority), "issuing_authority");
  EXPECT_EQ(WordOf(KeyRole::kRootAuthority), "root_authority");
  EXPECT_EQ(AllKeyRoles().size(), 9U);
  for (const KeyRole role : AllKeyRoles()) EXPECT_EQ(ParseKeyRole(WordOf(role)).value(), role);
  for (const char* word : {"", "Issue", "tls-authority"}) {
    EXPECT_EQ(ParseKeyRole(word).fault().reason, Reason::kFieldInvalid) << word;
  }
}

TEST(KeyOwner, IsAnOrganisationOrTheService) {
  EXPECT_EQ(KeyOwner::Parse("service").value(), KeyOwner::Service());
  EXPECT_EQ(KeyOwner::Parse("ods:RC9").value(), KeyOwner(OrganisationId::Parse("ods:RC9").value()));
  for (const char* text : {"", "Service", "RC9", "ods:"}) EXPECT_FALSE(KeyOwner::Parse(text).ok()) << text;
}

}  // namespace
}  // namespace passport
