// Taxonomies and role profiles: which words there are, what counts for what, what a role requires. All of it is data.
#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

#include "samples/demo/story.h"
#include "samples/process/temporary_folder.h"

namespace passport {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kLocalProfiles = {
    {{kAcuteTrust, "ward-helper"}, {kCareHome, "support-worker-larkmead"}}};

Result<std::vector<std::string>> RuleFilesIn(const std::string& folder) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  TRY(Expect("there are rules in " + folder, !files.empty()));
  return files;
}

std::size_t FilesIn(const std::string& folder) {
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) ++files;
  }
  return files;
}

}  // namespace

Result<std::size_t> Story::PutAll(std::string_view organisation, RuleWord kind, const std::string& folder) {
  TRY_ASSIGN(const std::vector<std::string> files, RuleFilesIn(folder));
  TRY_ASSIGN(ServiceClient* const client, ClientOf(organisation));
  for (const std::string& file : files) {
    TRY_ASSIGN(const std::string text, ReadWholeFile(file));
    const std::string name = std::filesystem::path(file).stem().string();
    const Result<std::vector<std::string>> put = client->PutRules("put-" + name, kind, text);
    if (!put.ok()) return Fault{put.fault().reason, put.fault().check, file + ": " + put.fault().detail};
  }
  return files.size();
}

// Each is its own organisation's to put.
Result<std::size_t> Story::PutLocalProfiles() {
  const std::string folder = terms_.samples + "/local-profiles/";
  std::size_t put = 0;
  for (const auto& [organisation, name] : kLocalProfiles) {
    TRY_ASSIGN(const std::string text, ReadWholeFile(folder + std::string(name) + ".json"));
    TRY_ASSIGN(ServiceClient* const client, ClientOf(organisation));
    TRY(client->PutRules("put-" + std::string(name), RuleWord::kRoleProfile, text));
    ++put;
  }
  return put;
}

Result<void> Story::PutRules() {
  TRY_ASSIGN(ServiceClient* const registrar, Registrar());
  const std::string& id = std::find_if(terms_.world.organisations.begin(), terms_.world.organisations.end(),
                                       [](const SampleOrganisation& one) { return one.type == "registrar"; })
                              ->id;
  TRY_ASSIGN(facts_.rules.taxonomies, PutAll(id, RuleWord::kTaxonomy, terms_.rules + "/taxonomies"));
  TRY_ASSIGN(const std::size_t regional, PutAll(id, RuleWord::kRoleProfile, terms_.rules + "/profiles"));
  screen_.Say("The registrar puts " + Count(facts_.rules.taxonomies, "taxonomy", "taxonomies") +
              " in force (courses and what counts for what, regulators, words of the workforce; each says who says so) "
              "and " +
              Count(regional, "role profile", "role profiles") +
              ": what a role requires, and how old each check may be. They are proposals, to be agreed locally.");
  TRY_ASSIGN(const std::size_t local, PutLocalProfiles());
  facts_.rules.profiles = regional + local;
  screen_.Say(NameOf(kAcuteTrust) + " asks more of volunteers on its wards, " + NameOf(kCareHome) +
              " wants fire safety every year. They put " + Count(local, "profile", "profiles") +
              " of their own on top of the regional ones: stricter they may always be, looser only where the region "
              "says so.");
  TRY_ASSIGN(const PublishAnswer published, registrar->Publish("publish-first"));
  TRY(Expect("a registry was published", published.registry_sequence > 0));
  screen_.Say(
      "Then the registrar publishes. Registry, rules and status lists (which say what was taken back) are now " +
      Count(FilesIn(service_.published()), "signed file", "signed files") +
      " that anybody may copy and nobody can change unnoticed.");
  return {};
}

}  // namespace passport
