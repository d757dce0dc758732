// The command openssl as a second opinion on certificates and signatures, in a folder of its own.
//
// What can only fail through our own fault ends the test program.
#pragma once

#include <string>
#include <vector>

#include "credential/vocabulary/instant.h"
#include "samples/process/process.h"
#include "samples/process/temporary_folder.h"

namespace passport {

class OpensslCommand {
 public:
  OpensslCommand();
  void Write(const std::string& name, const std::string& text) const;
  // Runs it in the folder; words are as on a command line.
  ProcessEnd Run(std::vector<std::string> words) const;
  // Strictly by RFC 5280 at that time, from the files root.pem, authority.pem and the leaf's.
  bool Verifies(const std::string& leaf, Instant at) const;
  // Whether the compact JWS was signed with the key of that certificate: ES256, which openssl knows as DER only.
  bool VerifiesToken(const std::string& jws, const std::string& leaf) const;

 private:
  TemporaryFolder folder_;
};

}  // namespace passport
