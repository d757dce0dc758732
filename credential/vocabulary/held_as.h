// Where a holder key is: who could use it besides the person.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace passport {

enum class HeldAs : std::uint8_t {
  kKept = 0,    // sealed in the service, on the person's behalf
  kFile = 1,    // in a passport file of theirs, under a passphrase
  kWallet = 2,  // in a program of theirs
};

// "kept", "file", "wallet".
std::string_view WordOf(HeldAs held_as);
std::optional<HeldAs> HeldAsOf(std::string_view word);
// For people: "the holder's key is in a passport file of theirs".
std::string_view KeyIn(HeldAs held_as);

}  // namespace passport
