#include "signer/signer_server.h"

#include <sys/socket.h>

#include <cerrno>
#include <utility>

#include "signer/signer_connection.h"

namespace passport {

SignerServer::SignerServer(FileDescriptor listening, KeyStore& keys, SignerTerms terms)
    : terms_(terms), answer_(keys), listening_(std::move(listening)), accepting_([this] { Accept(); }) {}

SignerServer::~SignerServer() {
  stopping_ = true;
  ::shutdown(listening_.get(), SHUT_RDWR);
  accepting_.join();
  // No new request is taken; an answer under way is still sent.
  for (Connection& connection : connections_) ::shutdown(connection.socket.get(), SHUT_RD);
  for (Connection& connection : connections_) connection.thread.join();
}

bool SignerServer::MayAsk(const FileDescriptor& socket) const {
  const std::optional<Peer> peer = PeerOf(socket);
  return peer && peer->user == terms_.user && (!terms_.process || peer->process == *terms_.process);
}

void SignerServer::ForgetEnded() {
  std::erase_if(connections_, [](Connection& connection) {
    if (!connection.ended) return false;
    connection.thread.join();
    return true;
  });
}

void SignerServer::Accept() {
  while (!stopping_) {
    FileDescriptor socket(::accept4(listening_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (!socket.valid()) {
      if (stopping_ || (errno != EINTR && errno != ECONNABORTED && errno != EMFILE && errno != ENFILE)) return;
      if (errno == EMFILE || errno == ENFILE) std::this_thread::sleep_for(std::chrono::milliseconds(10));
      continue;
    }
    const std::lock_guard lock(mutex_);
    ForgetEnded();
    if (!MayAsk(socket) || connections_.size() >= kSignerConnectionsMax) continue;
    Connection& connection = connections_.emplace_back();
    connection.socket = std::move(socket);
    connection.thread = std::thread([this, &connection] { Serve(connection); });
  }
}

void SignerServer::Serve(Connection& connection) {
  for (;;) {
    const std::optional<Secret> message = ReceiveMessage(connection.socket, kSignerRequestMax);
    if (!message) break;
    const Result<SignerRequest> request = ReadSignerRequest(message->bytes());
    const SignerAnswer answer = request.ok() ? answer_(*request) : SignerAnswer(request.fault());
    if (!SendMessage(connection.socket, WriteSignerAnswer(answer)) || !request.ok()) break;
  }
  ::shutdown(connection.socket.get(), SHUT_RDWR);
  connection.ended = true;
}

}  // namespace passport
