#include "credential/presentation/presentation.h"

#include <gtest/gtest.h>

#include "tests/credential/trust/trust_world.h"

namespace passport {
namespace {

std::string Parse(std::string_view text) { return Verdict(Presentation::Parse(text)); }

TEST(Presentation, ReadsBackWhatItWrites) {
  const Presentation presentation{.credentials = {"a~b~c", "d~", "with \"quotes\" and \\"}};
  const Result<Presentation> read = Presentation::Parse(presentation.Text());
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->credentials, presentation.credentials);
  EXPECT_EQ(Presentation{.credentials = {"x"}}.Text(), R"({"staff_passport_presentation":1,"credentials":["x"]})");
}

TEST(Presentation, TakesMembersInAnyOrderAndWhiteSpace) {
  EXPECT_EQ(Parse(R"( {"credentials" : ["x"],
                       "staff_passport_presentation" : 1} )"),
            "ok");
}

TEST(Presentation, RefusesNearMisses) {
  for (const std::string_view text :
       {"", "{}", "[]", "x~y~", R"({"credentials":["x"]})", R"({"staff_passport_presentation":1})",
        R"({"staff_passport_presentation":2,"credentials":["x"]})",
        R"({"staff_passport_presentation":"1","credentials":["x"]})",
        R"({"staff_passport_presentation":1.0,"credentials":["x"]})",
        R"({"staff_passport_presentation":1,"credentials":[]})",
        R"({"staff_passport_presentation":1,"credentials":"x"})",
        R"({"staff_passport_presentation":1,"credentials":[5]})",
        R"({"staff_passport_presentation":1,"credentials":[null]})",
        R"({"staff_passport_presentation":1,"credentials":{"a":"x"}})", R"({"credentials":["x"],"credentials":["y"]})",
        R"({"staff_passport_presentation":1,"credentials":["x"]}])",
        R"({"staff_passport_presentation":1,"credentials":["x"]} {})", R"({"staff_passport_presentation":1,"cred)"}) {
    EXPECT_EQ(Parse(text).substr(0, 9), "malformed") << text;
  }
  EXPECT_NE(Parse(R"({"staff_passport_presentation":1,"credentials":["x"],"more":1})"), "ok");
  EXPECT_NE(Parse(R"({"staff_passport_presentation":1,"credentials":[["x"]]})"), "ok");
}

TEST(Presentation, KeepsItsLimits) {
  Presentation presentation;
  presentation.credentials.assign(kPresentationCredentialsMax, "x");
  EXPECT_EQ(Parse(presentation.Text()), "ok");
  presentation.credentials.emplace_back("x");
  EXPECT_EQ(Parse(presentation.Text()).substr(0, 5), "limit");
  presentation.credentials.assign(200, "x");
  EXPECT_EQ(Parse(presentation.Text()).substr(0, 5), "limit");
  presentation.credentials = {std::string(kPresentationBytesMax, 'x')};
  EXPECT_EQ(Parse(presentation.Text()).substr(0, 5), "limit");
  EXPECT_NE(Parse(std::string(100'000, '[')), "ok");
}

}  // namespace
}  // namespace passport
