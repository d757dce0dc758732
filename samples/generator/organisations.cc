#include "samples/generator/parts.h"

namespace passport {

std::vector<SampleOrganisation> MakeOrganisations() {
  // What every employer knows of its own people, and what a host signs for a guest.
  const std::vector<std::string> unregulated = {"identity_check",
                                                "right_to_work",
                                                "employment",
                                                "employment_history",
                                                "criminal_record_check",
                                                "work_health_clearance",
                                                "mandatory_training",
                                                "other_training",
                                                "competence",
                                                "licence_to_attend",
                                                "entitlement"};
  std::vector<std::string> all = unregulated;
  for (const std::string_view kind : {"professional_registration", "qualification", "immunity", "mdt_membership"}) {
    all.emplace_back(kind);
  }
  std::vector<std::string> voluntary = unregulated;
  voluntary.emplace_back("volunteer_role");
  return {
      {"ods:X0A", "Ouzel Valley Hospitals NHS Trust (fictional)", "acute_trust", "nhs_trust", "901", all},
      {"ods:X0B", "Greensand Ridge University Hospitals NHS Foundation Trust (fictional)", "acute_trust", "nhs_trust",
       "902", all},
      {"ods:X0C", "Ivel and Flit Community Health NHS Trust (fictional)", "community_trust", "nhs_trust", "903", all},
      {"ons:E99999901", "Flitwater Council (fictional)", "council", "local_government", "", all},
      {"ods:X99901", "Willow Bridge Surgery (fictional)", "practice", "primary_care", "", all},
      {"ods:U99901", "Three Brooks Primary Care Network (fictional)", "practice_network", "primary_care", "", all},
      {"cqc:1-999999991", "Larkmead House Care Home (fictional)", "care_home", "social_care", "", unregulated},
      {"charity:9999991", "Kindly Neighbours Befriending (fictional)", "charity", "voluntary", "", voluntary},
      {"ods:X0R0A", "Ouzel and Ivel Integrated Care Board (fictional)", "registrar", "system", "", {}},
  };
}

const std::vector<Employer>& Employers() {
  static const std::vector<Employer> kEmployers = {
      {75, true, true, false, "x0a", "201"},          {60, true, true, false, "x0b", "202"},
      {55, true, true, false, "x0c", "203"},          {30, false, true, true, "flitwater", "FC"},
      {20, false, true, true, "willow-bridge", "WB"}, {10, false, true, true, "three-brooks", "TB"},
      {30, false, false, true, "larkmead", "LH"},     {20, false, false, true, "kindly-neighbours", "KN"},
      {0, false, false, false, "registrar", ""},
  };
  return kEmployers;
}

}  // namespace passport
