// Unix sockets with messages on them, for both sides of the signer's protocol.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "credential/vocabulary/result.h"
#include "keys/file_descriptor.h"
#include "keys/secret.h"

namespace passport {

// A path, or after '@' a name that only the kernel knows (an abstract address, unix(7)).
using SocketAddress = std::string;

struct Listening {
  FileDescriptor socket;
  SocketAddress address;
};
// Listens under a name that the kernel gives. Fails with kSigning.
Result<Listening> ListenSomewhere();
// Listens at a path, which must not exist or be a socket that nobody serves. Anybody may connect; who may ask is
// PeerOf's to tell. Fails with kStateConflict when it is served, kFieldInvalid when it is too long or is no socket.
Result<FileDescriptor> ListenAt(const std::string& path);

// Fails with kSigning.
Result<FileDescriptor> ConnectTo(const SocketAddress& address, std::chrono::milliseconds patience);

struct Peer {
  uid_t user;
  pid_t process;
};
// Who is at the other end, as the kernel says (SO_PEERCRED): whoever connected, or whoever began to listen.
std::optional<Peer> PeerOf(const FileDescriptor& socket);

// A message is its length in four bytes, big-endian, and that many bytes, 1 to `most`. False when the other side is
// gone, took too long, or announced more.
bool SendMessage(const FileDescriptor& socket, const Secret& message);
std::optional<Secret> ReceiveMessage(const FileDescriptor& socket, std::size_t most);

}  // namespace passport
