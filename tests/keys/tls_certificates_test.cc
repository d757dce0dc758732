#include "keys/tls_certificates.h"

#include <arpa/inet.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "keys/private_key.h"
#include "keys/tls_files.h"
#include "tests/keys/key_store_fixture.h"

namespace passport {
namespace {

constexpr Instant kNow{1'795'000'000};
constexpr std::int64_t kDaySeconds = 86400;

struct FreeX509 {
  void operator()(X509* it) const { X509_free(it); }
};
using Certificate = std::unique_ptr<X509, FreeX509>;

Certificate Read(std::string_view pem) {
  BIO* const bio = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
  Certificate it(PEM_read_bio_X509(bio, nullptr, nullptr, nullptr));
  BIO_free(bio);
  EXPECT_NE(it, nullptr);
  return it;
}

// The verdict of OpenSSL's own chain check, strictly by RFC 5280.
int Verify(std::string_view leaf_pem, std::string_view root_pem, int purpose, Instant at) {
  const Certificate leaf = Read(leaf_pem);
  const Certificate root = Read(root_pem);
  X509_STORE* const store = X509_STORE_new();
  X509_STORE_add_cert(store, root.get());
  X509_STORE_CTX* const context = X509_STORE_CTX_new();
  X509_STORE_CTX_init(context, store, leaf.get(), nullptr);
  X509_STORE_CTX_set_purpose(context, purpose);
  X509_STORE_CTX_set_flags(context, X509_V_FLAG_X509_STRICT | X509_V_FLAG_CHECK_SS_SIGNATURE);
  X509_STORE_CTX_set_time(context, 0, at.seconds);
  const int verdict = X509_verify_cert(context) == 1 ? X509_V_OK : X509_STORE_CTX_get_error(context);
  X509_STORE_CTX_free(context);
  X509_STORE_free(store);
  return verdict;
}

std::vector<std::string> NamesOf(std::string_view pem) {
  const Certificate it = Read(pem);
  auto* const names = static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(it.get(), NID_subject_alt_name, nullptr, nullptr));
  std::vector<std::string> texts;
  for (int i = 0; i < sk_GENERAL_NAME_num(names); ++i) {
    int type = 0;
    const auto* const value =
        static_cast<const ASN1_STRING*>(GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names, i), &type));
    const std::string octets(reinterpret_cast<const char*>(ASN1_STRING_get0_data(value)),
                             static_cast<std::size_t>(ASN1_STRING_length(value)));
    if (type == GEN_IPADD) {
      std::array<char, 64> text{};
      ::inet_ntop(octets.size() == 4 ? AF_INET : AF_INET6, octets.data(), text.data(), text.size());
      texts.push_back(std::string("ip ") + text.data());
    } else {
      texts.push_back((type == GEN_DNS ? "dns " : type == GEN_URI ? "uri " : "other ") + octets);
    }
  }
  GENERAL_NAMES_free(names);
  return texts;
}

std::string SubjectOf(std::string_view pem) {
  const Certificate it = Read(pem);
  BIO* const bio = BIO_new(BIO_s_mem());
  X509_NAME_print_ex(bio, X509_get_subject_name(it.get()), 0, XN_FLAG_RFC2253);
  char* text = nullptr;
  const long length = BIO_get_mem_data(bio, &text);
  std::string subject(text, static_cast<std::size_t>(length));
  BIO_free(bio);
  return subject;
}

class TlsCertificates : public ::testing::Test {
 protected:
  static std::shared_ptr<Signer> NewSigner() { return std::make_shared<PrivateKey>(PrivateKey::Generate().value()); }
  Result<CertificateAuthority> Make(int days = 3650) {
    return CertificateAuthority::Create("Region passport authority", kNow, days, signer_, random_);
  }
  static CallerIdentity Hr() { return CallerFromSpiffe("spiffe://staff-passport/org/ods:RC9/sys/hr").value(); }
  static ServerNames Names() {
    return {
        .common_name = "passport service", .dns = {"localhost", "passport.example.nhs.uk"}, .ip = {"127.0.0.1", "::1"}};
  }

  SystemRandom random_;
  std::shared_ptr<Signer> signer_ = NewSigner();
};

TEST_F(TlsCertificates, ChainsVerifyForTheirPurposeOnly) {
  const CertificateAuthority authority = Make().value();
  const IssuedCertificate server = authority.IssueServer(Names(), kNow, 398, random_).value();
  const IssuedCertificate client = authority.IssueClient(Hr(), kNow, 398, random_).value();
  const std::string& root = authority.certificate_pem();
  EXPECT_EQ(Verify(server.certificate_pem, root, X509_PURPOSE_SSL_SERVER, kNow), X509_V_OK);
  EXPECT_EQ(Verify(client.certificate_pem, root, X509_PURPOSE_SSL_CLIENT, kNow), X509_V_OK);
  EXPECT_EQ(Verify(server.certificate_pem, root, X509_PURPOSE_SSL_CLIENT, kNow), X509_V_ERR_INVALID_PURPOSE);
  EXPECT_EQ(Verify(client.certificate_pem, root, X509_PURPOSE_SSL_SERVER, kNow), X509_V_ERR_INVALID_PURPOSE);
  const CertificateAuthority other =
      CertificateAuthority::Create("Region passport authority", kNow, 3650, NewSigner(), random_).value();
  EXPECT_NE(Verify(client.certificate_pem, other.certificate_pem(), X509_PURPOSE_SSL_CLIENT, kNow), X509_V_OK);
}

TEST_F(TlsCertificates, BeginFiveMinutesEarlierAndEndOnTime) {
  const CertificateAuthority authority = Make().value();
  const std::string pem = authority.IssueClient(Hr(), kNow, 2, random_).value().certificate_pem;
  const auto at = [&](std::int64_t seconds) {
    return Verify(pem, authority.certificate_pem(), X509_PURPOSE_SSL_CLIENT, kNow + Seconds{seconds});
  };
  EXPECT_EQ(at(-301), X509_V_ERR_CERT_NOT_YET_VALID);
  EXPECT_EQ(at(-299), X509_V_OK);
  EXPECT_EQ(at(2 * kDaySeconds - 1), X509_V_OK);
  EXPECT_EQ(at(2 * kDaySeconds + 1), X509_V_ERR_CERT_HAS_EXPIRED);
}

TEST_F(TlsCertificates, NamesReadBack) {
  const CertificateAuthority authority = Make().value();
  const std::string server = authority.IssueServer(Names(), kNow, 90, random_).value().certificate_pem;
  const std::string client = authority.IssueClient(Hr(), kNow, 90, random_).value().certificate_pem;
  EXPECT_EQ(NamesOf(server),
            (std::vector<std::string>{"dns localhost", "dns passport.example.nhs.uk", "ip 127.0.0.1", "ip ::1"}));
  EXPECT_EQ(NamesOf(client), (std::vector<std::string>{"uri spiffe://staff-passport/org/ods:RC9/sys/hr"}));
  EXPECT_EQ(SubjectOf(server), "CN=passport service");
  EXPECT_EQ(SubjectOf(client), "CN=hr,O=ods:RC9");
  EXPECT_EQ(SubjectOf(authority.certificate_pem()), "CN=Region passport authority");
  EXPECT_TRUE(NamesOf(authority.certificate_pem()).empty());
}

TEST_F(TlsCertificates, HostsOfAServerAreReadAsPeopleDialThem) {
  const CertificateAuthority authority = Make().value();
  ServerNames names = Names();
  names.dns.emplace_back("People.Example");
  const std::string server = authority.IssueServer(names, kNow, 90, random_).value().certificate_pem;
  EXPECT_EQ(HostsOf(server + authority.certificate_pem()).value(),
            (std::vector<std::string>{"localhost", "passport.example.nhs.uk", "people.example", "127.0.0.1", "[::1]"}));
  EXPECT_TRUE(HostsOf(authority.certificate_pem())->empty());
  EXPECT_TRUE(HostsOf(authority.IssueClient(Hr(), kNow, 90, random_)->certificate_pem)->empty());
  EXPECT_FALSE(HostsOf("no certificate").ok());
}

TEST_F(TlsCertificates, TheRootMaySignCertificatesOneLevelDeepAndNothingElse) {
  const Certificate root = Read(Make().value().certificate_pem());
  EXPECT_EQ(X509_check_ca(root.get()), 1);
  EXPECT_EQ(X509_get_pathlen(root.get()), 0);
  EXPECT_EQ(X509_get_key_usage(root.get()), static_cast<std::uint32_t>(KU_KEY_CERT_SIGN));
  const Certificate leaf = Read(Make().value().IssueClient(Hr(), kNow, 1, random_).value().certificate_pem);
  EXPECT_EQ(X509_check_ca(leaf.get()), 0);
  EXPECT_EQ(X509_get_key_usage(leaf.get()), static_cast<std::uint32_t>(KU_DIGITAL_SIGNATURE));
  EXPECT_EQ(X509_get_extended_key_usage(leaf.get()), static_cast<std::uint32_t>(XKU_SSL_CLIENT));
}

TEST_F(TlsCertificates, SerialsAre128RandomBits) {
  const CertificateAuthority authority = Make().value();
  std::set<std::string> serials;
  int longest = 0;
  for (int i = 0; i < 32; ++i) {
    const Certificate it = Read(authority.IssueClient(Hr(), kNow, 1, random_).value().certificate_pem);
    BIGNUM* const number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(it.get()), nullptr);
    EXPECT_EQ(BN_is_negative(number), 0);
    longest = std::max(longest, BN_num_bits(number));
    char* const hex = BN_bn2hex(number);
    serials.insert(hex);
    OPENSSL_free(hex);
    BN_free(number);
  }
  EXPECT_EQ(serials.size(), 32U);
  EXPECT_LE(longest, 128);
  EXPECT_GT(longest, 120);
}

TEST_F(TlsCertificates, TheKeyIsTheCertificatesOwn) {
  const IssuedCertificate made = Make().value().IssueServer(Names(), kNow, 1, random_).value();
  const PrivateKey key = PrivateKey::FromPem(made.private_key_pem).value();
  const Certificate it = Read(made.certificate_pem);
  const ASN1_BIT_STRING* const bits = X509_get0_pubkey_bitstr(it.get());
  ASSERT_EQ(ASN1_STRING_length(bits), 65);
  EXPECT_TRUE(
      std::equal(key.public_key().point().begin(), key.public_key().point().end(), ASN1_STRING_get0_data(bits) + 1));
}

TEST_F(TlsCertificates, TheAuthorityIsOpenedAgainWithItsOwnKeyOnly) {
  const std::string pem = Make().value().certificate_pem();
  const CertificateAuthority again = CertificateAuthority::FromPem(pem, signer_).value();
  const std::string client = again.IssueClient(Hr(), kNow, 1, random_).value().certificate_pem;
  EXPECT_EQ(Verify(client, pem, X509_PURPOSE_SSL_CLIENT, kNow), X509_V_OK);
  EXPECT_EQ(FaultOf(CertificateAuthority::FromPem(pem, NewSigner())).reason, Reason::kKey);
  EXPECT_EQ(FaultOf(CertificateAuthority::FromPem("", signer_)).reason, Reason::kFieldInvalid);
  EXPECT_EQ(FaultOf(CertificateAuthority::FromPem(pem + pem, signer_)).reason, Reason::kFieldInvalid);
  EXPECT_EQ(FaultOf(CertificateAuthority::FromPem("x" + pem, signer_)).reason, Reason::kFieldInvalid);
  std::string encrypted = pem;  // would be asked a passphrase for
  encrypted.insert(encrypted.find('\n') + 1,
                   "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00112233445566778899AABBCCDDEEFF\n\n");
  EXPECT_EQ(FaultOf(CertificateAuthority::FromPem(encrypted, signer_)).reason, Reason::kFieldInvalid);
  const IssuedCertificate leaf = again.IssueClient(Hr(), kNow, 1, random_).value();
  const auto leaf_signer = std::make_shared<PrivateKey>(PrivateKey::FromPem(leaf.private_key_pem).value());
  EXPECT_EQ(FaultOf(CertificateAuthority::FromPem(leaf.certificate_pem, leaf_signer)).reason, Reason::kFieldInvalid);
}

TEST_F(TlsCertificates, LivesHaveLimits) {
  const CertificateAuthority authority = Make().value();
  for (const int days : {-1, 0, kLeafDaysMax + 1}) {
    EXPECT_EQ(FaultOf(authority.IssueClient(Hr(), kNow, days, random_)).reason, Reason::kFieldInvalid) << days;
    EXPECT_EQ(FaultOf(authority.IssueServer(Names(), kNow, days, random_)).reason, Reason::kFieldInvalid) << days;
  }
  EXPECT_EQ(FaultOf(Make(0)).reason, Reason::kFieldInvalid);
  EXPECT_EQ(FaultOf(Make(kRootDaysMax + 1)).reason, Reason::kFieldInvalid);
  const CertificateAuthority brief = Make(30).value();
  EXPECT_TRUE(brief.IssueClient(Hr(), kNow, 30, random_).ok());
  EXPECT_EQ(FaultOf(brief.IssueClient(Hr(), kNow, 31, random_)).reason, Reason::kFieldInvalid);
  EXPECT_EQ(FaultOf(brief.IssueClient(Hr(), kNow + Seconds{1}, 30, random_)).reason, Reason::kFieldInvalid);
}

TEST_F(TlsCertificates, RefusesNamesThatAreNone) {
  const CertificateAuthority authority = Make().value();
  const auto refused = [&](const ServerNames& names) {
    return FaultOf(authority.IssueServer(names, kNow, 1, random_)).reason == Reason::kFieldInvalid;
  };
  EXPECT_TRUE(refused({"x", {}, {}}));
  EXPECT_TRUE(refused({"", {"localhost"}, {}}));
  EXPECT_TRUE(refused({std::string(65, 'x'), {"localhost"}, {}}));
  EXPECT_TRUE(refused({"x\ny", {"localhost"}, {}}));
  for (const std::string name : {"", ".", "a..b", "a.", "-a", "a-", "*.example.uk", "a b", "a,DNS:b", "a/b"}) {
    EXPECT_TRUE(refused({"x", {name}, {}})) << name;
  }
  EXPECT_TRUE(refused({"x", {std::string(64, 'a')}, {}}));
  for (const std::string address : {"", "127.0.0", "127.0.0.256", "::1::", "localhost", "127.0.0.1/8"}) {
    EXPECT_TRUE(refused({"x", {}, {address}})) << address;
  }
  EXPECT_EQ(FaultOf(CertificateAuthority::Create("", kNow, 1, signer_, random_)).reason, Reason::kFieldInvalid);
}

using TlsAuthorityInTheStore = KeyStoreFixture;

TEST_F(TlsAuthorityInTheStore, SignsWithAKeyThatNeverLeavesIt) {
  FileKeyStore store = Open().value();
  const std::string kid =
      store.Generate(KeyOwner::Service(), KeyRole::kTlsAuthority, KeyState::kActive, KeyStoreFixture::kNow).value();
  const std::shared_ptr<Signer> signer = store.SignerFor(KeyOwner::Service(), KeyRole::kTlsAuthority).value();
  const CertificateAuthority authority =
      CertificateAuthority::Create("Region", KeyStoreFixture::kNow, 3650, signer, random_).value();
  const CallerIdentity hr = CallerFromSpiffe("spiffe://staff-passport/org/ods:RC9/sys/hr").value();
  const IssuedCertificate client = authority.IssueClient(hr, KeyStoreFixture::kNow, 398, random_).value();
  EXPECT_EQ(Verify(client.certificate_pem, authority.certificate_pem(), X509_PURPOSE_SSL_CLIENT, KeyStoreFixture::kNow),
            X509_V_OK);
  ASSERT_TRUE(store.ChangeState(kid, KeyState::kRetired, KeyStoreFixture::kNow).ok());
  EXPECT_EQ(FaultOf(authority.IssueClient(hr, KeyStoreFixture::kNow, 1, random_)).reason, Reason::kKeyState);
}

}  // namespace
}  // namespace passport
