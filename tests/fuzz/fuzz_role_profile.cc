// The JSON of a role profile.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "credential/decision/decision.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto profile = passport::RoleProfile::Parse(text);
  if (!profile.ok()) return 0;
  if (profile->text() != text || profile->requirements().empty()) std::abort();
  const auto day = passport::CivilDay::Parse("2026-11-21");
  if (!passport::ChooseFor(*profile, {}, *day).empty()) std::abort();
  return 0;
}
