#include "credential/evidence/schedule.h"

#include <algorithm>
#include <array>

namespace passport {
namespace {

constexpr std::string_view kEarlierWork = "employment_history";

struct Place {
  std::string_view kind;
  ScheduleItem item;
};
constexpr std::array kPlaces = {
    Place{"identity_check", ScheduleItem::kIdentity},
    Place{"criminal_record_check", ScheduleItem::kCriminalRecord},
    Place{kEarlierWork, ScheduleItem::kConduct},
    Place{kEarlierWork, ScheduleItem::kReasonForLeaving},
    Place{"qualification", ScheduleItem::kQualifications},
    Place{kEarlierWork, ScheduleItem::kEmploymentHistory},
    Place{"work_health_clearance", ScheduleItem::kHealth},
    Place{"immunity", ScheduleItem::kHealth},
};

// Facts of earlier employment that belong to one item only; all others (employer, dates) say which employment it was.
struct OwnFact {
  std::string_view fact;
  ScheduleItem item;
};
constexpr std::array kOwnFacts = {
    OwnFact{"sector", ScheduleItem::kConduct},
    OwnFact{"reference", ScheduleItem::kConduct},
    OwnFact{"leaving_reason", ScheduleItem::kReasonForLeaving},
    OwnFact{"job_title", ScheduleItem::kEmploymentHistory},
    OwnFact{"gap_before", ScheduleItem::kEmploymentHistory},
};

constexpr std::array kItems = {
    ScheduleItem::kIdentity,         ScheduleItem::kCriminalRecord,    ScheduleItem::kConduct,
    ScheduleItem::kReasonForLeaving, ScheduleItem::kQualifications,    ScheduleItem::kEmploymentHistory,
    ScheduleItem::kHealth,           ScheduleItem::kTrainingAndRights,
};

}  // namespace

std::span<const ScheduleItem> AllScheduleItems() { return kItems; }

std::string_view TitleOf(ScheduleItem item) {
  switch (item) {
    case ScheduleItem::kIdentity:
      return "1. Proof of identity, with a recent photograph";
    case ScheduleItem::kCriminalRecord:
      return "2 and 3. Criminal record certificate, with barred lists where the role needs them";
    case ScheduleItem::kConduct:
      return "4. Conduct in earlier work in health or social care, or with children or vulnerable adults";
    case ScheduleItem::kReasonForLeaving:
      return "5. Why such earlier work ended";
    case ScheduleItem::kQualifications:
      return "6. Qualifications";
    case ScheduleItem::kEmploymentHistory:
      return "7. Employment history, with gaps";
    case ScheduleItem::kHealth:
      return "8. Health, as far as it bears on the work";
    case ScheduleItem::kTrainingAndRights:
      return "Beyond Schedule 3: training, right to work, registration, authority to attend";
  }
  return "";
}

std::vector<ScheduleItem> ItemsOf(std::string_view kind) {
  std::vector<ScheduleItem> items;
  for (const Place& place : kPlaces) {
    if (place.kind == kind) items.push_back(place.item);
  }
  if (items.empty()) items.push_back(ScheduleItem::kTrainingAndRights);
  return items;
}

bool Belongs(std::string_view kind, std::string_view fact, ScheduleItem item) {
  if (kind != kEarlierWork) return true;
  const auto own =
      std::find_if(kOwnFacts.begin(), kOwnFacts.end(), [&](const OwnFact& known) { return known.fact == fact; });
  return own == kOwnFacts.end() || own->item == item;
}

}  // namespace passport
