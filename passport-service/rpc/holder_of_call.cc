#include "passport-service/rpc/holder_of_call.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace passport {
namespace {

Result<std::optional<std::string>> OneOf(const grpc::ServerContext& context, const char* name) {
  const auto [first, last] = context.client_metadata().equal_range(name);
  if (first == last) return std::optional<std::string>();
  if (std::next(first) != last) return Fault{Reason::kFieldInvalid, "", std::string(name) + " came twice"};
  return std::optional(std::string(first->second.data(), first->second.size()));
}

// gRPC writes "[" and "]" as they are or percent-encoded.
std::string_view BetweenBrackets(std::string_view text) {
  for (const auto& [open, close] : {std::pair<std::string_view, std::string_view>{"[", "]"}, {"%5B", "%5D"}}) {
    const std::size_t end = text.find(close);
    if (text.starts_with(open) && end != std::string_view::npos) return text.substr(open.size(), end - open.size());
  }
  return text;
}

}  // namespace

Result<SentProof> ProofOfCall(const grpc::ServerContext& context) {
  TRY_ASSIGN(auto proof, OneOf(context, "dpop"));
  TRY_ASSIGN(auto code, OneOf(context, "passport-code"));
  return SentProof{.proof = std::move(proof), .passport_code = std::move(code)};
}

std::string AccountOfPeer(std::string_view peer) {
  constexpr std::string_view kFour = "ipv4:";
  constexpr std::string_view kSix = "ipv6:";
  constexpr std::size_t kNetworkBytes = 8;
  if (peer.starts_with(kFour))
    return "address " + std::string(peer.substr(kFour.size(), peer.rfind(':') - kFour.size()));
  if (!peer.starts_with(kSix)) return "address unknown";
  std::string text(BetweenBrackets(peer.substr(kSix.size())));
  text.resize(std::min(text.size(), text.find('%')));  // a zone
  std::array<unsigned char, 16> address{};
  if (inet_pton(AF_INET6, text.c_str(), address.data()) != 1) return "address unknown";
  // One of the older kind, as a socket for both shows it.
  constexpr std::array<unsigned char, 12> kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  if (std::equal(kMapped.begin(), kMapped.end(), address.begin())) {
    return "address " + std::to_string(address[12]) + "." + std::to_string(address[13]) + "." +
           std::to_string(address[14]) + "." + std::to_string(address[15]);
  }
  return "address " + std::string(address.begin(), address.begin() + kNetworkBytes);
}

}  // namespace passport
