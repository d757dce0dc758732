#include "credential/vocabulary/caller_identity.h"

#include <gtest/gtest.h>

#include <array>
#include <initializer_list>
#include <string>
#include <string_view>

namespace passport {
namespace {

TEST(CallerIdentity, IsReadFromItsUriAndWrittenBack) {
  for (const std::string uri : {
           "spiffe://staff-passport/org/ods:RC9/sys/hr",
           "spiffe://staff-passport/org/ons:E06000032/sys/rota-2",
           "spiffe://staff-passport/org/cqc:1-101234567/sys/0",
           "spiffe://staff-passport/org/charity:1091156/sys/a234567890123456789012345678901234567890",
       }) {
    const Result<CallerIdentity> caller = CallerFromSpiffe(uri);
    ASSERT_TRUE(caller.ok()) << uri;
    EXPECT_EQ(SpiffeUri(*caller), uri);
  }
  const CallerIdentity hr = CallerFromSpiffe("spiffe://staff-passport/org/ods:RC9/sys/hr").value();
  EXPECT_EQ(hr.organisation.text(), "ods:RC9");
  EXPECT_EQ(hr.system.text(), "hr");
}

TEST(CallerIdentity, RefusesNearMisses) {
  for (const std::string_view uri : std::initializer_list<std::string_view>{
           "",
           "spiffe://staff-passport",
           "spiffe://staff-passport/org/ods:RC9",
           "spiffe://staff-passport/org/ods:RC9/",
           "spiffe://staff-passport/org/ods:RC9/sys/",
           "spiffe://staff-passport/org/ods:RC9/sys/hr/",
           "spiffe://staff-passport/org/ods:RC9/sys/hr/sys/hr",
           "spiffe://staff-passport/org/ods:RC9/sys/hr?x=1",
           "spiffe://staff-passport/org/ods:RC9/sys/hr#x",
           "spiffe://staff-passport/org/ods:RC9/sys/HR",
           "spiffe://staff-passport/org/ods:RC9/sys/-hr",
           "spiffe://staff-passport/org/ods:RC9/sys/a2345678901234567890123456789012345678901",
           "spiffe://staff-passport/org/ods%3ARC9/sys/hr",
           "spiffe://staff-passport/org//sys/hr",
           "spiffe://staff-passport/org/RC9/sys/hr",
           "spiffe://staff-passport/org/nhs:RC9/sys/hr",
           "spiffe://staff-passport//org/ods:RC9/sys/hr",
           "spiffe://staff-passport:443/org/ods:RC9/sys/hr",
           "spiffe://staff-passport.example/org/ods:RC9/sys/hr",
           "spiffe://other/org/ods:RC9/sys/hr",
           "SPIFFE://staff-passport/org/ods:RC9/sys/hr",
           "https://staff-passport/org/ods:RC9/sys/hr",
           " spiffe://staff-passport/org/ods:RC9/sys/hr",
           std::string_view("spiffe://staff-passport/org/ods:RC9/sys/hr\0", 43),
       }) {
    const Result<CallerIdentity> caller = CallerFromSpiffe(uri);
    ASSERT_FALSE(caller.ok()) << uri;
    EXPECT_EQ(caller.fault().reason, Reason::kCallerUnknown) << uri;
  }
}

TEST(CallerIdentity, RefusesNoneAndSeveral) {
  constexpr std::array<std::string_view, 2> kUris = {"spiffe://staff-passport/org/ods:RC9/sys/hr",
                                                     "spiffe://staff-passport/org/ods:RC9/sys/hr"};
  EXPECT_TRUE(CallerFromUris(std::span(kUris).first(1)).ok());
  EXPECT_EQ(CallerFromUris({}).fault().reason, Reason::kCallerUnknown);
  EXPECT_EQ(CallerFromUris(kUris).fault().reason, Reason::kCallerUnknown);
}

}  // namespace
}  // namespace passport
