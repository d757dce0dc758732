// The JSON of a role profile: what is read can be checked, explained and laid on a base.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "credential/decision/decision.h"
#include "credential/decision/profile_check.h"

namespace {

const passport::Taxonomies& NoTaxonomies() {
  static const passport::Taxonomies taxonomies = *passport::Taxonomies::Make({});
  return taxonomies;
}
const passport::Duty& SomeDay() {
  static const passport::Duty duty =
      passport::Duty::OnDay(*passport::OrganisationId::Parse("ods:RC9"), *passport::CivilDay::Parse("2026-11-21"));
  return duty;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto profile = passport::RoleProfile::Parse(text);
  if (!profile.ok()) return 0;
  if (profile->text() != text || profile->requirements().empty()) std::abort();
  if (!passport::ChooseFor(*profile, NoTaxonomies(), {}, SomeDay()).empty()) std::abort();
  const passport::Terms& terms = NoTaxonomies().On(SomeDay().first_day());
  if (passport::ExplainProfile(*profile, terms).size() < profile->requirements().size()) std::abort();
  passport::CheckProfile(*profile, terms);
  static const auto base = passport::RoleProfile::Parse(
      R"({"id":"base","version":1,"title":"Base","effective_from":"2026-01-01","expiring_within_days":30,)"
      R"("requirements":[{"id":"it","needs":"it","any_of":[{"kind":"employment"}]}]})");
  const auto both = profile->On(*base);
  if (both.ok() && both->requirements().size() < profile->requirements().size()) std::abort();
  return 0;
}
