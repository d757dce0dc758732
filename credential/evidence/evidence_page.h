// Evidence as a page for people: HTML that prints well, in the order of Schedule 3 of the Health and Social Care Act
// 2008 (Regulated Activities) Regulations 2014.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "credential/evidence/evidence_file.h"
#include "credential/evidence/schedule.h"
#include "credential/taxonomy/terms.h"

namespace passport {

inline constexpr std::size_t kPageOverridesMax = 100;

// For each person the newest decision for each role (and the newest verification without a role), out of a file of any
// length: keeps `items_max` at most and lets go of those that were relied on longest ago. Erased receipts are not kept.
// Overrides of the older decisions of that person and role stay beside the newest one, kPageOverridesMax at most.
class NewestDecisions {
 public:
  explicit NewestDecisions(std::size_t items_max) : items_max_(items_max) {}
  void Add(CheckedItem item);
  // By person and role.
  std::vector<CheckedItem> Items() const;

 private:
  std::size_t items_max_;
  std::map<std::pair<std::string, std::string>, CheckedItem> newest_;         // by subject and profile
  std::map<std::uint64_t, std::pair<std::string, std::string>> by_sequence_;  // of the kept
};

// One page for one person or employer: for each person the newest decision for each role, each item with who checked it
// and when, by what, under which agreement it is relied on, the age of its status, overrides beside. An item of the
// Schedule that nothing was relied on for says so. No scripts, no links to elsewhere, tagged headings and tables;
// everything from outside is escaped. Words are those of the taxonomies on the day of the decision. At most `items_max`
// receipts are shown in full, the rest counted.
std::string EvidencePage(const EvidenceHead& head, const std::vector<CheckedItem>& items, const Taxonomies& taxonomies,
                         std::size_t items_max);

}  // namespace passport
