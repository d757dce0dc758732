// Schedule 3 of the Health and Social Care Act 2008 (Regulated Activities) Regulations 2014 as an order for evidence:
// which kinds of record speak to which item, and with which of their facts.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

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

// All of them in their order.
std::span<const ScheduleItem> AllScheduleItems();
// "1. Proof of identity, with a recent photograph".
std::string_view TitleOf(ScheduleItem item);
// The items a kind speaks to: earlier employment to three of them, a kind this program does not know to the last.
std::vector<ScheduleItem> ItemsOf(std::string_view kind);
// Whether a fact of the kind belongs to the item: of earlier employment, the reference to conduct and the reason for
// leaving to its own. A fact of any other kind always does.
bool Belongs(std::string_view kind, std::string_view fact, ScheduleItem item);

}  // namespace passport
