// What is coming, and by which roles, in plain words and as JSON lines.
#pragma once

#include "wallet-cli/my_roles.h"

namespace passport {

// Which roles counted and why, what ends within 7, 30 and 90 days, what is lacking, and who can put it right.
void TellAhead(WalletSession& session, const RolesAhead& ahead);
// The same: a line for each role, each end and each lack.
void PrintAheadJson(WalletSession& session, const RolesAhead& ahead);

}  // namespace passport
