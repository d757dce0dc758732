// A signer that this process starts, watches and ends: one command on a small site.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "keys/key_place.h"
#include "signer/signer_connection.h"

namespace passport {

struct SignerLaunch {
  std::filesystem::path program;  // passport-signer
  KeyPlace place;
  // Where the passphrase or PIN comes from: one of the two. It goes to the signer; this process does not read it.
  std::optional<std::filesystem::path> passphrase_file;
  std::optional<int> passphrase_fd;
  std::optional<std::string> user;  // as whom it runs; nothing: as we do
};

// Any thread may call.
class SignerProcess {
 public:
  // Tells that the signer ended by itself, and whether another one runs.
  using Notice = std::function<void(const std::string& what)>;

  // Returns when the signer serves. Fails with what kept it from opening its keys, kKeyPermissions or kFileUnreadable
  // for the passphrase file, kFieldInvalid for a user that there is not or that only root may become, kSigning when it
  // can not be started. A signer that ends by itself is started again, where the passphrase comes from a file.
  static Result<std::unique_ptr<SignerProcess>> Start(SignerLaunch launch, Notice notice);
  // Ends the signer: it answers what is under way first.
  ~SignerProcess();
  SignerProcess(const SignerProcess&) = delete;
  SignerProcess& operator=(const SignerProcess&) = delete;

  const SocketAddress& address() const;
  // Whose process listens at the address: ours, for we made the socket.
  std::vector<uid_t> users() const;

 private:
  struct Watched;
  explicit SignerProcess(std::unique_ptr<Watched> watched);
  std::unique_ptr<Watched> watched_;
};

}  // namespace passport
