// Who is calling: from the connection, never from the message (design decision 7).
#pragma once

#include <string>

#include "credential/vocabulary/identifiers.h"
#include "passport-service/ports/system_row.h"  // IWYU pragma: export

namespace passport {

struct Caller {
  OrganisationId organisation;
  std::string system;  // which of its systems, as its certificate names it
  Roles roles = {};    // what it may do now
};

}  // namespace passport
