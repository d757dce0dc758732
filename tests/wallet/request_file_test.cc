#include "wallet-cli/request_file.h"

#include <gtest/gtest.h>

#include <string>

namespace passport {
namespace {

constexpr std::string_view kRequest =
    R"({"receiver":"ons:E06000032","receiver_name":"A council","audience":"ons:E06000032","nonce":"n1","purpose":"shift",)"
    R"("purpose_label":"Working a shift","records":[{"kind":"employment","facts":["position_title"],"needs":"a post"}],)"
    R"("day":"2026-11-22","engagement":"placement","keep_through":"2026-12-31","answer_enough":true,)"
    R"("expire_time":"2026-11-22T10:00:00Z"})";

TEST(RequestFile, IsReadWhole) {
  const Result<ShareRequestAnswer> request = ReadRequestFile(kRequest);
  ASSERT_TRUE(request.ok()) << request.fault().detail;
  EXPECT_EQ(request->receiver_name, "A council");
  EXPECT_EQ(request->nonce, "n1");
  ASSERT_EQ(request->records.size(), 1U);
  EXPECT_EQ(request->records.front().facts, std::vector<std::string>{"position_title"});
  EXPECT_TRUE(request->answer_enough);
  EXPECT_EQ(request->keep_through, "2026-12-31");
}

TEST(RequestFile, RefusesWhatItDoesNotUnderstand) {
  const auto with = [](std::string_view from, std::string_view to) {
    std::string text(kRequest);
    text.replace(text.find(from), from.size(), to);
    return text;
  };
  for (const std::string& text :
       {std::string(), std::string("[]"), with("\"nonce\":\"n1\",", ""), with("\"nonce\":\"n1\"", "\"nonce\":\"\""),
        with("\"purpose\":", "\"purposes\":"), with("\"placement\"", "\"visit\""), with("true", "\"yes\""),
        with("\"employment\"", "7"), with("[\"position_title\"]", "\"position_title\""),
        with("\"facts\"", "\"all_facts\""), with("2026-11-22T10:00:00Z", "soon"),
        with("{\"kind\":\"employment\",\"facts\":[\"position_title\"],\"needs\":\"a post\"}", "")}) {
    EXPECT_FALSE(ReadRequestFile(text).ok()) << text;
  }
}

}  // namespace
}  // namespace passport
