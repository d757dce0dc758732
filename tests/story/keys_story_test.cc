// Keys in a process of their own, in a folder or a hardware module: what the service never holds, and what happens when
// the other side goes away.
#include <gmock/gmock.h>
#include <pwd.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <thread>

#include "keys/key_file.h"
#include "keys/sealing.h"
#include "samples/process/process.h"
#include "samples/process/temporary_folder.h"
#include "tests/story/story_house.h"

namespace passport {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class KeysStory : public StoryHouse {
 protected:
  pid_t Signer() {
    const std::string pid = std::to_string(service().process().id());
    std::ifstream children("/proc/" + pid + "/task/" + pid + "/children");
    pid_t child = 0;
    children >> child;
    if (child > 0) return child;
    // The signer was started again by another thread of the service.
    for (const auto& task : std::filesystem::directory_iterator("/proc/" + pid + "/task")) {
      std::ifstream more(task.path() / "children");
      if (more >> child && child > 0) return child;
    }
    return 0;
  }
  // Issues until it works; how often it was refused. Only "not now" is a refusal that a caller may meet.
  int IssueUntilItWorks(std::string_view request) {
    ServiceClient trust = Trust();
    const ImportOrder order = TrainingOrder(serial_++);
    for (int refused = 0; refused < 300; ++refused) {
      const Result<IssuedAnswer> issued = trust.IssueCredential(request, kStoryEmployee, order.record);
      if (issued.ok()) return refused;
      EXPECT_EQ(issued.fault().reason, Reason::kSigning) << issued.fault().detail;
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    ADD_FAILURE() << "it never worked again";
    return -1;
  }

 private:
  std::size_t serial_ = 0;
};

std::string Text(std::span<const std::uint8_t> bytes) { return {bytes.begin(), bytes.end()}; }

// Every private and secret key of a folder, as bytes that would stand in the memory of whoever holds them.
std::vector<std::string> KeyBytes(const std::string& folder, std::string passphrase) {
  passphrase.pop_back();  // its newline
  const Secret words(std::span(reinterpret_cast<const std::uint8_t*>(passphrase.data()), passphrase.size()));
  const StoreHeader header = ReadStoreFile(ReadWholeFile(folder + "/keystore").value()).value().header;
  const Secret master = DeriveKey(words, header.salt, header.cost).value();
  std::vector<std::string> all;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".key") continue;
    const KeyFile file = ReadKeyFile(ReadWholeFile(entry.path().string()).value()).value();
    const std::span clear(reinterpret_cast<const std::uint8_t*>(file.clear.data()), file.clear.size());
    const Secret content = UnsealBytes(master, file.sealed, clear).value();
    std::string key = Text(content.bytes());
    if (!IsSecretRole(file.info.role)) {
      // PKCS#8: the number stands after INTEGER 1 as an OCTET STRING of 32 bytes.
      const std::size_t at = key.find(std::string("\x02\x01\x01\x04\x20", 5));
      key = key.substr(at + 5, 32);
    }
    all.push_back(key);
    std::reverse(key.begin(), key.end());  // as big numbers lie in memory
    all.push_back(key);
  }
  return all;
}

// How many of them stand somewhere in the memory of a process.
std::size_t Found(pid_t process, const std::vector<std::string>& sought) {
  std::ifstream maps("/proc/" + std::to_string(process) + "/maps");
  std::ifstream memory("/proc/" + std::to_string(process) + "/mem", std::ios::binary);
  EXPECT_TRUE(maps.is_open());
  std::set<std::string> found;
  for (std::string line; std::getline(maps, line);) {
    std::size_t from = 0;
    std::size_t to = 0;
    char dash = 0;
    std::string rights;
    std::istringstream(line) >> std::hex >> from >> dash >> to >> rights;
    if (rights.empty() || rights[0] != 'r' || line.find("[v") != std::string::npos) continue;
    std::string bytes(to - from, '\0');
    memory.clear();
    memory.seekg(static_cast<std::streamoff>(from));
    memory.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(memory.gcount()));
    for (const std::string& key : sought) {
      if (bytes.find(key) != std::string::npos) found.insert(key);
    }
  }
  return found.size();
}

TEST_F(KeysStory, TheProcessThatFacesTheNetworkNeverHoldsAKeyOrThePassphrase) {
  StartWithPeople();
  EXPECT_EQ(IssueUntilItWorks("issue-1"), 0);
  const std::string passphrase = ReadWholeFile(service().passphrase_file()).value();
  std::vector<std::string> sought = KeyBytes(service().keys(), passphrase);
  ASSERT_GE(sought.size(), 2 * 9U);
  const pid_t signer = Signer();
  ASSERT_GT(signer, 0);
  if (::geteuid() == 0) {
    EXPECT_GT(Found(signer, sought), 0U) << "the search finds what is there";
  }
  sought.push_back(passphrase.substr(0, passphrase.size() - 1));
  EXPECT_EQ(Found(service().process().id(), sought), 0U);
}

TEST_F(KeysStory, ASignerThatDiesIsStartedAgainAndNothingIsHalfIssued) {
  StartWithPeople();
  EXPECT_EQ(IssueUntilItWorks("issue-1"), 0);
  for (int round = 0; round < 2; ++round) {
    const pid_t signer = Signer();
    ASSERT_GT(signer, 0);
    ASSERT_EQ(::kill(signer, SIGKILL), 0);
    EXPECT_GE(IssueUntilItWorks("again-" + std::to_string(round)), 0);
    EXPECT_NE(Signer(), signer);
  }
  EXPECT_EQ(AllCredentials().size(), 3U);
  ASSERT_TRUE(service().Stop().ok());
  ExpectCleanHouse();
}

TEST_F(KeysStory, TheSignerEndsWithItsService) {
  StartWithPeople();
  const pid_t signer = Signer();
  ASSERT_GT(signer, 0);
  ASSERT_TRUE(service().Kill().ok());
  for (int i = 0; i < 200 && ::kill(signer, 0) == 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(25));
  EXPECT_NE(::kill(signer, 0), 0);
  const Result<void> started = service().Start();
  EXPECT_TRUE(started.ok()) << started.fault().detail;
}

TEST_F(KeysStory, TwoServicesOnOneKeyStoreAreOneTooMany) {
  ASSERT_TRUE(service().Start().ok());
  std::filesystem::create_directory(folder() + "/other");
  ServiceInFolder other({.programs = PASSPORT_PROGRAMS,
                         .folder = folder() + "/other",
                         .registrar = std::string(kStoryRegistrar),
                         .registrar_name = "Another registrar (fictional)",
                         .run_flags = {}});
  ASSERT_TRUE(other.Make().ok());
  std::vector<std::string> words = other.RunWords();
  *std::find(words.begin(), words.end(), other.keys()) = service().keys();
  *std::find(words.begin(), words.end(), other.passphrase_file()) = service().passphrase_file();
  const Result<ProcessEnd> end = other.RunWith(words);
  ASSERT_TRUE(end.ok());
  EXPECT_EQ(end->exit_code, 67) << end->errors;
  EXPECT_THAT(end->errors, AllOf(HasSubstr(service().keys()), HasSubstr("in use")));
}

TEST_F(KeysStory, ThePassphraseFileMayEndInANewlineOrNot) {
  const std::string with_newline = ReadWholeFile(service().passphrase_file()).value();
  ASSERT_EQ(with_newline.back(), '\n');
  for (const std::string& text : {with_newline, with_newline.substr(0, with_newline.size() - 1)}) {
    ASSERT_TRUE(WriteWholeFile(service().passphrase_file(), text).ok());
    ASSERT_EQ(::chmod(service().passphrase_file().c_str(), 0600), 0);
    const Result<void> started = service().Start();
    ASSERT_TRUE(started.ok()) << started.fault().detail;
    ASSERT_TRUE(service().Stop().ok());
  }
}

TEST_F(KeysStory, ASignerThatRunsByItselfServesAServiceThatHasNoKeys) {
  const std::string socket = folder() + "/signer.sock";
  Process signer = Process::Start({.program = service().Program("passport-signer"),
                                   .words = {"--keys", service().keys(), "--passphrase-file",
                                             service().passphrase_file(), "--socket", socket},
                                   .log = folder() + "/signer.log"})
                       .value();
  ASSERT_EQ(signer.WaitForLine(folder() + "/signer.log", In(std::chrono::seconds(60))).value(),
            "passport-signer is ready");
  const std::string port_file = folder() + "/port-of-it";
  const std::vector<std::string> words = {
      "run",      "--data",      service().data(), "--published", service().published(), "--tls",  service().tls(),
      "--listen", "127.0.0.1:0", "--signer",       socket,        "--port-file",         port_file};
  Process running =
      Process::Start({.program = service().Program("passport-service"), .words = words, .log = folder() + "/run.log"})
          .value();
  const Result<std::string> port = running.WaitForLine(port_file, In(std::chrono::seconds(60)));
  EXPECT_TRUE(port.ok()) << ReadWholeFile(folder() + "/run.log").value();
  running.Signal(SIGTERM);
  EXPECT_EQ(running.Wait(In(std::chrono::seconds(60)))->exit_code, 0);
  signer.Signal(SIGTERM);
  EXPECT_EQ(signer.Wait(In(std::chrono::seconds(60)))->exit_code, 0);
  EXPECT_FALSE(std::filesystem::exists(socket));
}

TEST_F(KeysStory, RunsItsSignerAsAUserOfItsOwn) {
  const passwd* const nobody = ::getpwnam("nobody");
  if (::geteuid() != 0 || nobody == nullptr) GTEST_SKIP() << "only root can become another user";
  const uid_t user = nobody->pw_uid;
  std::filesystem::create_directory(folder() + "/house");
  ASSERT_EQ(::chmod(folder().c_str(), 0711), 0);
  ASSERT_EQ(::chmod((folder() + "/house").c_str(), 0711), 0);
  MakeHouse(folder() + "/house", {.programs = {},
                                  .folder = {},
                                  .registrar = {},
                                  .registrar_name = {},
                                  .run_flags = {"--signer-user", "nobody"},
                                  .init_flags = {"--signer-user", "nobody"}});
  const Result<void> started = service().Start();
  ASSERT_TRUE(started.ok()) << started.fault().detail;
  struct stat about {};
  ASSERT_EQ(::stat(("/proc/" + std::to_string(Signer())).c_str(), &about), 0);
  std::ifstream status("/proc/" + std::to_string(Signer()) + "/status");
  std::string line;
  while (std::getline(status, line) && !line.starts_with("Uid:")) {
  }
  const std::string id = std::to_string(user);
  EXPECT_EQ(line, "Uid:\t" + id + "\t" + id + "\t" + id + "\t" + id);
}

TEST_F(KeysStory, AnOperatorSeesAndBeginsTheSuccessionOfItsKeys) {
  StartWithPeople();
  ServiceClient registrar = service().Connect(kStoryRegistrar).value();
  const std::vector<KeyAnswer> keys = registrar.ListKeys("").value();
  EXPECT_GE(keys.size(), 9U);
  const std::string next = registrar.RotateKey("rotate-1", kStoryTrust, "issue").value();
  EXPECT_EQ(registrar.RotateKey("rotate-1", kStoryTrust, "issue").value(), next);
  std::optional<Instant> signs;
  for (int i = 0; i < 100 && !signs; ++i) {
    const auto planned = registrar.PlanKeys(kStoryTrust);
    for (const KeyStepAnswer& step : *planned) {
      if (step.kid == next && step.step == "activate") signs = step.due;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  ASSERT_TRUE(signs) << "it is certified and published by itself";
  const std::string lost = [&] {
    const auto listed = registrar.ListKeys(kStoryTrust);
    for (const KeyAnswer& key : *listed) {
      if (key.role == "issue" && key.state == "active") return key.kid;
    }
    return std::string();
  }();
  EXPECT_EQ(registrar.CompromiseKey("lost-1", {lost, {1'750'000'000}, "stolen"}).value(), next)
      << "the key that was ready signs at once";
  EXPECT_EQ(IssueUntilItWorks("issue-1"), 0);
}

// A token in software, used by real processes. What makes it go away is a module between (tests/keys/fault_module.cc).
class HardwareStory : public KeysStory {
 protected:
  void SetUp() override {
    KeysStory::SetUp();
    const std::string hsm = folder() + "/hsm";
    std::filesystem::create_directories(hsm + "/tokens");
    ASSERT_TRUE(WriteWholeFile(hsm + "/softhsm2.conf", "directories.tokendir = " + hsm +
                                                           "/tokens\nobjectstore.backend = file\nlog.level = ERROR\n")
                    .ok());
    away_ = hsm + "/away";
    ::setenv("SOFTHSM2_CONF", (hsm + "/softhsm2.conf").c_str(), 1);
    ::setenv("PASSPORT_FAULT_MODULE_BEHIND", PASSPORT_SOFTHSM, 1);
    ::setenv("PASSPORT_FAULT_MODULE_AWAY", away_.c_str(), 1);
    ASSERT_EQ(
        std::system("softhsm2-util --init-token --free --label story --so-pin 98765432 --pin 73510642 >/dev/null"), 0);
    std::filesystem::create_directory(folder() + "/house");
    MakeHouse(folder() + "/house", {.programs = {},
                                    .folder = {},
                                    .registrar = {},
                                    .registrar_name = {},
                                    .run_flags = {},
                                    .init_flags = {"--root-later"},
                                    .key_flags = {"--pkcs11", PASSPORT_FAULT_MODULE, "--token", "story"},
                                    .passphrase = "73510642"});
  }
  std::string away_;
};

TEST_F(HardwareStory, StopsSigningWhenTheModuleGoesAwayAndResumesWhenItIsBack) {
  StartWithPeople();
  EXPECT_EQ(IssueUntilItWorks("issue-1"), 0);
  ASSERT_TRUE(WriteWholeFile(away_, "").ok());
  {
    ServiceClient trust = Trust();
    for (int i = 0; i < 3; ++i) {
      const auto refused =
          trust.IssueCredential("away-" + std::to_string(i), kStoryEmployee, TrainingOrder(100).record);
      ASSERT_FALSE(refused.ok());
      EXPECT_EQ(refused.fault().reason, Reason::kSigning);
    }
    EXPECT_EQ(AllCredentials().size(), 1U) << "reading goes on";
  }
  std::filesystem::remove(away_);
  EXPECT_GE(IssueUntilItWorks("back-1"), 0);
  EXPECT_EQ(AllCredentials().size(), 2U);
  // The module is in the signer, and nowhere near the network.
  std::ifstream maps("/proc/" + std::to_string(service().process().id()) + "/maps");
  const std::string mapped{std::istreambuf_iterator<char>(maps), {}};
  EXPECT_EQ(mapped.find("softhsm"), std::string::npos);
  EXPECT_EQ(mapped.find("fault_module"), std::string::npos);
  ASSERT_TRUE(service().Stop().ok());
  ExpectCleanHouse();
}

TEST_F(HardwareStory, ProgramsThatBeginAtOnceAllFindTheToken) {
  std::vector<std::string> organisations;
  for (int i = 0; i < 8; ++i) organisations.push_back("ods:X" + std::to_string(10 + i));
  const Result<void> made = service().MakeCertificates(organisations);
  EXPECT_TRUE(made.ok()) << made.fault().detail;
}

TEST_F(HardwareStory, AWrongPinIsAWrongPassphrase) {
  ASSERT_TRUE(WriteWholeFile(service().passphrase_file(), "00000000\n").ok());
  const Result<ProcessEnd> end = service().RunWith(service().RunWords());
  ASSERT_TRUE(end.ok());
  EXPECT_EQ(end->exit_code, 68) << end->errors;
  EXPECT_THAT(end->errors, HasSubstr("PIN"));
}

}  // namespace
}  // namespace passport
