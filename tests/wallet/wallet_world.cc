#include "tests/wallet/wallet_world.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sstream>

#include "credential/trust/published_document.h"
#include "keys/secret_text.h"
#include "keys/system_random.h"

namespace passport {
namespace {

constexpr std::string_view kNurse =
    R"({"id":"nurse","version":1,"title":"Nurse","effective_from":"2020-01-01","expiring_within_days":30,
        "requirements":[{"id":"identity","needs":"identity checked","any_of":[{"kind":"identity_check"}]},
          {"id":"fire","needs":"fire safety in the last 12 months",
           "any_of":[{"training":"fire_safety","level":1,"within_months":12}]}]})";
constexpr std::string_view kCourses =
    R"({"id":"training","version":1,"title":"Test","effective_from":"2020-01-01","subjects":
        [{"word":"fire_safety","label":"Fire safety","framework":"cstf","levels":[1],"higher_covers_lower":true}]})";

void PutBelow(const std::filesystem::path& folder, const std::string& path, std::string_view text) {
  std::filesystem::create_directories((folder / path).parent_path());
  EXPECT_TRUE(WriteWholeFile((folder / path).string(), text).ok());
}

}  // namespace

Secret MyPassphrase(std::string_view text) { return SecretOf(text); }

WalletWorld::WalletWorld(const std::vector<Record>& records)
    : folder_(TemporaryFolder::Make("passport-wallet-test").value()) {
  Publish();
  SystemRandom random;
  PassportOnDisk made = PassportOnDisk::Make(file(), MyPassphrase(), HeldAs::kFile, kLeastCost, random).value();
  std::uint32_t slot = 0;
  for (const Record& record : records) {
    TrustWorld& world = TrustWorld::Get();
    const Credential credential = world.Issue(world.trust, record, slot++, made.key().public_key().point());
    EXPECT_TRUE(made.carried()
                    .Take({.id = credential.id().text(),
                           .issuer = "ods:RC9",
                           .issuer_name = "Example Trust",
                           .kind = std::string(record.kind().word),
                           .state = "current",
                           .state_reason = "",
                           .token = credential.text(),
                           .accepted = false})
                    .ok());
    ids_.push_back(credential.id().text());
  }
  made.carried().person = "person-1";
  made.carried().trust = CarriedTrust{.published = At("published"),
                                      .anchor = WriteJwk(TrustWorld::Get().registry_key.public_key().point()),
                                      .registry_memory = ""};
  EXPECT_TRUE(made.Save(random).ok());
}

void WalletWorld::Publish() const {
  TrustWorld& world = TrustWorld::Get();
  RegistryContent content = world.Content();
  const std::filesystem::path folder = At("published");
  const struct {
    DocumentKind kind;
    std::string id;
    std::string path;
    std::string_view text;
  } documents[] = {{DocumentKind::kRoleProfile, "nurse", "profiles/nurse/1.jwt", kNurse},
                   {DocumentKind::kTaxonomy, "training", "taxonomies/training/1.jwt", kCourses}};
  for (const auto& document : documents) {
    content.documents.push_back({document.kind, document.id, 1, document.path, Sha256(document.text), {}});
    PutBelow(folder, document.path,
             *SignDocument(document.kind, document.text, "registry-1", world.registry_key) + "\n");
  }
  PutBelow(folder, "registry.jwt", world.RegistryToken(content));
  PutBelow(folder, "status/ods-RC9/1.jwt", world.StatusToken(world.trust, {}));
  PutBelow(folder, "status/ons-E06000032/1.jwt", world.StatusToken(world.council, {}));
}

std::string WalletWorld::Write(std::string_view name, std::string_view text) const {
  EXPECT_TRUE(WriteWholeFile(At(name), text).ok());
  EXPECT_EQ(chmod(At(name).c_str(), S_IRUSR | S_IWUSR), 0);
  return At(name);
}

Result<PassportOnDisk> WalletWorld::Open(PassportOnDisk::Intent intent) const {
  return PassportOnDisk::Open(file(), MyPassphrase(), intent);
}

Typed WalletWorld::Type(std::vector<std::string> words, std::optional<bool> agrees, bool colours) {
  words.insert(words.begin(), {"--file", file(), "--passphrase-file", Write("passphrase", kMyPassphrase)});
  return TypeBare(words, agrees, colours);
}

Typed WalletWorld::TypeBare(const std::vector<std::string>& words, std::optional<bool> agrees, bool colours) {
  std::ostringstream output;
  std::ostringstream errors;
  SystemRandom random;
  PersonWorld world{.input = STDIN_FILENO,
                    .output = output,
                    .errors = errors,
                    .output_is_terminal = colours,
                    .colours = colours,
                    .home = At("home"),
                    .cost = kLeastCost,
                    .clock = [] { return kNow; },
                    .pause = [](std::chrono::milliseconds) {},
                    .ask_secret = [](std::string_view) -> Result<Secret> { return MyPassphrase(); },
                    .ask_yes = [&](std::string_view) -> Result<bool> {
                      ++questions;
                      if (agrees) return *agrees;
                      return Fault{Reason::kConfig, "", "there is no terminal to ask at"};
                    },
                    .random = random};
  std::vector<const char*> pointers = {"passport-wallet"};
  for (const std::string& word : words) pointers.push_back(word.c_str());
  const Ending ending = RunPassportWallet(static_cast<int>(pointers.size()), pointers.data(), world);
  return {static_cast<int>(ending), output.str(), errors.str()};
}

}  // namespace passport
