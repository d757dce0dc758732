#include "credential/crypto/sha256.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace passport {
namespace {

// FIPS 180-2, appendix B, and the empty message.
TEST(Sha256, KnowsThePublishedDigests) {
  EXPECT_EQ(Sha256Text(""), "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU");
  EXPECT_EQ(Sha256Text("abc"), "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
  EXPECT_EQ(Sha256Text("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "JI1qYdIGOLjlwCaTDD5gOaM85Flk_yFn9uzt1BnbBsE");
}

TEST(Sha256, AnswersTheSameOnEveryThread) {
  const Digest expected = Sha256("the same");
  std::vector<Digest> digests(4);
  std::vector<std::thread> threads;
  threads.reserve(digests.size());
  for (Digest& digest : digests) {
    threads.emplace_back([&digest] {
      for (int i = 0; i < 1000; ++i) digest = Sha256("the same");
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const Digest& digest : digests) EXPECT_EQ(digest, expected);
}

}  // namespace
}  // namespace passport
