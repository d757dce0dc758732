#include "operator-cli/import/registration_number.h"

#include <gtest/gtest.h>

#include <string_view>

namespace passport {
namespace {

struct Good {
  std::string_view regulator, number, normal;
};
struct Bad {
  std::string_view regulator, number;
};

TEST(RegistrationNumber, TakesTheFormsOfEachRegulator) {
  for (const Good& one :
       {Good{"NMC", "01A2345N", "01A2345N"}, Good{"NMC", "01a2345n", "01A2345N"}, Good{"GMC", "1234567", "1234567"},
        Good{"GMC", "C1234567", "1234567"}, Good{"HCPC", "PH123456", "PH123456"},
        Good{"HCPC", "PYL123456", "PYL123456"}, Good{"HCPC", "OT1", "OT1"}, Good{"SWE", "SW1", "SW1"},
        Good{"SWE", "SW123456", "SW123456"}, Good{"GPhC", "2012345", "2012345"}, Good{"GDC", "1234", "1234"},
        Good{"GDC", "CD123456", "CD123456"}, Good{"GOC", "01-1234", "01-1234"},
        Good{"GOC", "01-123456", "01-123456"}}) {
    const auto number = ParseRegistrationNumber(one.regulator, one.number);
    ASSERT_TRUE(number.ok()) << one.regulator << " " << one.number;
    EXPECT_EQ(*number, one.normal);
  }
}

TEST(RegistrationNumber, RefusesNearMissesAndNeverSwapsLettersForDigits) {
  for (const Bad& one :
       {Bad{"NMC", "01A2345"}, Bad{"NMC", "O1A2345N"},  Bad{"NMC", "01A234SN"},   Bad{"NMC", "01A2345N1"},
        Bad{"NMC", ""},        Bad{"GMC", "123456"},    Bad{"GMC", "12345678"},   Bad{"GMC", "CC123456"},
        Bad{"GMC", "l234567"}, Bad{"HCPC", "P123456"},  Bad{"HCPC", "PHYL12345"}, Bad{"HCPC", "PH1234567"},
        Bad{"HCPC", "PH"},     Bad{"SWE", "SW"},        Bad{"SWE", "SW1234567"},  Bad{"SWE", "123456"},
        Bad{"GPhC", "201234"}, Bad{"GDC", "123"},       Bad{"GDC", "1234567"},    Bad{"GOC", "011234"},
        Bad{"GOC", "01-123"},  Bad{"NMC", "01A2345N "}, Bad{"XYZ", "1234567"},    Bad{"", "1"}}) {
    EXPECT_FALSE(ParseRegistrationNumber(one.regulator, one.number).ok()) << one.regulator << " " << one.number;
  }
}

}  // namespace
}  // namespace passport
