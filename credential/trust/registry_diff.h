// What changed from one version of the registry to another, in words for registrars.
#pragma once

#include <string>
#include <vector>

#include "credential/trust/registry_content.h"

namespace passport {

struct RegistryDifference {
  // No honest registry does this: something that was listed for good is gone, or the past was written anew.
  bool rewrites_history;
  std::string words;  // one sentence without its full stop; names in it come from the registry
};

// Organisations in the order of `after`, those that are gone at the end; then keys of the registry, receipt keys,
// authorities and documents. Sequence and times are not compared. Empty: both say the same.
std::vector<RegistryDifference> DiffRegistries(const RegistryContent& before, const RegistryContent& after);

}  // namespace passport
