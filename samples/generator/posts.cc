#include "samples/generator/posts.h"

#include <array>

#include "samples/generator/courses.h"

namespace passport {
namespace {

constexpr std::array<std::size_t, 15> kCommunityNursing = {
    kConflict,         kEquality, kFire,      kHealthSafety, kInfection2,  kInformation, kMoving2,    kPrevent,
    kLifeSupportAdult, kAdults2,  kChildren2, kMcGowan2,     kLoneWorking, kMedicines,   kAnaphylaxis};
constexpr std::array<std::size_t, 13> kWardNursing = {
    kConflict, kEquality,         kFire,    kHealthSafety, kInfection2, kInformation, kMoving2,
    kPrevent,  kLifeSupportAdult, kAdults2, kChildren2,    kMcGowan2,   kMedicines};
constexpr std::array<std::size_t, 12> kMedical = {kConflict,     kEquality,         kFire,
                                                  kHealthSafety, kInfection2,       kInformation,
                                                  kMoving1,      kPreventAwareness, kImmediateLifeSupport,
                                                  kAdults3,      kChildren3,        kMcGowan2};
constexpr std::array<std::size_t, 13> kSupport = {
    kConflict, kEquality,         kFire,    kHealthSafety, kInfection2, kInformation,    kMoving2,
    kPrevent,  kLifeSupportAdult, kAdults2, kChildren1,    kMcGowan2,   kCareCertificate};
constexpr std::array<std::size_t, 12> kTherapy = {kConflict,   kEquality,         kFire,      kHealthSafety,
                                                  kInfection2, kInformation,      kMoving2,   kPrevent,
                                                  kAdults2,    kLifeSupportAdult, kChildren2, kMcGowan2};
constexpr std::array<std::size_t, 11> kOffice = {kConflict,   kEquality,    kFire,    kHealthSafety,
                                                 kInfection1, kInformation, kMoving1, kPrevent,
                                                 kAdults1,    kChildren1,   kMcGowan1};
constexpr std::array<std::size_t, 9> kSocialWork = {kConflict, kEquality,  kFire,     kHealthSafety, kInformation,
                                                    kAdults3,  kChildren2, kMcGowan2, kLoneWorking};
constexpr std::array<std::size_t, 9> kCare = {kFire,      kHealthSafety, kInfection1,       kMoving2,        kAdults2,
                                              kChildren1, kMcGowan2,     kLifeSupportAdult, kCareCertificate};
constexpr std::array<std::size_t, 11> kPractice = {
    kConflict, kEquality, kFire,      kInfection2,       kInformation,
    kPrevent,  kAdults3,  kChildren3, kLifeSupportAdult, kLifeSupportPaediatric,
    kMcGowan2};
constexpr std::array<std::size_t, 9> kVolunteering = {kEquality, kFire,    kHealthSafety, kInfection1, kInformation,
                                                      kPrevent,  kAdults1, kChildren1,    kMcGowan1};

constexpr std::string_view kNursing = "Nursing and Midwifery Registered";
constexpr std::string_view kClinicalServices = "Additional Clinical Services";
constexpr std::string_view kClerical = "Administrative and Clerical";
constexpr std::string_view kSocialCare = "Social Care";

constexpr std::array kPosts = {
    Post{"Community Nurse Band 5", kNursing, "Staff Nurse", "Community Health Services", "NMC", "Registered nurse",
         "Enhanced", "Adult and Child", true, true, kCommunityNursing},
    Post{"Staff Nurse Band 5", kNursing, "Staff Nurse", "General Acute", "NMC", "Registered nurse", "Enhanced",
         "Adult and Child", true, true, kWardNursing},
    Post{"Resident Doctor", "Medical and Dental", "Specialty Registrar", "General Medicine", "GMC",
         "Registered with a licence", "Enhanced", "Adult and Child", true, true, kMedical},
    Post{"Healthcare Assistant Band 2", kClinicalServices, "Healthcare Assistant", "General Acute", "", "", "Enhanced",
         "Adult", true, false, kSupport},
    Post{"Physiotherapist Band 6", "Allied Health Professionals", "Physiotherapist", "Discharge Team", "HCPC",
         "Physiotherapist", "Enhanced", "Adult", true, false, kTherapy},
    Post{"Ward Clerk", kClerical, "Clerical Worker", "General Acute", "", "", "Basic", "Other", false, false, kOffice},
    Post{"Social Worker", kSocialCare, "Social Worker", "Adult Social Care", "SWE", "Social worker", "Enhanced",
         "Adult and Child", true, true, kSocialWork},
    Post{"Reablement Worker", kSocialCare, "Support Worker", "Adult Social Care", "", "", "Enhanced", "Adult", true,
         false, kCare},
    Post{"Commissioning Officer", kClerical, "Officer", "Adult Social Care", "", "", "", "", false, false, kOffice},
    Post{"General Practitioner", "Medical and Dental", "General Practitioner", "General Practice", "GMC",
         "Registered with a licence", "Enhanced", "Adult and Child", true, true, kPractice},
    Post{"Practice Nurse", kNursing, "Practice Nurse", "General Practice", "NMC", "Registered nurse", "Enhanced",
         "Adult and Child", true, true, kPractice},
    Post{"Care Navigator", kClerical, "Receptionist", "General Practice", "", "", "Basic", "Other", false, false,
         kOffice},
    Post{"Clinical Pharmacist", "Additional Professional Scientific and Technic", "Pharmacist", "General Practice",
         "GPhC", "Pharmacist", "Enhanced", "Adult and Child", true, true, kPractice},
    Post{"Care Worker", kSocialCare, "Support Worker", "Residential Care", "", "", "Enhanced", "Adult", true, false,
         kCare},
    Post{"Senior Care Worker", kSocialCare, "Senior Support Worker", "Residential Care", "", "", "Enhanced", "Adult",
         true, false, kCare},
    Post{"Befriending Volunteer", "Volunteers", "Volunteer", "Befriending", "", "", "Enhanced", "Adult", false, false,
         kVolunteering},
    Post{"Volunteer Coordinator", kClerical, "Coordinator", "Befriending", "", "", "Basic", "Other", false, false,
         kVolunteering},
};
static_assert(kPosts.size() == kCoordinator + 1);

constexpr std::array<std::size_t, 10> kAcute = {
    kWardNurse, kHealthcareAssistant, kWardNurse, kResidentDoctor,      kWardNurse,
    kWardClerk, kPhysiotherapist,     kWardNurse, kHealthcareAssistant, kResidentDoctor};
constexpr std::array<std::size_t, 8> kCommunity = {kCommunityNurse,  kCommunityNurse, kHealthcareAssistant,
                                                   kPhysiotherapist, kCommunityNurse, kHealthcareAssistant,
                                                   kWardClerk,       kCommunityNurse};
constexpr std::array<std::size_t, 5> kCouncil = {kSocialWorker, kReablementWorker, kSocialWorker, kCouncilOfficer,
                                                 kReablementWorker};
constexpr std::array<std::size_t, 5> kGeneralPractice = {kPractitioner, kPracticeNurse, kCareNavigator, kPractitioner,
                                                         kCareNavigator};
constexpr std::array<std::size_t, 2> kNetwork = {kClinicalPharmacist, kCareNavigator};
constexpr std::array<std::size_t, 5> kHome = {kSeniorCareWorker, kCareWorker, kCareWorker, kCareWorker, kCareWorker};
constexpr std::array<std::size_t, 10> kCharity = {kCoordinator, kVolunteer, kVolunteer, kVolunteer, kVolunteer,
                                                  kVolunteer,   kVolunteer, kVolunteer, kVolunteer, kVolunteer};

}  // namespace

std::span<const Post> Posts() { return kPosts; }

std::span<const std::size_t> PostsOf(std::string_view organisation_type) {
  if (organisation_type == "acute_trust") return kAcute;
  if (organisation_type == "community_trust") return kCommunity;
  if (organisation_type == "council") return kCouncil;
  if (organisation_type == "practice") return kGeneralPractice;
  if (organisation_type == "practice_network") return kNetwork;
  if (organisation_type == "care_home") return kHome;
  if (organisation_type == "charity") return kCharity;
  return {};
}

}  // namespace passport
