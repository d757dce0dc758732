#include "credential/vocabulary/reason.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <string>

#include "credential/vocabulary/result.h"

namespace passport {
namespace {

TEST(Reason, EachHasItsOwnWordAndSaysWhatToDo) {
  std::set<std::string_view> words;
  std::size_t at = 0;
  for (const ReasonText& text : AllReasons()) {
    EXPECT_EQ(static_cast<std::size_t>(text.reason), at++) << text.word;
    EXPECT_EQ(&TextOf(text.reason), &text);
    EXPECT_EQ(WordOf(text.reason), text.word);
    EXPECT_TRUE(words.insert(text.word).second) << text.word;
    EXPECT_FALSE(text.word.empty());
    EXPECT_TRUE(std::all_of(text.word.begin(), text.word.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    })) << text.word;
    EXPECT_FALSE(text.happened.empty()) << text.word;
    EXPECT_FALSE(text.who.empty()) << text.word;
    EXPECT_FALSE(text.remedy.empty()) << text.word;
  }
  EXPECT_EQ(at, static_cast<std::size_t>(Reason::kHolderUnknown) + 1);
}

// The words of the verifier's answers are an interface for other people's programs.
TEST(Reason, KeepsTheWordsOfTheVerifier) {
  constexpr std::string_view kWords[] = {"malformed",  "limit",   "alg",    "typ",        "key",        "sig",
                                         "crit",       "header",  "sd_alg", "disclosure", "digest_dup", "unused",
                                         "missing",    "time",    "vct",    "issuer",     "aud",        "claims",
                                         "kb_missing", "kb_key",  "kb_sig", "kb_typ",     "kb_time",    "kb_nonce",
                                         "kb_aud",     "kb_hash", "status", "revoked",    "suspended",  "config"};
  std::size_t at = 0;
  for (const std::string_view word : kWords) EXPECT_EQ(AllReasons()[at++].word, word);
}

Result<int> Half(int number) {
  if (number % 2 != 0) return Fault{Reason::kFieldInvalid, "", "odd"};
  return number / 2;
}
Result<int> Quarter(int number) {
  TRY_ASSIGN(const int half, Half(number));
  TRY(Half(half));
  return half / 2;
}

TEST(Result, CarriesAValueOrAFault) {
  EXPECT_EQ(*Half(4), 2);
  EXPECT_EQ(*Quarter(8), 2);
  EXPECT_EQ(Half(3).fault().reason, Reason::kFieldInvalid);
  EXPECT_EQ(Quarter(6).fault().detail, "odd");
  EXPECT_TRUE(Result<void>().ok());
  EXPECT_FALSE(Result<void>(Fault{Reason::kLimit, "", ""}).ok());
}

}  // namespace
}  // namespace passport
