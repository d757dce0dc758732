#include "operator-cli/import/match_key.h"

#include <string>
#include <vector>

#include "tests/operator/import/import_cases.h"

namespace passport {
namespace {

TEST_F(Import, TakesANationalInsuranceNumberWithoutSpacesAndInCapitals) {
  const std::vector<std::pair<std::string, std::string>> good = {{"AA123456A", "AA123456A"},
                                                                 {"aa 12 34 56 c", "AA123456C"},
                                                                 {"JY 000000 D", "JY000000D"},
                                                                 {"ab123456b", "AB123456B"}};
  for (const auto& [text, normal] : good) {
    const auto number = ParseNationalInsuranceNumber(text);
    ASSERT_TRUE(number.ok()) << text;
    EXPECT_EQ(number.value(), normal);
    Case();
  }
}

TEST_F(Import, NeverCorrectsANationalInsuranceNumber) {
  for (const std::string_view bad :
       {"",          "AA123456",  "AA123456E",     "AA12345A",  "AA1234567A",      "A123456AA", "DA123456A",
        "FA123456A", "IA123456A", "QA123456A",     "UA123456A", "VA123456A",       "AD123456A", "AO123456A",
        "BG123456A", "GB123456A", "KN123456A",     "NK123456A", "NT123456A",       "TN123456A", "ZZ123456A",
        "AAl23456A", "AAO23456A", "AA-12-34-56-A", "AA123456 ", "\303\200A123456A"}) {
    const auto number = ParseNationalInsuranceNumber(bad);
    EXPECT_FALSE(number.ok()) << bad;
    Case();
  }
}

TEST_F(Import, GivesTwoWritingsOfOnePersonTheSameKey) {
  const CivilDay born_on = CivilDay::Of(1975, 7, 13).value();
  const std::vector<std::pair<MatchKey, MatchKey>> same = {
      {NumberKey(MatchKeyKind::kEmployeeNumber, "e-17a"), NumberKey(MatchKeyKind::kEmployeeNumber, "E-17A")},
      {NameAndBirthDateKey("Florrie", "Example-Avocet", born_on),
       NameAndBirthDateKey(" FLORRIE ", "EXAMPLE-AVOCET", born_on)},
      {NameAndBirthDateKey("Zo\xC3\x8B  \xC5\x81ucja", "\xC5\xBBuraw", born_on),
       NameAndBirthDateKey("Zo\xC3\xAB \xC5\x82ucja", "\xC5\xBCuraw", born_on)}};
  for (const auto& [a, b] : same) {
    EXPECT_EQ(a, b) << a.value << " and " << b.value;
    Case();
  }
  EXPECT_EQ(NameAndBirthDateKey("Florrie", "Example-Avocet", born_on).value, "1975-07-13 example-avocet, florrie");
  EXPECT_EQ(RegistrationKey("NMC", "01A2345N").value, "NMC 01A2345N");
}

TEST_F(Import, KeepsApartWhatIsNotTheSame) {
  const CivilDay born_on = CivilDay::Of(1975, 7, 13).value();
  const MatchKey key = NameAndBirthDateKey("Zoe", "Example", born_on);
  for (const MatchKey& other :
       {NameAndBirthDateKey("Zo\xC3\xAB", "Example", born_on), NameAndBirthDateKey("Example", "Zoe", born_on),
        NameAndBirthDateKey("Zoe", "Example", born_on.PlusDays(1)), NameAndBirthDateKey("Zoe", "Exa mple", born_on)}) {
    EXPECT_FALSE(key == other) << other.value;
    Case();
  }
  EXPECT_FALSE(NumberKey(MatchKeyKind::kEmployeeNumber, "1") == NumberKey(MatchKeyKind::kAssignmentNumber, "1"));
}

TEST_F(Import, MakesSmallLettersOfLatinOnly) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"ABC xyz", "abc xyz"},
      {"\xC3\x80\xC3\x9E", "\xC3\xA0\xC3\xBE"},                  // À Þ
      {"\xC3\x97\xC3\xB7", "\xC3\x97\xC3\xB7"},                  // × ÷ are no letters
      {"\xC5\xB8", "\xC3\xBF"},                                  // Ÿ
      {"\xC4\xB0\xC4\xB1", "\xC4\xB0\xC4\xB1"},                  // Turkish i: not folded
      {"\xC5\x81\xC5\xB9\xC5\xBD", "\xC5\x82\xC5\xBA\xC5\xBE"},  // Ł Ź Ž
      {"\xC4\x8C\xC5\xA0", "\xC4\x8D\xC5\xA1"},                  // Č Š
      {"\xC5\x82\xC5\xBA\xC4\x8D", "\xC5\x82\xC5\xBA\xC4\x8D"},  // small ones stay
      {"\xCE\x91\xE2\x82\xAC", "\xCE\x91\xE2\x82\xAC"},          // Greek and signs stay
  };
  for (const auto& [text, small] : cases) {
    EXPECT_EQ(SmallLetters(text), small) << text;
    EXPECT_EQ(SmallLetters(small), small) << text;
    Case();
  }
}

}  // namespace
}  // namespace passport
