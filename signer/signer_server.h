// Answers the signer's protocol on a socket, a thread for each connection.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <list>
#include <mutex>
#include <optional>
#include <thread>

#include "keys/file_descriptor.h"
#include "keys/key_store.h"
#include "signer/answer_request.h"

namespace passport {

struct SignerTerms {
  uid_t user;                    // whose processes may ask
  std::optional<pid_t> process;  // or this one of them alone
};

// As many may be connected at once; more are closed again.
inline constexpr std::size_t kSignerConnectionsMax = 256;

class SignerServer {
 public:
  // Serves from now on. `keys` must outlive the server. Whoever may not ask is closed without an answer; a message that
  // can not be read is answered with kMalformed and ends its connection.
  SignerServer(FileDescriptor listening, KeyStore& keys, SignerTerms terms);
  // Waits for requests under way; connections are closed.
  ~SignerServer();
  SignerServer(const SignerServer&) = delete;
  SignerServer& operator=(const SignerServer&) = delete;

 private:
  struct Connection {
    FileDescriptor socket;
    std::atomic<bool> ended = false;
    std::thread thread;
  };
  void Accept();
  void Serve(Connection& connection);
  bool MayAsk(const FileDescriptor& socket) const;
  void ForgetEnded();

  const SignerTerms terms_;
  AnswerRequest answer_;
  FileDescriptor listening_;
  std::atomic<bool> stopping_ = false;
  std::mutex mutex_;
  std::list<Connection> connections_;
  std::thread accepting_;  // last: it uses the others
};

}  // namespace passport
