// A request that came as a file: read without a crash, and what was read names who asks.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "wallet-cli/request_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto request = passport::ReadRequestFile(text);
  if (request.ok() && (request->receiver.empty() || request->nonce.empty())) std::abort();
  return 0;
}
