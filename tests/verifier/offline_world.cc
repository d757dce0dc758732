#include "tests/verifier/offline_world.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "credential/crypto/jwk.h"
#include "credential/passport/held_credential.h"
#include "credential/presentation/presentation.h"
#include "tests/credential/evidence/evidence_world.h"
#include "verifier-cli/commands/command.h"

namespace passport {
namespace {

constexpr std::string_view kAudience = "ons:E06000032";
constexpr std::string_view kNonce = "nonce";

void WriteBelow(const std::filesystem::path& folder, std::string_view path, std::string_view text) {
  const std::filesystem::path file = folder / path;
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

std::string PathOf(const PublishedRule& rule) {
  return (rule.kind == DocumentKind::kTaxonomy ? "taxonomies/" : "profiles/") + rule.id + "/" +
         std::to_string(rule.version) + ".jwt";
}

void WriteRule(const std::filesystem::path& folder, const PublishedRule& rule) {
  TrustWorld& world = TrustWorld::Get();
  std::string text = rule.text;
  if (rule.file == PublishedRule::File::kMissing) return;
  if (rule.file == PublishedRule::File::kOlderInItsPlace) text = IdentityProfile(rule.id, rule.version - 1, 1200).text;
  std::string file = *SignDocument(rule.kind, text, "registry-1", world.registry_key);
  if (rule.file == PublishedRule::File::kAltered) file[file.size() / 2] = file[file.size() / 2] == 'A' ? 'B' : 'A';
  WriteBelow(folder, PathOf(rule), file + "\n");
}

std::string Presented() {
  TrustWorld& world = TrustWorld::Get();
  Presentation presentation;
  std::uint32_t slot = 0;
  for (const std::string_view kind : {"identity_check", "mandatory_training"}) {
    const Record record = MakeRecord(kind);
    const Credential credential = world.Issue(record, slot++);
    const Result<HeldCredential> held = HeldCredential::Read(credential.text(), *world.Registry(), kNow, kMinute);
    std::vector<std::string> facts;
    for (const Fact& fact : record.facts()) facts.emplace_back(fact.rule->name);
    if (!held.ok()) std::abort();
    presentation.credentials.push_back(*held->Present(
        facts, {.audience = std::string(kAudience), .nonce = std::string(kNonce), .made_at = kNow, .purpose = "shift"},
        world.holder));
  }
  return presentation.Text();
}

}  // namespace

PublishedRule IdentityProfile(std::string_view id, int version, int within_months, std::string_view effective_from) {
  return {.kind = DocumentKind::kRoleProfile,
          .id = std::string(id),
          .version = version,
          .text = R"({"id":")" + std::string(id) + R"(","version":)" + std::to_string(version) +
                  R"(,"title":"Test","effective_from":")" + std::string(effective_from) +
                  R"(","expiring_within_days":30,"requirements":[{"id":"identity","needs":"identity checked",)" +
                  R"("any_of":[{"kind":"identity_check","conditions":[{"fact":"achieved_on","within_months":)" +
                  std::to_string(within_months) + "}]}]}]}"};
}

PublishedRule SmallTaxonomy() {
  return {.kind = DocumentKind::kTaxonomy,
          .id = "training",
          .version = 1,
          .text = R"({"id":"training","version":1,"title":"Test","effective_from":"2020-01-01","subjects":)"
                  R"([{"word":"fire_safety","label":"Fire safety","framework":"cstf","levels":[1],)"
                  R"("higher_covers_lower":true}]})"};
}

OfflineWorld::OfflineWorld(const std::vector<PublishedRule>& rules, const StatusEntries& of_trust) {
  TrustWorld& world = TrustWorld::Get();
  RegistryContent content = EvidenceWorld::Get().Content();
  const std::filesystem::path folder = published();
  for (const PublishedRule& rule : rules) {
    content.documents.push_back({rule.kind, rule.id, rule.version, PathOf(rule), Sha256(rule.text), rule.withdrawn_at});
    WriteRule(folder, rule);
  }
  WriteBelow(folder, "registry.jwt", world.RegistryToken(content));
  WriteBelow(folder, "status/ods-RC9/1.jwt", world.StatusToken(world.trust, of_trust));
  WriteBelow(folder, "status/ons-E06000032/1.jwt", world.StatusToken(world.council, {}));
  std::string anchor = WriteJwk(world.registry_key.public_key().point());
  anchor.insert(1, R"("kid":"registry-1",)");
  folder_.Write("anchor.jwk", anchor);
  static const std::string presented = Presented();
  folder_.Write("shown.json", presented);
}

Ending OfflineWorld::Present(const std::vector<std::string>& more) const {
  std::vector<std::string> words = {
      "presentation", presentation(), "--published",       published(),  "--anchor",
      anchor(),       "--nonce",      std::string(kNonce), "--audience", std::string(kAudience)};
  words.insert(words.end(), more.begin(), more.end());
  return RunAtNow(words);
}

std::string WholeFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

BundleFiles BundleFilesOf(const OfflineWorld& world) {
  BundleFiles files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(world.published())) {
    if (!entry.is_regular_file()) continue;
    std::string text = WholeFile(entry.path().string());
    if (text.ends_with('\n')) text.pop_back();
    files.emplace(std::filesystem::relative(entry.path(), world.published()).string(), std::move(text));
  }
  return files;
}

Bundle BundleOf(const BundleFiles& files, std::uint64_t sequence, Instant as_of) {
  return Bundle::Sign(files, sequence, as_of, "registry-1", TrustWorld::Get().registry_key).value();
}

Ending RunAtNow(const std::vector<std::string>& words, std::string_view input) {
  const TemporaryFolder folder;
  const int standard_input = open(folder.Write("input", input).c_str(), O_RDONLY | O_CLOEXEC);
  std::ostringstream output;
  std::ostringstream errors;
  World world{.input = standard_input, .output = output, .errors = errors, .clock = [] { return kNow; }};
  const std::array commands = {kPresentationCommand, kBundleCommand, kEvidenceCommand, kReceiptCommand,
                               kAuditCommand,        kBadgeCommand,  kAnswerCommand};
  const std::vector<std::string_view> views(words.begin(), words.end());
  const ExitCode code = RunCommand(commands, views, world);
  close(standard_input);
  return {static_cast<int>(code), output.str(), errors.str()};
}

}  // namespace passport
