// The real source of chance.
#pragma once

#include "credential/vocabulary/random.h"

namespace passport {

// OpenSSL's generator, seeded by the kernel. Ends the process when it fails. Any thread may call.
class SystemRandom final : public Random {
 public:
  void Fill(std::span<std::uint8_t> out) override;
};

}  // namespace passport
