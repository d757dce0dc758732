// A trust in March 2026, and what becomes of it.
#pragma once

#include <memory>
#include <string>

#include "tests/service/acts/registry_world.h"

namespace passport {

// Two people of the trust, each with a training record, since the beginning of March 2026.
struct MarchWorld : RegistryWorld {
  MarchWorld();
  // A record of the first person, as the council sees it now.
  Result<CheckPresentation::Answer> Seen(const CredentialId& credential);
  PresentedRecord Record();
  // Whose status key the header of the trust's list names.
  std::string SignerOfTheTrustsList();

  std::string code;
  std::unique_ptr<CredentialId> training;
  std::unique_ptr<CredentialId> other;
};

}  // namespace passport
