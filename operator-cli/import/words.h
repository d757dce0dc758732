// The closed lists of words that files may use. Roles are roles: a name of a person is not among them, by design.
#pragma once

#include <array>
#include <string_view>

namespace passport {

inline constexpr std::array<std::string_view, 9> kCheckerRoles = {
    "hr_officer",        "recruitment_officer",   "line_manager",          "registered_manager", "practice_manager",
    "safeguarding_lead", "volunteer_coordinator", "workforce_information", "countersignatory"};
inline constexpr std::array<std::string_view, 11> kDocumentTypes = {
    "passport",          "driving_licence",      "birth_certificate",
    "utility_bill",      "bank_statement",       "council_tax_bill",
    "residence_permit",  "marriage_certificate", "national_identity_card",
    "armed_forces_card", "adoption_certificate"};
inline constexpr std::array<std::string_view, 7> kAssignmentCategories = {
    "permanent", "fixed_term", "bank", "honorary", "secondment", "locum", "volunteer"};
inline constexpr std::array<std::string_view, 3> kDbsLevels = {"basic", "standard", "enhanced"};
inline constexpr std::array<std::string_view, 4> kDbsWorkforces = {"adult", "child", "adult_and_child", "other"};
inline constexpr std::array<std::string_view, 2> kDbsDecisions = {"cleared", "cleared_with_conditions"};
inline constexpr std::array<std::string_view, 4> kBarredLists = {"none", "adults", "children", "both"};
inline constexpr std::array<std::string_view, 7> kRegulators = {"nmc", "gmc", "hcpc", "swe", "gphc", "gdc", "goc"};
inline constexpr std::array<std::string_view, 7> kRegulatorNames = {"NMC", "GMC", "HCPC", "SWE", "GPhC", "GDC", "GOC"};
inline constexpr std::array<std::string_view, 5> kRegistrationStatuses = {"registered", "conditions", "suspended",
                                                                          "lapsed", "removed"};

}  // namespace passport
