// The rules about text hold in every file, and each would notice a breach.
#include "tests/tidy/text_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace passport::tidy {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

template <class Rule>
Complaints Everywhere(const std::vector<File>& files, Rule rule) {
  Complaints all;
  for (const File& file : files) {
    for (auto& complaint : rule(file)) all.push_back(complaint);
  }
  return all;
}

std::vector<File> Sources() { return WithEnding(Tree(), {".h", ".cc"}); }

TEST(Tidy, AnImpureLineIsFound) {
  const std::string text =
      "// system_clock\nauto a = std::chrono::system_clock::now();\nauto b = time(nullptr);\nstd::random_device c;\n"
      "auto d = getenv(\"fopen\"); std::cout << 1;\nInstant at_time(Instant t);\n";
  EXPECT_THAT(CheckPurity({"credential/a.cc", text}), SizeIs(5));
  EXPECT_THAT(CheckPurity({"passport-service/a.cc", text}), IsEmpty());
}

TEST(Tidy, ADefaultForReasonIsFound) {
  const auto check = [](const std::string& text) { return CheckReasonSwitch({"a.cc", text}); };
  EXPECT_THAT(check("switch (r) { case Reason::kAlg: return 1; default: return 2; }"), SizeIs(1));
  EXPECT_THAT(check("switch (fault.reason) { default: return 2; }"), SizeIs(1));
  EXPECT_THAT(check("switch (r) { case Reason::kAlg: switch (x) { case 1: break; default: break; } }"), IsEmpty());
  EXPECT_THAT(check("switch (x) { case 1: switch (r) { case Reason::kAlg: break; } default: break; }"), IsEmpty());
  EXPECT_THAT(check("switch (x) { case 1: switch (r) { case Reason::kAlg: break; default: ; } }"), SizeIs(1));
  EXPECT_THAT(check("// switch (reason) { default: }"), IsEmpty());
}

TEST(Tidy, ALongFileIsFound) {
  const auto lines = [](std::size_t count) { return std::string(count, '\n'); };
  EXPECT_THAT(CheckLength({"keys/a.cc", lines(400)}), IsEmpty());
  EXPECT_THAT(CheckLength({"keys/a.cc", lines(401)}), SizeIs(1));
  EXPECT_THAT(CheckLength({"tests/keys/a.cc", lines(600)}), IsEmpty());
  EXPECT_THAT(CheckLength({"tests/keys/a.cc", lines(601)}), SizeIs(1));
}

TEST(Tidy, AHeaderWithoutPurposeOrGuardIsFound) {
  EXPECT_THAT(CheckHeaderShape({"a.h", "// What it is for.\n#pragma once\nint a;\n"}), IsEmpty());
  EXPECT_THAT(CheckHeaderShape({"a.h", "#pragma once\nint a;\n"}), SizeIs(1));
  EXPECT_THAT(CheckHeaderShape({"a.h", "// What it is for.\n// #pragma once\n"}), SizeIs(1));
}

TEST(Tidy, AMachineNameIsFound) {
  const auto check = [](const std::string& text) { return CheckMachineNames({"a.md", text}); };
  const std::string home = std::string("/ho") + "me";
  EXPECT_THAT(check("see " + home + "/me/x"), SizeIs(1));
  EXPECT_THAT(check("\"" + home + "\""), SizeIs(1));
  EXPECT_THAT(check("at https://deb." + std::string("debian.org/x")), SizeIs(1));
  EXPECT_THAT(check("https://example.org" + home + "/x and ${folder}" + home + " and a" + home), IsEmpty());
  EXPECT_THAT(check("see " + home + "stead"), IsEmpty());
}

TEST(Tidy, ABadFileNameIsFound) {
  EXPECT_THAT(CheckFileName({"keys/key_store.h", ""}), IsEmpty());
  EXPECT_THAT(CheckFileName({"keys/KeyStore.h", ""}), SizeIs(1));
  EXPECT_THAT(CheckFileName({"keys/key-store.cc", ""}), SizeIs(1));
  EXPECT_THAT(CheckFileName({"keys/key_util.cc", ""}), SizeIs(1));
}

TEST(Tidy, CredentialIsPure) {
  const auto complaints = Everywhere(Sources(), CheckPurity);
  EXPECT_THAT(complaints, IsEmpty()) << Lines(complaints);
}

TEST(Tidy, ReasonIsSwitchedWithoutDefault) {
  const auto complaints = Everywhere(Sources(), CheckReasonSwitch);
  EXPECT_THAT(complaints, IsEmpty()) << Lines(complaints);
}

TEST(Tidy, FilesAreShort) {
  const auto complaints = Everywhere(Sources(), CheckLength);
  EXPECT_THAT(complaints, IsEmpty()) << Lines(complaints);
}

TEST(Tidy, HeadersSayWhatTheyAreFor) {
  const auto complaints = Everywhere(WithEnding(Tree(), {".h"}), CheckHeaderShape);
  EXPECT_THAT(complaints, IsEmpty()) << Lines(complaints);
}

TEST(Tidy, NothingNamesAMachine) {
  const auto complaints = Everywhere(Tree(), CheckMachineNames);
  EXPECT_THAT(complaints, IsEmpty()) << Lines(complaints);
}

TEST(Tidy, SourceFilesAreNamedAlike) {
  const auto complaints = Everywhere(WithEnding(Tree(), {".h", ".cc", ".proto"}), CheckFileName);
  EXPECT_THAT(complaints, IsEmpty()) << Lines(complaints);
}

TEST(Tidy, ScriptsCanBeRun) {
  for (const char* script : {"dev", ".ci/run"}) {
    const auto rights = std::filesystem::status(script).permissions();
    EXPECT_NE(rights & std::filesystem::perms::owner_exec, std::filesystem::perms::none) << script;
  }
}

}  // namespace
}  // namespace passport::tidy
