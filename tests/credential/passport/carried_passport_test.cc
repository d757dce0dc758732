#include "credential/passport/carried_passport.h"

#include <gtest/gtest.h>

#include <string>

namespace passport {
namespace {

CarriedCredential CarriedSample(std::string id) {
  return {.id = std::move(id),
          .issuer = "ods:RC9",
          .issuer_name = "Ashdown NHS Trust",
          .kind = "employment",
          .state = "current",
          .state_reason = "",
          .token = "a.b.c~",
          .accepted = false};
}

CarriedPassport WholePassport() {
  CarriedPassport carried;
  carried.held_as = HeldAs::kWallet;
  carried.person = "person-1";
  carried.service = CarriedService{.address = "127.0.0.1:8444", .authority_pem = "-----BEGIN CERTIFICATE-----\n"};
  carried.trust = CarriedTrust{.published = "published", .anchor = "{}", .registry_memory = ""};
  carried.since = "token";
  carried.received_at = Instant{1'795'300'000};
  carried.pending_request = "again";
  carried.roles = {{.profile = "nurse", .at = "ods:RC9", .receiver = {}, .receiver_name = {}},
                   {.profile = "nurse", .at = "ods:X0A", .receiver = "ods:X0A", .receiver_name = "A practice"}};
  carried.credentials = {CarriedSample("one"), CarriedSample("two")};
  return carried;
}

TEST(CarriedPassport, IsReadAsItWasWritten) {
  const CarriedPassport carried = WholePassport();
  const Result<CarriedPassport> again = CarriedPassport::Parse(carried.Text());
  ASSERT_TRUE(again.ok()) << again.fault().detail;
  EXPECT_TRUE(*again == carried);
  const Result<CarriedPassport> empty = CarriedPassport::Parse(CarriedPassport().Text());
  ASSERT_TRUE(empty.ok());
  EXPECT_TRUE(*empty == CarriedPassport());
}

TEST(CarriedPassport, TakesANewerWordOfACredentialInThePlaceOfTheOlder) {
  CarriedPassport carried = WholePassport();
  CarriedCredential revoked = CarriedSample("one");
  revoked.state = "revoked";
  revoked.token.clear();
  ASSERT_TRUE(carried.Take(revoked).ok());
  ASSERT_EQ(carried.credentials.size(), 2U);
  EXPECT_EQ(carried.Find("one")->state, "revoked");
  ASSERT_TRUE(carried.Take(CarriedSample("three")).ok());
  EXPECT_EQ(carried.credentials.back().id, "three");
  EXPECT_EQ(carried.Find("four"), nullptr);
}

TEST(CarriedPassport, TakesNoNewsOfWhatWasSignedAgainBeforeItCame) {
  const CarriedPassport carried = WholePassport();
  CarriedCredential over = CarriedSample("three");
  over.state = "revoked";
  over.token.clear();
  for (const std::string_view reason : {"superseded", "passport_replaced", "lost_passport"}) {
    over.state_reason = reason;
    EXPECT_FALSE(carried.IsNews(over)) << reason;
    over.id = "one";
    EXPECT_TRUE(carried.IsNews(over)) << "what is here has ended: " << reason;
    over.id = "three";
  }
  over.state_reason = "issued_in_error";
  EXPECT_TRUE(carried.IsNews(over)) << "nothing takes its place, so that it was there is told";
  EXPECT_TRUE(carried.IsNews(CarriedSample("three")));
}

TEST(CarriedPassport, CarriesAThousandAndNoMore) {
  CarriedPassport carried;
  for (std::size_t i = 0; i < kCarriedCredentialsMax; ++i) {
    ASSERT_TRUE(carried.Take(CarriedSample("c" + std::to_string(i))).ok());
  }
  EXPECT_EQ(carried.Take(CarriedSample("more")).fault().reason, Reason::kLimit);
  EXPECT_TRUE(carried.Take(CarriedSample("c7")).ok());
  EXPECT_TRUE(CarriedPassport::Parse(carried.Text()).ok());
}

TEST(CarriedPassport, LetsTheOldestThatIsRevokedGiveWay) {
  CarriedPassport carried;
  for (std::size_t i = 0; i < kCarriedCredentialsMax; ++i) {
    CarriedCredential credential = CarriedSample("c" + std::to_string(i));
    if (i == 3 || i == 8) credential.state = "revoked";
    ASSERT_TRUE(carried.Take(std::move(credential)).ok());
  }
  EXPECT_TRUE(carried.Take(CarriedSample("more")).ok());
  EXPECT_EQ(carried.Find("c3"), nullptr);
  EXPECT_NE(carried.Find("c8"), nullptr);
  EXPECT_NE(carried.Find("more"), nullptr);
}

TEST(CarriedPassport, RefusesWhatIsNotOne) {
  const std::string good = WholePassport().Text();
  const auto with = [&](std::string_view from, std::string_view to) {
    std::string text = good;
    text.replace(text.find(from), from.size(), to);
    return text;
  };
  const std::string texts[] = {"",
                               "[]",
                               "{}",
                               with("\"staff_passport_carried\":1", "\"staff_passport_carried\":0"),
                               with("\"held_as\":\"wallet\"", "\"held_as\":\"kept\""),
                               with("\"held_as\":\"wallet\"", "\"held_as\":\"pocket\""),
                               with("\"person\":\"person-1\"", "\"person\":\"a b\""),
                               with("\"roles\":[", "\"roles\":[{},"),
                               with("\"profile\":\"nurse\"", "\"profile\":\"\""),
                               with("\"at\":\"ods:RC9\"", "\"at\":\"nowhere\""),
                               with("\"receiver\":\"ods:X0A\"", "\"receiver\":\"ods:RC9\""),
                               with("\"at\":\"ods:RC9\",\"receiver\":\"\",\"receiver_name\":\"\"",
                                    "\"at\":\"ods:X0A\",\"receiver\":\"ods:X0A\",\"receiver_name\":\"A practice\""),
                               with("\"since\":", "\"until\":"),
                               with("\"received_at\":1795300000", "\"received_at\":\"now\""),
                               with("\"address\":", "\"addr\":"),
                               with("\"id\":\"two\"", "\"id\":\"one\""),
                               with("\"state\":\"current\"", "\"state\":\"fine\""),
                               with("\"accepted\":false", "\"accepted\":0"),
                               with("\"credentials\":[", "\"credentials\":[7,"),
                               good +
                                   " "
                                   "{}"};
  for (const std::string& text : texts) {
    const Result<CarriedPassport> read = CarriedPassport::Parse(text);
    ASSERT_FALSE(read.ok()) << text;
    EXPECT_EQ(read.fault().reason, Reason::kMalformed) << text;
  }
  const Result<CarriedPassport> newer =
      CarriedPassport::Parse(with("\"staff_passport_carried\":1", "\"staff_passport_carried\":2"));
  EXPECT_EQ(newer.fault().reason, Reason::kSchemaNewer);
}

}  // namespace
}  // namespace passport
