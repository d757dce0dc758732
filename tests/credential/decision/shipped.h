// The role profiles that ship as data.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "credential/decision/decision.h"

namespace passport::suites {

std::string ShippedText(std::string_view id);
RoleProfile Shipped(std::string_view id);
std::vector<std::string> ShippedIds();

// The requirements that are not plainly met, with their reasons: "registration not_met restricted, ...".
std::string Missed(const passport::Decision& decision);

}  // namespace passport::suites
