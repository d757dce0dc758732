// Whether the entries of one taxonomy fit together on every day.
#pragma once

#include "credential/taxonomy/taxonomy.h"

namespace passport {

// Fails with kFieldInvalid: a word of a list, a subject, a regulator, a refresh period or an equivalence twice on one
// day; an equivalence that names no subject and level on one of its days; a circle of them. With kLimit when windows
// begin and end on too many days.
Result<void> CheckTaxonomy(const Taxonomy& taxonomy);

}  // namespace passport
