// Signs anew, with the key in use now, every credential that was signed with a lost key: same facts, same holder, same
// end. The old one is revoked in the write that makes the new one durable.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "passport-service/acts/issue_credentials.h"

namespace passport {

class ReissueCredentials {
 public:
  struct Report {
    std::uint64_t looked_at = 0;
    std::uint64_t reissued = 0;
    std::map<std::string, std::uint64_t>
        left;  // by word of the reason: suspended ones, kinds it may not issue any more
  };
  // Hears how far it has got after each page, and may end it.
  using Progress = std::function<Result<void>(const Report&)>;

  ReissueCredentials(Store& store, KeyStore& keys, IssueCredentials& issue, const Clock& clock)
      : store_(store), keys_(keys), issue_(issue), clock_(clock) {}
  // Nothing is remembered between calls: what is done is revoked and not looked at again, so whoever was interrupted
  // calls again. Fails with kCallerUnknown, kNotPermitted while the organisation may issue nothing, kKeyState while it
  // has no key to sign with, as the store does, and with what `progress` fails with.
  Result<Report> operator()(const Caller& by, const Progress& progress);

 private:
  Store& store_;
  KeyStore& keys_;
  IssueCredentials& issue_;
  const Clock& clock_;
};

}  // namespace passport
