// Messages of the signer's protocol: whatever is read is written back as the same bytes, and nothing else is read.
#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "signer/signer_protocol.h"

namespace {

void Insist(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace passport;
  const std::span<const std::uint8_t> bytes(data, size);
  if (const Result<SignerRequest> request = ReadSignerRequest(bytes); request.ok()) {
    const Secret written = WriteSignerRequest(*request);
    Insist(std::equal(bytes.begin(), bytes.end(), written.bytes().begin(), written.bytes().end()));
  }
  if (const Result<SignerAnswer> answer = ReadSignerAnswer(bytes); answer.ok()) {
    const Secret written = WriteSignerAnswer(*answer);
    Insist(std::equal(bytes.begin(), bytes.end(), written.bytes().begin(), written.bytes().end()));
  }
  return 0;
}
