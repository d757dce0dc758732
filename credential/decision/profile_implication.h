// What follows from what in role profiles: an alternative that asks for more than another never decides.
#pragma once

#include <vector>

#include "credential/decision/role_profile.h"
#include "credential/taxonomy/terms.h"

namespace passport {

// True only if every record that meets `a` meets `b`. False also when it can not be seen.
bool Implies(const Condition& a, const Condition& b);
// True only if every set of records that meets `a` meets `b`, by the taxonomies of `terms`, in every engagement in
// which `a` counts.
bool Implies(const Need& a, const Need& b, const Terms& terms);
// The same for an engagement in which both count: their own `when` is left aside.
bool ImpliesWhereBothCount(const Need& a, const Need& b, const Terms& terms);
// True only if no record meets both.
bool Contradict(const Condition& a, const Condition& b);

// Everything that is asked of one record: its picks, its conditions, and the age of a course.
std::vector<Condition> AllConditionsOf(const Need& need, const Terms& terms);

}  // namespace passport
