// Who gives the registrar's office to a system, and whose signature counts once it has been taken away.
#include "passport-service/acts/keep_systems.h"

#include <gtest/gtest.h>

#include "tests/service/acts/registry_world.h"

namespace passport {
namespace {

// A desk of the registrar that may look, and not sign.
const char* const kAuditDesk = "audit-desk";

struct OfficeWorld : RegistryWorld {
  OfficeWorld() : RegistryWorld(At("2026-03-02T09:00")) {
    AddDesk(registrar_two);
    AddDesk({registrar.organisation, kAuditDesk, Roles{Role::kAuditor}});
  }
  std::string Put(const Caller& by, const std::string& system, Roles roles, std::string certificate_pem = "") {
    return WordsOf(keep({.by = by,
                         .request = Request("put-" + std::to_string(++requests)),
                         .organisation = registrar.organisation,
                         .system = system,
                         .roles = roles,
                         .certificate_pem = std::move(certificate_pem)}));
  }
  std::string End(const Caller& by, const std::string& system) {
    return WordsOf(keep.Revoke({.by = by,
                                .request = Request("end-" + std::to_string(++requests)),
                                .organisation = registrar.organisation,
                                .system = system,
                                .certificate = {},
                                .why = "key_leaked"}));
  }
  // So many registrars must sign from now on.
  void Need(std::uint32_t count) {
    Amendment amendment;
    amendment.registrars_needed = count;
    ASSERT_EQ(Make({{registrar.organisation, std::move(amendment)}}), "ok");
  }
  std::string ProposeRename() {
    Amendment amendment;
    amendment.legal_name = "Renamed Trust";
    return Propose(registrar, {{trust.organisation, std::move(amendment)}});
  }
  std::uint32_t Counted() { return Reading().Review(registrar, newest())->signatures_counted; }
  KeepSystems keep{store, clock};
};

TEST(RegistrarsOffice, IsGivenByOneRegistrarWhereOneIsEnough) {
  OfficeWorld world;
  EXPECT_EQ(world.Put(world.registrar, kAuditDesk, Roles{Role::kRegistrar}), "ok");
}

TEST(RegistrarsOffice, IsGivenByNobodyWhereASecondOneMustSign) {
  OfficeWorld world;
  world.Need(2);
  const Roles office{Role::kRegistrar};
  EXPECT_EQ(world.Put(world.registrar, kAuditDesk, office), "second_person") << "it would sign twice";
  EXPECT_EQ(world.Put(world.registrar, "third-desk", office, "a certificate"), "second_person");
  EXPECT_EQ(world.Put(world.registrar, "registry-two", office, "a certificate"), "second_person")
      << "with it the first could sign as the second";
  EXPECT_EQ(world.Put(world.registrar, "registry", office, "a certificate"), "key")
      << "its own renewal goes on to the certificate itself";
  EXPECT_EQ(world.Put(world.registrar, kAuditDesk, Roles{Role::kOperator}), "ok") << "other roles are no second hand";
  ASSERT_EQ(world.End(world.registrar, "registry-two"), "ok") << "taking away needs one";
  EXPECT_EQ(world.Put(world.registrar, "registry-two", office), "second_person") << "nor is it given back";
}

TEST(RegistrarsOffice, TakesItsSignatureAlongWhenItEnds) {
  OfficeWorld world;
  const Caller third{world.registrar.organisation, "registry-three", Roles{Role::kRegistrar}};
  world.AddDesk(third);
  world.Need(2);
  ASSERT_EQ(world.ProposeRename(), "ok");
  ASSERT_EQ(world.Sign(world.registrar, world.newest()), "ok");
  EXPECT_EQ(world.Counted(), 1U);
  ASSERT_EQ(world.End(world.registrar_two, "registry"), "ok");
  EXPECT_EQ(world.Counted(), 0U);
  ASSERT_EQ(world.Sign(world.registrar_two, world.newest()), "ok");
  EXPECT_EQ(world.Counted(), 1U);
  EXPECT_EQ(world.Row(world.trust).legal_name, "Example Trust") << "of two signatures one counts";
  ASSERT_EQ(world.Sign(third, world.newest()), "ok");
  EXPECT_EQ(world.Row(world.trust).legal_name, "Renamed Trust");
}

TEST(RegistrarsOffice, TakesItsSignatureAlongWhenTheRoleGoes) {
  OfficeWorld world;
  world.Need(2);
  ASSERT_EQ(world.ProposeRename(), "ok");
  ASSERT_EQ(world.Sign(world.registrar, world.newest()), "ok");
  ASSERT_EQ(world.Put(world.registrar_two, "registry", Roles{Role::kAuditor}), "ok");
  EXPECT_EQ(world.Counted(), 0U);
  ASSERT_EQ(world.Sign(world.registrar_two, world.newest()), "ok");
  EXPECT_EQ(world.Row(world.trust).legal_name, "Example Trust");
}

}  // namespace
}  // namespace passport
