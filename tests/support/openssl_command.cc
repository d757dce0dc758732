#include "tests/support/openssl_command.h"

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "credential/encoding/base64url.h"

namespace passport {
namespace {

template <class T>
T OrStop(Result<T> result) {
  if (!result.ok()) {
    std::fprintf(stderr, "openssl command: %s\n", result.fault().detail.c_str());
    std::abort();
  }
  return std::move(result).value();
}

// An INTEGER of 32 big-endian bytes.
std::string DerInteger(std::string number) {
  while (number.size() > 1 && number.front() == '\0') number.erase(0, 1);
  if ((static_cast<unsigned char>(number.front()) & 0x80U) != 0) number.insert(0, 1, '\0');
  return std::string("\x02") + static_cast<char>(number.size()) + number;
}

}  // namespace

OpensslCommand::OpensslCommand() : folder_(OrStop(TemporaryFolder::Make("openssl"))) {}

void OpensslCommand::Write(const std::string& name, const std::string& text) const {
  if (!WriteWholeFile(folder_.At(name), text).ok()) std::abort();
}

ProcessEnd OpensslCommand::Run(std::vector<std::string> words) const {
  ProcessOrder order{.program = "/usr/bin/openssl", .words = std::move(words), .log = ""};
  order.working_folder = folder_.path();
  return OrStop(RunProcess(order, In(std::chrono::seconds(30))));
}

bool OpensslCommand::Verifies(const std::string& leaf, Instant at) const {
  return Run({"verify", "-x509_strict", "-check_ss_sig", "-attime", std::to_string(at.seconds), "-CAfile", "root.pem",
              "-untrusted", "authority.pem", leaf})
             .exit_code == 0;
}

bool OpensslCommand::VerifiesToken(const std::string& jws, const std::string& leaf) const {
  const std::size_t dot = jws.rfind('.');
  std::string raw;
  if (dot == std::string::npos || !DecodeBase64Url(std::string_view(jws).substr(dot + 1), raw).ok()) return false;
  if (raw.size() != 64) return false;
  const std::string pair = DerInteger(raw.substr(0, 32)) + DerInteger(raw.substr(32));
  Write("signed", jws.substr(0, dot));
  Write("signature", std::string("\x30") + static_cast<char>(pair.size()) + pair);
  Write("key.pem", Run({"x509", "-in", leaf, "-noout", "-pubkey"}).output);
  return Run({"dgst", "-sha256", "-verify", "key.pem", "-signature", "signature", "signed"}).exit_code == 0;
}

}  // namespace passport
