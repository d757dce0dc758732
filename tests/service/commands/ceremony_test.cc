// The root ceremony as docs/operating/ceremony.md describes it, with the program and the command openssl.
#include <gtest/gtest.h>
#include <signal.h>

#include "credential/crypto/x5c.h"
#include "tests/service/commands/service_process.h"
#include "tests/support/certificate_forge.h"
#include "tests/support/openssl_command.h"

namespace passport {
namespace {

// The rest of the line that begins so.
std::string LineAfter(const std::string& output, const std::string& beginning) {
  const std::size_t at = output.find(beginning + " ");
  if (at == std::string::npos) return "";
  const std::size_t from = at + beginning.size() + 1;
  return output.substr(from, output.find('\n', from) - from);
}

// A service whose root is made elsewhere, and the machine of that root.
class Region {
 public:
  const ServiceProcess& service() const { return service_; }
  ServiceProcess& service() { return service_; }
  std::string At(const std::string& name) const { return service_.folder() / name; }

  Ended Init() const {
    return service_.Run({"init", "--root-later", "--data", At("data"), "--keys", At("keys"), "--published",
                         At("published"), "--registrar", "ods:X0R", "--name", "The registrar", "--base-uri",
                         "https://passport.example", "--passphrase-file", At("passphrase"), "--tls-out", At("tls")});
  }
  Ended Request(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> words = {
        "authority", "request",           "--data",         At("data"), "--keys",
        At("keys"),  "--passphrase-file", At("passphrase"), "--out",    At("request.pem")};
    words.insert(words.end(), more.begin(), more.end());
    return service_.Run(words);
  }
  Ended MakeRoot(const std::string& name) const {
    return service_.Run({"root", "make", "--keys", At(name), "--passphrase-file", At("passphrase"), "--name",
                         "Example region root", "--out", At(name + ".pem")});
  }
  Ended Sign(const std::string& root, const std::string& key) const {
    return service_.Run({"root", "sign", "--keys", At(root), "--passphrase-file", At("passphrase"), "--root",
                         At(root + ".pem"), "--request", At("request.pem"), "--key", key, "--name",
                         "Example region issuing authority", "--out", At("authority.pem")});
  }
  Ended Install(const std::string& root) const {
    return service_.Run({"authority", "install", "--data", At("data"), "--keys", At("keys"), "--passphrase-file",
                         At("passphrase"), "--certificate", At("authority.pem"), "--root", At(root + ".pem")});
  }

 private:
  ServiceProcess service_;
};

TEST(Ceremony, GoesAsItsPageSaysAndOpensslAgrees) {
  Region region;
  ASSERT_EQ(region.Init().code, 0);
  const Ended asked = region.Request();
  ASSERT_EQ(asked.code, 0) << asked.errors;
  const std::string key = LineAfter(asked.output, "key");
  EXPECT_EQ(LineAfter(region.Request().output, "key"), key) << "asked again before it was signed";

  const Ended made = region.MakeRoot("root");
  ASSERT_EQ(made.code, 0) << made.errors;
  ASSERT_EQ(region.Sign("root", key).code, 0);
  const OpensslCommand openssl;
  openssl.Write("root.pem", ReadWhole(region.At("root.pem")));
  openssl.Write("authority.pem", ReadWhole(region.At("authority.pem")));
  const ProcessEnd verified =
      openssl.Run({"verify", "-x509_strict", "-check_ss_sig", "-CAfile", "root.pem", "authority.pem"});
  EXPECT_EQ(verified.exit_code, 0) << verified.errors;
  const ProcessEnd print = openssl.Run({"x509", "-in", "root.pem", "-noout", "-fingerprint", "-sha256"});
  EXPECT_NE(print.output.find(LineAfter(made.output, "fingerprint")), std::string::npos) << print.output;

  const Ended installed = region.Install("root");
  ASSERT_EQ(installed.code, 0) << installed.errors;
  EXPECT_EQ(LineAfter(installed.output, "root"), LineAfter(made.output, "fingerprint"));
  ASSERT_TRUE(region.service().Start());
  EXPECT_EQ(region.service().Stop(SIGTERM).code, 0);
  EXPECT_EQ(region.service().Run({"check", "--data", region.At("data")}).code, 0);

  // What was published carries the chain, and its signature is that of the leaf.
  const std::string registry = ReadWhole(region.At("published/registry.jwt"));
  json::Tree tree;
  const auto header = tree.ParseBase64Url(std::string_view(registry).substr(0, registry.find('.')), json::kTokenLimits);
  ASSERT_TRUE(header.ok());
  const std::vector<std::string> chain = ReadX5c(**header).value();
  ASSERT_EQ(chain.size(), 2U);
  EXPECT_EQ(PemOfDer(chain[1]), ReadWhole(region.At("authority.pem")));
  openssl.Write("leaf.pem", PemOfDer(chain[0]));
  EXPECT_EQ(openssl.Run({"verify", "-x509_strict", "-CAfile", "root.pem", "-untrusted", "authority.pem", "leaf.pem"})
                .exit_code,
            0);
  EXPECT_TRUE(openssl.VerifiesToken(registry, "leaf.pem"));
}

TEST(Ceremony, RefusesWhatDoesNotBelongTogether) {
  Region region;
  ASSERT_EQ(region.Init().code, 0);
  EXPECT_EQ(region.Install("root").code, 71) << "there are no files yet";
  const std::string key = LineAfter(region.Request().output, "key");
  ASSERT_EQ(region.MakeRoot("root").code, 0);
  ASSERT_EQ(region.MakeRoot("other").code, 0);
  EXPECT_NE(region.MakeRoot("root").code, 0) << "there is one already";
  const Ended changed = region.Sign("root", std::string(43, 'A'));
  EXPECT_EQ(changed.code, 71);
  EXPECT_NE(changed.errors.find("Nothing was signed"), std::string::npos) << changed.errors;
  EXPECT_FALSE(std::filesystem::exists(region.At("authority.pem")));
  ASSERT_EQ(region.Sign("other", key).code, 0);
  const Ended another_root = region.Install("root");
  EXPECT_EQ(another_root.code, 71);
  EXPECT_NE(another_root.errors.find("Bring the certificate"), std::string::npos) << another_root.errors;
  ASSERT_EQ(region.Sign("root", key).code, 0);
  ASSERT_EQ(region.Install("root").code, 0);
  EXPECT_EQ(region.Install("root").code, 64) << "it is there";
  EXPECT_EQ(region.Request().code, 64) << "without --replace";
  const Ended next = region.Request({"--replace"});
  ASSERT_EQ(next.code, 0) << next.errors;
  EXPECT_NE(LineAfter(next.output, "key"), key);
  EXPECT_EQ(region.Install("root").code, 71) << "the certificate of the key before";
  ASSERT_EQ(region.Sign("root", LineAfter(next.output, "key")).code, 0);
  EXPECT_EQ(region.Install("root").code, 0);
}

TEST(Ceremony, InitHoldsItForASmallSite) {
  const ServiceProcess service;
  const Ended made = service.Init();
  ASSERT_EQ(made.code, 0) << made.errors;
  EXPECT_NE(made.output.find(service.folder() / "keys-root"), std::string::npos) << made.output;
  EXPECT_TRUE(std::filesystem::exists(service.folder() / "keys-root"));
  EXPECT_TRUE(std::filesystem::exists(service.folder() / "tls/root.pem"));
}

}  // namespace
}  // namespace passport
