// What an import knows that does not stand in the file.
#pragma once

#include <cstdint>
#include <string>

#include "credential/vocabulary/instant.h"

namespace passport {

struct ImportTerms {
  CivilDay today;  // facts dated after it are refused
  // Who stands for the facts of rows that name no checker, and when that person looked: a role ("hr_officer"), never a
  // name. Goes into every such record as it is; whether it is a word of the taxonomy is the caller's to know.
  std::string checker_role;
  CivilDay checked_on;
  // Random, one for each reading: the table of people holds salted hashes, never a number of an employee.
  std::uint64_t salt;
};

}  // namespace passport
