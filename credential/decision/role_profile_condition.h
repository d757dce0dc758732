// The conditions of a role profile: their tests, the words of those tests, and how one is read.
#pragma once

#include <span>
#include <string_view>

#include "credential/decision/profile_part.h"
#include "credential/decision/role_profile.h"

namespace passport {

// One kind of test as the JSON of a profile writes it.
struct TestName {
  std::string_view name;  // "within_months"
  Condition::Test test;
  Reason otherwise;  // the reason given when the profile gives none
};
// Every test once, in the order of the enum.
std::span<const TestName> AllTests();

// Whether the test ends on a day, and so can be asked to hold through a shift.
bool HasEnd(Condition::Test test);
// Whether the test is about who signed and not about a fact.
bool IsAboutIssuer(Condition::Test test);

// Reads one entry of "conditions" or "pick" on records of `kind`. Fails with kFieldInvalid as RoleProfile::Parse does;
// whether a requirement it refers to stands before it is its caller's to see.
Result<Condition> ReadCondition(const ProfilePart& part, const RecordKind& kind);

}  // namespace passport
