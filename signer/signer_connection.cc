#include "signer/signer_connection.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>

namespace passport {
namespace {

constexpr int kBacklog = 128;

struct Address {
  sockaddr_un name{};
  socklen_t length = 0;
};

std::optional<Address> AddressOf(const SocketAddress& text) {
  Address address;
  address.name.sun_family = AF_UNIX;
  if (text.empty() || text.size() >= sizeof address.name.sun_path) return std::nullopt;
  std::copy(text.begin(), text.end(), address.name.sun_path);
  address.length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + text.size());
  if (text[0] == '@') {
    address.name.sun_path[0] = '\0';
  } else {
    ++address.length;
  }
  return address;
}

const sockaddr* Plain(const sockaddr_un& name) { return reinterpret_cast<const sockaddr*>(&name); }

FileDescriptor NewSocket() { return FileDescriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)); }

Fault NoSocket(std::string_view step) {
  return {Reason::kSigning, "", "the signer's socket: " + std::string(step) + " failed"};
}

bool SendAll(int socket, std::span<const std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(sent));
  }
  return true;
}

bool ReceiveAll(int socket, std::span<std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t got = ::recv(socket, bytes.data(), bytes.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
  return true;
}

void SetPatience(const FileDescriptor& socket, std::chrono::milliseconds patience) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(patience);
  const auto rest = std::chrono::duration_cast<std::chrono::microseconds>(patience - seconds);
  const timeval time{.tv_sec = seconds.count(), .tv_usec = rest.count()};
  ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
  ::setsockopt(socket.get(), SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time);
}

}  // namespace

Result<Listening> ListenSomewhere() {
  FileDescriptor socket = NewSocket();
  sockaddr_un name{};
  name.sun_family = AF_UNIX;
  if (!socket.valid() || ::bind(socket.get(), Plain(name), sizeof name.sun_family) != 0) return NoSocket("bind");
  if (::listen(socket.get(), kBacklog) != 0) return NoSocket("listen");
  socklen_t length = sizeof name;
  if (::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&name), &length) != 0) return NoSocket("getsockname");
  const std::size_t count = length - offsetof(sockaddr_un, sun_path);
  if (count < 2) return NoSocket("getsockname");
  return Listening{std::move(socket), "@" + std::string(name.sun_path + 1, count - 1)};
}

Result<FileDescriptor> ListenAt(const std::string& path) {
  const std::optional<Address> address = AddressOf(path);
  if (!address || path[0] == '@') return Fault{Reason::kFieldInvalid, "", "the socket's path is empty or too long"};
  struct stat about {};
  if (::lstat(path.c_str(), &about) == 0) {
    if (!S_ISSOCK(about.st_mode)) return Fault{Reason::kFieldInvalid, "", path + " is there and no socket"};
    if (ConnectTo(path, std::chrono::seconds(1)).ok()) {
      return Fault{Reason::kStateConflict, "", path + " is served by another signer"};
    }
    ::unlink(path.c_str());
  }
  FileDescriptor socket = NewSocket();
  if (!socket.valid() || ::bind(socket.get(), Plain(address->name), address->length) != 0) return NoSocket("bind");
  if (::chmod(path.c_str(), 0666) != 0 || ::listen(socket.get(), kBacklog) != 0) return NoSocket("listen");
  return socket;
}

Result<FileDescriptor> ConnectTo(const SocketAddress& text, std::chrono::milliseconds patience) {
  const std::optional<Address> address = AddressOf(text);
  FileDescriptor socket = NewSocket();
  if (!address || !socket.valid()) return NoSocket("connect");
  SetPatience(socket, patience);
  if (::connect(socket.get(), Plain(address->name), address->length) != 0) {
    return Fault{Reason::kSigning, "", "the signer does not answer"};
  }
  return socket;
}

std::optional<Peer> PeerOf(const FileDescriptor& socket) {
  ucred peer{};
  socklen_t length = sizeof peer;
  if (::getsockopt(socket.get(), SOL_SOCKET, SO_PEERCRED, &peer, &length) != 0) return std::nullopt;
  return Peer{.user = peer.uid, .process = peer.pid};
}

bool SendMessage(const FileDescriptor& socket, const Secret& message) {
  std::array<std::uint8_t, 4> length{};
  for (std::size_t i = 0; i < length.size(); ++i) {
    length[i] = static_cast<std::uint8_t>(message.size() >> (8 * (length.size() - 1 - i)));
  }
  return SendAll(socket.get(), length) && SendAll(socket.get(), message.bytes());
}

std::optional<Secret> ReceiveMessage(const FileDescriptor& socket, std::size_t most) {
  std::array<std::uint8_t, 4> length{};
  if (!ReceiveAll(socket.get(), length)) return std::nullopt;
  std::size_t count = 0;
  for (const std::uint8_t byte : length) count = count << 8 | byte;
  if (count == 0 || count > most) return std::nullopt;
  Secret message(count);
  if (!ReceiveAll(socket.get(), message.bytes())) return std::nullopt;
  return message;
}

}  // namespace passport
