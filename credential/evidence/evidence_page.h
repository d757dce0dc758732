// Evidence as a page for people: HTML that prints well, in the order of Schedule 3 of the Health and Social Care Act
// 2008 (Regulated Activities) Regulations 2014.
#pragma once

#include <string>
#include <vector>

#include "credential/evidence/evidence_file.h"
#include "credential/taxonomy/terms.h"

namespace passport {

// Where a kind of record belongs in Schedule 3.
enum class ScheduleItem : std::uint8_t {
  kIdentity,           // 1: proof of identity including a recent photograph
  kCriminalRecord,     // 2, 3: criminal record certificate, with the barred lists where the role needs them
  kConduct,            // 4: conduct in earlier work in health or social care or with children or vulnerable adults
  kReasonForLeaving,   // 5: why such earlier work ended
  kQualifications,     // 6: documentary evidence of qualifications
  kEmploymentHistory,  // 7: full employment history with explained gaps
  kHealth,             // 8: relevant health information
  kTrainingAndRights,  // beyond Schedule 3: training (regulation 18), right to work, registration, authority to attend
};

// One page for one person or employer: for each person the newest decision for each role, each item with who checked it
// and when, by what, under which agreement it is relied on, the age of its status, overrides beside. No scripts, no
// links to elsewhere, tagged headings and tables; everything from outside is escaped. At most `items_max` receipts are
// shown in full, the rest counted.
std::string EvidencePage(const EvidenceHead& head, const std::vector<CheckedItem>& items, const Taxonomies& taxonomies,
                         std::size_t items_max);

}  // namespace passport
