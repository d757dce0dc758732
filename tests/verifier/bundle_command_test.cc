// passport-verify with a bundle: taken whole or by what has changed, never older, and used like a published tree.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "credential/bundle/bundle.h"
#include "credential/vocabulary/instant_text.h"
#include "tests/credential/evidence/evidence_world.h"
#include "tests/verifier/offline_world.h"
#include "verifier-cli/bundle/age_report.h"
#include "verifier-cli/bundle/take_bundle.h"

namespace passport {
namespace {

BundleFiles WithList(BundleFiles files, const StatusEntries& entries, Instant issued_at) {
  files["status/ods-RC9/1.jwt"] = TrustWorld::Get().StatusToken(TrustWorld::Get().trust, entries, issued_at);
  return files;
}

bool Says(const Ending& ending, std::string_view part) { return ending.output.find(part) != std::string::npos; }

// A ward with a published tree to make bundles of, and a folder that keeps one.
struct Ward {
  OfflineWorld world{{SmallTaxonomy(), IdentityProfile("test", 1, 120)}};
  BundleFiles files = BundleFilesOf(world);
  std::string folder = world.folder().Path("ward");

  Ending Take(const std::string& file) const {
    const std::string stick = world.folder().Write("stick", file);
    return RunAtNow({"bundle", "fetch", stick, "--into", folder, "--anchor", world.anchor(), "--json"});
  }
  Ending Present(const std::string& published, std::vector<std::string> more = {}) const {
    std::vector<std::string> words = {"presentation", world.presentation(), "--published",  published,
                                      "--anchor",     world.anchor(),       "--nonce",      "nonce",
                                      "--audience",   "ons:E06000032",      "--kb-max-age", "999999999"};
    words.insert(words.end(), more.begin(), more.end());
    return RunAtNow(words);
  }
  Ending Show(std::vector<std::string> more = {}) const {
    std::vector<std::string> words = {"bundle", "show", folder, "--anchor", world.anchor()};
    words.insert(words.end(), more.begin(), more.end());
    return RunAtNow(words);
  }
};

TEST(Bundle, AnswersAsTheTreeDoesFromTheFolderAndFromTheFile) {
  const Ward ward;
  const std::string file = BundleOf(ward.files, 7).File();
  const Ending taken = ward.Take(file);
  ASSERT_EQ(taken.exit_code, 0) << taken.output << taken.errors;
  EXPECT_TRUE(Says(taken, R"("how":"whole","sequence":7)")) << taken.output;
  const std::vector<std::string> role = {"--role", "test", "--json"};
  const Ending by_tree = ward.Present(ward.world.published(), role);
  ASSERT_EQ(by_tree.exit_code, 0) << by_tree.output << by_tree.errors;
  EXPECT_EQ(ward.Present(ward.folder, role).output, by_tree.output);
  EXPECT_EQ(ward.Present(ward.world.folder().Write("alone.bundle", file), role).output, by_tree.output);
}

TEST(Bundle, TakesADeltaWhereItHasTheBaseAndTellsWhatIsAtHand) {
  const Ward ward;
  const Bundle seventh = BundleOf(ward.files, 7);
  const Bundle eighth = BundleOf(WithList(ward.files, {{0, 1}}, kNow), 8);
  EXPECT_EQ(ward.Take(eighth.DeltaFrom(seventh)).exit_code, 1) << "nothing to start from";
  ASSERT_EQ(ward.Take(seventh.File()).exit_code, 0);
  EXPECT_EQ(ward.Present(ward.folder).exit_code, 0);
  const Ending by_delta = ward.Take(eighth.DeltaFrom(seventh));
  EXPECT_EQ(by_delta.exit_code, 0) << by_delta.output << by_delta.errors;
  EXPECT_TRUE(Says(by_delta, R"("how":"delta","sequence":8)")) << by_delta.output;
  EXPECT_EQ(ward.Present(ward.folder).exit_code, 1) << "revoked since";
  EXPECT_TRUE(Says(ward.Take(eighth.File()), R"("how":"unchanged")"));
}

TEST(Bundle, TRUST03_TakesNoneThatIsOlderThanItHasSeen) {
  const Ward ward;
  const Bundle seventh = BundleOf(ward.files, 7);
  ASSERT_EQ(ward.Take(BundleOf(ward.files, 8).File()).exit_code, 0);
  const Ending back = ward.Take(seventh.File());
  EXPECT_EQ(back.exit_code, 1);
  EXPECT_TRUE(Says(back, R"("reason":"registry","check":"TRUST-03")")) << back.output;
  EXPECT_EQ(ward.Take(BundleOf(WithList(ward.files, {{9, 1}}, kNow), 8).File()).exit_code, 1) << "another eighth";
  std::ofstream(ward.folder + "/newest.bundle", std::ios::binary) << seventh.File();
  EXPECT_EQ(ward.Present(ward.folder).exit_code, 2) << "nor does it use one that was put there";
  EXPECT_EQ(ward.Take(BundleOf(ward.files, 9).File()).exit_code, 0);
  EXPECT_EQ(ward.Present(ward.folder).exit_code, 0);
}

TEST(Bundle, TRUST02_TakesNoneFromTheFuture) {
  const Ward ward;
  EXPECT_EQ(ward.Take(BundleOf(ward.files, 8, kNow + kDay).File()).exit_code, 1);
}

TEST(Bundle, KeepsTheOldOneWhenTheNewOneDoesNotHold) {
  const Ward ward;
  const Bundle seventh = BundleOf(ward.files, 7);
  ASSERT_EQ(ward.Take(seventh.File()).exit_code, 0);
  const Bundle forged = Bundle::Sign(ward.files, 8, kNow, "registry-1", TrustWorld::Get().stranger).value();
  std::string altered = BundleOf(ward.files, 8).File();
  altered[altered.size() / 2] ^= 1;
  BundleFiles no_registry = ward.files;
  no_registry["registry.jwt"] = "no registry";
  for (const std::string& file : {forged.File(), altered, altered.substr(0, altered.size() / 2),
                                  std::string("a letter"), std::string(), BundleOf(no_registry, 8).File()}) {
    EXPECT_EQ(ward.Take(file).exit_code, 1);
    EXPECT_EQ(WholeFile(ward.folder + "/newest.bundle"), seventh.File());
  }
  EXPECT_EQ(ward.Take(BundleOf(ward.files, 8).File()).exit_code, 0);
}

TEST(Bundle, TSL19_AnOlderListThanWasSeenIsLeftOutFromATreeToo) {
  const Ward ward;
  const std::string memory = ward.world.folder().Path("memory.json");
  const std::vector<std::string> with_memory = {"--memory", memory};
  const std::string list = ward.world.published() + "/status/ods-RC9/1.jwt";
  const auto put = [&](const StatusEntries& entries, Instant issued_at) {
    std::ofstream(list, std::ios::binary) << TrustWorld::Get().StatusToken(TrustWorld::Get().trust, entries, issued_at);
  };
  put({{0, 1}}, kNow - kMinute);
  EXPECT_EQ(ward.Present(ward.world.published(), with_memory).exit_code, 1) << "revoked";
  put({}, kNow - Seconds{3600});
  EXPECT_EQ(ward.Present(ward.world.published()).exit_code, 0) << "who remembers nothing is taken back";
  const Ending back = ward.Present(ward.world.published(), with_memory);
  EXPECT_EQ(back.exit_code, 2);
  EXPECT_TRUE(Says(back, "Left out: status/ods-RC9/1.jwt: an older status list than was seen before")) << back.output;
  put({}, kNow);
  EXPECT_EQ(ward.Present(ward.world.published(), with_memory).exit_code, 0);
}

TEST(Bundle, SaysHowOldEverythingIsInWordsAndInJson) {
  const Ward ward;
  ASSERT_EQ(ward.Take(BundleOf(ward.files, 7, kNow - Seconds{7200}).File()).exit_code, 0);
  const Ending text = ward.Show();
  EXPECT_EQ(text.exit_code, 0) << text.errors;
  EXPECT_TRUE(Says(text, "Bundle 7, made 2 hours ago (" + UtcText(kNow - Seconds{7200}) + "), 5 files."))
      << text.output;
  EXPECT_TRUE(Says(text, "2 status lists: the oldest issued 1 minute ago")) << text.output;
  EXPECT_TRUE(Says(text, "1 taxonomy and 1 version of a role profile.")) << text.output;
  const Ending json = ward.Show({"--json"});
  EXPECT_TRUE(Says(json, R"("bundle":{"sequence":7,"as_of":1795292800,"files":5})")) << json.output;
  EXPECT_TRUE(Says(json, R"("status_lists":{"count":2,"stale":0,)")) << json.output;
  const Ending later = ward.Show({"--at", UtcText(kNow + Seconds{3 * 86'400})});
  EXPECT_EQ(later.exit_code, 2);
  EXPECT_TRUE(Says(later, "2 of them are too old (older than 1 day, or past its end)")) << later.output;
}

TEST(Bundle, CannotTellWhenItIsTooOldAndSaysWhatIs) {
  const Ward ward;
  ASSERT_EQ(ward.Take(BundleOf(ward.files, 7).File()).exit_code, 0);
  const std::vector<std::string> role = {"--role", "test"};
  EXPECT_EQ(ward.Present(ward.folder, role).exit_code, 0);
  const Ending stale = ward.Present(ward.folder, {"--role", "test", "--status-age-max", "30"});
  EXPECT_EQ(stale.exit_code, 2);
  EXPECT_TRUE(Says(stale, "CANNOT TELL: role test version 1")) << stale.output;
  EXPECT_TRUE(Says(stale, "Too old: A status list of ")) << stale.output;
  EXPECT_TRUE(
      Says(stale, "was issued 1 minute ago (" + UtcText(kNow - kMinute) + "); it may be no older than 30 seconds."))
      << stale.output;
  const Ending ended = ward.Present(ward.folder, {"--at", UtcText(kNow + kDay), "--status-age-max", "999999999"});
  EXPECT_EQ(ended.exit_code, 2);
  EXPECT_TRUE(Says(ended, "; it ended 1 minute ago (")) << ended.output;
  const Ending registry = ward.Present(ward.folder, {"--at", UtcText(kNow + Seconds{40 * 86'400}), "--json"});
  EXPECT_EQ(registry.exit_code, 2);
  EXPECT_TRUE(Says(registry, R"("too_old":["The registry (number )")) << registry.output;
}

TEST(Bundle, IsNoQuestionWithoutAPlaceOrAPin) {
  const Ward ward;
  const std::string stick = ward.world.folder().Write("stick", BundleOf(ward.files, 7).File());
  const std::vector<std::vector<std::string>> questions = {
      {"bundle"},
      {"bundle", "fetch", stick, "--anchor", ward.world.anchor()},
      {"bundle", "fetch", stick, "--into", ward.folder},
      {"bundle", "fetch", stick, "--into", ward.folder, "--anchor", ward.world.anchor(), "--ca", stick},
      {"bundle", "fetch", stick, "--into", ward.folder, "--anchor", ward.world.anchor(), "--at", "1"},
      {"bundle", "show", ward.world.folder().Path("nowhere"), "--anchor", ward.world.anchor()},
      {"bundle", "lose", stick}};
  for (const auto& words : questions) EXPECT_EQ(RunAtNow(words).exit_code, 64);
  EXPECT_EQ(RunAtNow({"bundle", "--help"}).exit_code, 0);
  std::filesystem::create_directories(ward.folder);
  std::ofstream(ward.folder + "/memory.json") << "{}";
  EXPECT_EQ(ward.Take(BundleOf(ward.files, 7).File()).exit_code, 64) << "a damaged memory is no empty one";
}

// A program that takes one after another is killed at any moment: what is there is one of them, whole.
TEST(Bundle, HoldsTheOldOneOrTheNewOneWheneverItIsKilled) {
  const Ward ward;
  std::set<std::string> all;
  std::vector<std::string> bundles;
  for (std::uint64_t sequence = 7; sequence < 40; ++sequence) {
    bundles.push_back(
        BundleOf(WithList(ward.files, {{static_cast<std::uint32_t>(sequence), 1}}, kNow), sequence).File());
    all.insert(bundles.back());
  }
  ASSERT_EQ(ward.Take(bundles.front()).exit_code, 0);
  for (int round = 1; round <= 12; ++round) {
    const pid_t child = fork();
    if (child == 0) {
      for (const std::string& bundle : bundles) ward.Take(bundle);
      _exit(0);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(7 * round));
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(all.contains(WholeFile(ward.folder + "/newest.bundle"))) << round;
    EXPECT_EQ(ward.Show().exit_code, 0) << round << ward.Show().output;
  }
}

// What a web server would say, without one.
struct Shelf {
  std::map<std::string, std::string> files;
  std::vector<std::string> asked;
  bool without_tags = false;
  FetchFile Fetch() {
    return [this](const std::string& path, std::size_t bytes_max, const std::string& tag) -> Result<BundleAnswer> {
      asked.push_back(path);
      const auto found = files.find(path);
      if (found == files.end()) return BundleAnswer{};
      const std::string own = without_tags ? "" : Sha256Text(found->second);
      if (!own.empty() && tag == own) return BundleAnswer{.unchanged = true, .body = "", .tag = ""};
      EXPECT_LE(found->second.size(), bytes_max);
      return BundleAnswer{.found = true, .body = found->second, .tag = own};
    };
  }
  void Publish(const Bundle& bundle, const Bundle* base) {
    const std::string number = std::to_string(bundle.manifest().sequence);
    files["bundle/newest"] = bundle.File();
    files["bundle/newest.jwt"] = bundle.manifest_text();
    files["bundle/" + number] = bundle.File();
    if (base != nullptr)
      files["bundle/delta/" + std::to_string(base->manifest().sequence) + "-" + number] = bundle.DeltaFrom(*base);
  }
};

TEST(Bundle, AsksTheServerForNoMoreThanItNeeds) {
  const Ward ward;
  const Result<BundleFolder> folder = BundleFolder::OpenToChange(ward.folder);
  ASSERT_TRUE(folder.ok());
  RegistryPin pin{.keys = TrustWorld::Get().pinned};
  Shelf shelf;
  const auto take = [&] {
    shelf.asked.clear();
    return TakeNewestBundle(*folder, "https://passport.example/", shelf.Fetch(), pin, kNow);
  };
  EXPECT_EQ(take().fault().reason, Reason::kServiceUnreachable);
  const Bundle seventh = BundleOf(ward.files, 7);
  shelf.Publish(seventh, nullptr);
  EXPECT_EQ(take()->how, TakenBundle::How::kWhole);
  EXPECT_EQ(shelf.asked, (std::vector<std::string>{"bundle/newest.jwt", "bundle/7"}));
  EXPECT_EQ(take()->how, TakenBundle::How::kUnchanged);
  EXPECT_EQ(shelf.asked, (std::vector<std::string>{"bundle/newest.jwt"})) << "known by its tag";
  shelf.without_tags = true;
  EXPECT_EQ(take()->how, TakenBundle::How::kUnchanged);
  EXPECT_EQ(shelf.asked, (std::vector<std::string>{"bundle/newest.jwt"})) << "and by its number";
  shelf.Publish(BundleOf(WithList(ward.files, {{2, 1}}, kNow), 7), nullptr);
  EXPECT_EQ(take().fault().check, "TRUST-03") << "another one with this number";
  shelf.without_tags = false;

  const Bundle eighth = BundleOf(WithList(ward.files, {{1, 1}}, kNow), 8);
  shelf.Publish(eighth, &seventh);
  EXPECT_EQ(take()->how, TakenBundle::How::kDelta);
  EXPECT_EQ(shelf.asked, (std::vector<std::string>{"bundle/newest.jwt", "bundle/delta/7-8"}));

  const Bundle ninth = BundleOf(ward.files, 9);
  shelf.Publish(ninth, &eighth);
  shelf.files["bundle/delta/8-9"] = "damaged";
  shelf.files.erase("bundle/9");
  EXPECT_EQ(take()->how, TakenBundle::How::kWhole);
  EXPECT_EQ(shelf.asked,
            (std::vector<std::string>{"bundle/newest.jwt", "bundle/delta/8-9", "bundle/9", "bundle/newest"}));
  EXPECT_EQ(WholeFile(ward.folder + "/newest.bundle"), ninth.File());
}

TEST(Bundle, TellsLengthsInWords) {
  EXPECT_EQ(LengthWords({0}), "0 seconds");
  EXPECT_EQ(LengthWords({1}), "1 second");
  EXPECT_EQ(LengthWords({61}), "1 minute 1 second");
  EXPECT_EQ(LengthWords({3600}), "1 hour");
  EXPECT_EQ(LengthWords({2 * 86'400 + 3 * 3600 + 59}), "2 days 3 hours");
  EXPECT_EQ(LengthWords({86'400 + 59}), "1 day");
}

}  // namespace
}  // namespace passport
