// Writes that are cut short: the old state or the new one, never anything between.
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <string>
#include <thread>

#include "tests/keys/key_store_fixture.h"

namespace passport {
namespace {

class KeyStoreCrash : public KeyStoreFixture {
 protected:
  std::size_t Leftovers() const {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder())) {
      if (entry.path().extension() == ".tmp") ++count;
    }
    return count;
  }
  // Runs in a process of its own, ended with the answer as its exit code.
  template <class Work>
  static pid_t Fork(Work work) {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(work());
    return child;
  }
  static int ExitCodeOf(pid_t child) {
    int status = 0;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
};

TEST_F(KeyStoreCrash, WhatAnInterruptedWriteLeftIsIgnoredAndThenRemoved) {
  std::string kid;
  {
    FileKeyStore store = Open().value();
    kid = store.Generate(Trust(), KeyRole::kIssue, KeyState::kActive, kNow).value();
  }
  WriteText(folder() / (kid + ".key.tmp"), "{\"file\":\"staff-pass", 0644);
  WriteText(folder() / "keystore.tmp", "");
  FileKeyStore store = Open().value();
  ASSERT_EQ(store.List().size(), 1U);
  EXPECT_EQ(store.List()[0].state, KeyState::kActive);
  EXPECT_EQ(Leftovers(), 2U);
  ASSERT_TRUE(store.ChangeState(kid, KeyState::kRetired, kNow).ok());
  EXPECT_EQ(Leftovers(), 0U);
  EXPECT_EQ(Open().value().List()[0].state, KeyState::kRetired);
}

TEST_F(KeyStoreCrash, AMakingThatWasInterruptedIsDoneAgain) {
  std::filesystem::create_directory(folder("half"));
  ASSERT_EQ(::chmod(folder("half").c_str(), 0700), 0);
  WriteText(folder("half") / "keystore.tmp", "{");
  EXPECT_EQ(FaultOf(Open(folder("half"))).reason, Reason::kKeyStore);
  EXPECT_TRUE(Make(folder("half")).ok());
  EXPECT_TRUE(Open(folder("half")).ok());
}

TEST_F(KeyStoreCrash, AWriteThatFailsChangesNothing) {
  std::string kid;
  {
    FileKeyStore store = Open().value();
    kid = store.Generate(Trust(), KeyRole::kIssue, KeyState::kActive, kNow).value();
  }
  const pid_t child = Fork([&] {
    Result<FileKeyStore> store = Open();
    if (!store.ok()) return 1;
    ::signal(SIGXFSZ, SIG_IGN);
    const ::rlimit limit{.rlim_cur = 100, .rlim_max = 100};  // no file longer than 100 bytes
    if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) return 2;
    const Result<void> changed = store->ChangeState(kid, KeyState::kRetired, kNow);
    if (changed.ok() || changed.fault().reason != Reason::kKeyStore) return 3;
    if (store->List()[0].state != KeyState::kActive) return 4;
    if (!store->SignerFor(Trust(), KeyRole::kIssue).ok()) return 5;
    if (store->Generate(Council(), KeyRole::kIssue, KeyState::kActive, kNow).ok()) return 6;
    return store->List().size() == 1 ? 0 : 7;
  });
  ASSERT_EQ(ExitCodeOf(child), 0);
  EXPECT_EQ(Leftovers(), 0U);
  const std::vector<KeyInfo> list = Open().value().List();
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].state, KeyState::kActive);
}

TEST_F(KeyStoreCrash, AProcessKilledWhileWritingLosesNothingItWasTold) {
  for (int round = 0; round < 10; ++round) {
    std::array<int, 2> told{};
    ASSERT_EQ(::pipe(told.data()), 0);
    const pid_t child = Fork([&] {
      Result<FileKeyStore> store = Open();
      if (!store.ok()) return 1;
      for (;;) {
        const Result<std::string> kid = store->Generate(Trust(), KeyRole::kIssue, KeyState::kStaged, kNow);
        if (!kid.ok() || !store->ChangeState(*kid, KeyState::kRetired, kNow).ok()) return 2;
        if (::write(told[1], kid->data(), kid->size()) != static_cast<ssize_t>(kid->size())) return 3;
      }
    });
    ::close(told[1]);
    std::string kids;
    std::array<char, 43> kid{};
    const auto wanted = static_cast<std::size_t>(round) + 1;
    while (kids.size() < wanted * kid.size() && ::read(told[0], kid.data(), kid.size()) == ssize_t{43}) {
      kids.append(kid.data(), kid.size());
    }
    std::this_thread::sleep_for(std::chrono::microseconds(round * 137));  // so that it dies at another point each time
    ASSERT_EQ(::kill(child, SIGKILL), 0);
    ASSERT_EQ(ExitCodeOf(child), -1);
    while (::read(told[0], kid.data(), kid.size()) == ssize_t{43}) kids.append(kid.data(), kid.size());
    ::close(told[0]);
    const Result<FileKeyStore> store = Open();
    ASSERT_TRUE(store.ok()) << store.fault().detail;
    const std::vector<KeyInfo> list = store->List();
    ASSERT_GE(kids.size() / kid.size(), wanted);
    for (std::size_t at = 0; at < kids.size(); at += kid.size()) {
      const std::string_view one = std::string_view(kids).substr(at, kid.size());
      const auto found = std::find_if(list.begin(), list.end(), [&](const KeyInfo& info) { return info.kid == one; });
      ASSERT_NE(found, list.end());
      EXPECT_EQ(found->state, KeyState::kRetired);
    }
  }
}

}  // namespace
}  // namespace passport
