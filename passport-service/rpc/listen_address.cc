#include "passport-service/rpc/listen_address.h"

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>

namespace passport {
namespace {

Fault BadAddress(std::string_view why) {
  return {Reason::kFieldInvalid, "", "the address to listen on " + std::string(why)};
}

}  // namespace

Result<ListenAddress> ListenAddress::Parse(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return BadAddress("has no port");
  std::string_view host = text.substr(0, colon);
  const std::string_view port_text = text.substr(colon + 1);
  if (host.starts_with('[') && host.ends_with(']')) {
    host = host.substr(1, host.size() - 2);
  } else if (host.find(':') != std::string_view::npos) {
    return BadAddress("needs brackets around an IPv6 address");
  }
  if (host.empty() || host.size() > 253) return BadAddress("has no host");
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(port_text.data(), port_text.data() + port_text.size(), port);
  if (port_text.empty() || error != std::errc() || end != port_text.data() + port_text.size()) {
    return BadAddress("has a port that is not 0 to 65535");
  }
  return ListenAddress{.host = std::string(host), .port = port};
}

std::string ListenAddress::Text() const {
  const bool v6 = host.find(':') != std::string::npos;
  return (v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

Result<void> CheckFree(const ListenAddress& address) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (getaddrinfo(address.host.c_str(), std::to_string(address.port).c_str(), &hints, &found) != 0) {
    return BadAddress("names no host of this machine");
  }
  Result<void> result;
  for (const addrinfo* at = found; at != nullptr && result.ok(); at = at->ai_next) {
    const int descriptor = socket(at->ai_family, at->ai_socktype | SOCK_CLOEXEC, at->ai_protocol);
    if (descriptor < 0) continue;  // no IPv6 on this machine, say
    const int on = 1;
    (void)setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(descriptor, at->ai_addr, at->ai_addrlen) != 0 || listen(descriptor, 1) != 0) {
      const int error = errno;
      result = Fault{error == EADDRINUSE ? Reason::kStateConflict : Reason::kFieldInvalid, "",
                     "can not listen on " + address.Text() + ": " + std::strerror(error)};
    }
    close(descriptor);
  }
  freeaddrinfo(found);
  return result;
}

}  // namespace passport
