// The posts that people of the sample world hold, and the courses that each post calls for.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace passport {

struct Post {
  std::string_view title;
  std::string_view staff_group;
  std::string_view job_role;
  std::string_view area_of_work;
  std::string_view regulator;  // empty: none
  std::string_view part;       // of the register
  std::string_view dbs_level;  // "Enhanced", "Standard", "Basic", or empty: none
  std::string_view workforce;  // "Adult", "Child", "Adult and Child", "Other"
  bool barred_adults;
  bool barred_children;
  std::span<const std::size_t> courses;  // indices in Courses()
};

enum PostIndex : std::size_t {
  kCommunityNurse,
  kWardNurse,
  kResidentDoctor,
  kHealthcareAssistant,
  kPhysiotherapist,
  kWardClerk,
  kSocialWorker,
  kReablementWorker,
  kCouncilOfficer,
  kPractitioner,
  kPracticeNurse,
  kCareNavigator,
  kClinicalPharmacist,
  kCareWorker,
  kSeniorCareWorker,
  kVolunteer,
  kCoordinator,
};

std::span<const Post> Posts();

// The posts of an organisation of that type, in the order they are filled, again and again.
std::span<const std::size_t> PostsOf(std::string_view organisation_type);

}  // namespace passport
