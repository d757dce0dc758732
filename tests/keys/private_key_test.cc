#include "keys/private_key.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <ostream>
#include <span>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>

#include "credential/crypto/sha256.h"
#include "tests/keys/key_store_fixture.h"

namespace passport {
namespace {

template <class T>
concept Printable = requires(std::ostream& out, const T& value) {
  out << value;
};
static_assert(!Printable<Secret> && !Printable<PrivateKey>, "secrets are never printed");
static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_constructible_v<PrivateKey>);

std::string TextOfSecret(const Secret& secret) { return {secret.bytes().begin(), secret.bytes().end()}; }

// PKCS#8 PEM of a fresh key of another kind.
Secret ForeignPem(EVP_PKEY* key) {
  BIO* const bio = BIO_new(BIO_s_mem());
  EXPECT_EQ(PEM_write_bio_PKCS8PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr), 1);
  char* text = nullptr;
  const long length = BIO_get_mem_data(bio, &text);
  Secret pem = SecretOf(std::string_view(text, static_cast<std::size_t>(length)));
  BIO_free(bio);
  EVP_PKEY_free(key);
  return pem;
}

TEST(PrivateKey, SignsWhatItsPublicKeyVerifies) {
  PrivateKey key = PrivateKey::Generate().value();
  for (int i = 0; i < 200; ++i) {  // r and s of fewer than 32 bytes come up too
    const Digest digest = Sha256(std::to_string(i));
    const Signature signature = key.Sign(digest).value();
    ASSERT_TRUE(key.public_key().Verify(digest, signature));
    EXPECT_FALSE(key.public_key().Verify(Sha256("another"), signature));
  }
}

TEST(PrivateKey, SurvivesPkcs8AndPem) {
  PrivateKey key = PrivateKey::Generate().value();
  PrivateKey from_der = PrivateKey::FromPkcs8(key.ToPkcs8().value()).value();
  PrivateKey from_pem = PrivateKey::FromPem(key.ToPem().value()).value();
  EXPECT_EQ(from_der.public_key(), key.public_key());
  EXPECT_EQ(from_pem.public_key(), key.public_key());
  const Digest digest = Sha256("x");
  EXPECT_TRUE(key.public_key().Verify(digest, from_pem.Sign(digest).value()));
}

TEST(PrivateKey, RefusesNearMisses) {
  const std::string pem = TextOfSecret(PrivateKey::Generate().value().ToPem().value());
  const auto refused = [](const Secret& given) {
    const Fault fault = FaultOf(PrivateKey::FromPem(given));
    EXPECT_EQ(fault.reason, Reason::kKeyStore);
    EXPECT_EQ(fault.detail.find("BEGIN"), std::string::npos);
  };
  refused(SecretOf(""));
  refused(SecretOf(pem + pem));
  refused(SecretOf("x" + pem));
  refused(SecretOf(pem + "x"));
  refused(SecretOf(pem.substr(0, pem.size() / 2)));
  refused(SecretOf(std::string(10'000, 'A')));
  refused(ForeignPem(EVP_EC_gen("secp256k1")));
  refused(ForeignPem(EVP_EC_gen("P-384")));
  refused(ForeignPem(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")));
  const Secret der = PrivateKey::Generate().value().ToPkcs8().value();
  std::string longer(der.bytes().begin(), der.bytes().end());
  longer += '\0';
  EXPECT_EQ(FaultOf(PrivateKey::FromPkcs8(SecretOf(longer))).reason, Reason::kKeyStore);
  EXPECT_EQ(FaultOf(PrivateKey::FromPkcs8(SecretOf(""))).reason, Reason::kKeyStore);
}

TEST(PrivateKey, RefusesAPublicKeyThatIsNotItsOwn) {
  const Secret mine = PrivateKey::Generate().value().ToPkcs8().value();
  const Secret other = PrivateKey::Generate().value().ToPkcs8().value();
  ASSERT_EQ(mine.size(), other.size());
  std::string mixed(mine.bytes().begin(), mine.bytes().end());
  std::copy(other.bytes().end() - 64, other.bytes().end(), mixed.end() - 64);  // the point is at the end
  EXPECT_EQ(FaultOf(PrivateKey::FromPkcs8(SecretOf(mixed))).reason, Reason::kKeyStore);
}

TEST(PrivateKey, SignsFromManyThreads) {
  PrivateKey key = PrivateKey::Generate().value();
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&key, t] {
      for (int i = 0; i < 100; ++i) {
        const Digest digest = Sha256(std::to_string(t) + "/" + std::to_string(i));
        ASSERT_TRUE(key.public_key().Verify(digest, key.Sign(digest).value()));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace passport
