// passport-verify badge on a published tree, without a network and at a fixed time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <map>
#include <mutex>
#include <thread>

#include "credential/badge/badge.h"
#include "tests/verifier/offline_world.h"

namespace passport {
namespace {

using ::testing::HasSubstr;

std::string SignedBadge() {
  TrustWorld& world = TrustWorld::Get();
  PrivateKey& key = world.trust.issue_key;
  return SignBadge({.employer = world.trust.id,
                    .name = "Testina Sample",
                    .role = "Community nurse",
                    .valid_through = CivilDay::InLondon(kNow).PlusDays(30),
                    .photo = Sha256(std::string_view("an image")),
                    .status = {.uri = world.trust.list_uri(), .index = 5},
                    .issued_at = kNow - kMinute},
                   world.trust.status_prefix, Thumbprint(key.public_key().point()), key)
      ->text;
}

Ending CheckBadgeIn(const OfflineWorld& world, const std::string& badge, const std::vector<std::string>& more = {}) {
  std::vector<std::string> words = {"badge",       world.folder().Write("badge.txt", badge + "\n"),
                                    "--published", world.published(),
                                    "--anchor",    world.anchor()};
  words.insert(words.end(), more.begin(), more.end());
  return RunAtNow(words);
}

TEST(Badge, HoldsOfflineAndSaysWhoAndWhere) {
  const OfflineWorld world({});
  const Ending end = CheckBadgeIn(world, SignedBadge());
  EXPECT_EQ(end.exit_code, 0) << end.output << end.errors;
  for (const std::string_view part : {"badge: valid", "Testina Sample, Community nurse", "(ods:RC9)", "--photo"}) {
    EXPECT_THAT(end.output, HasSubstr(std::string(part)));
  }
  EXPECT_THAT(CheckBadgeIn(world, SignedBadge(), {"--json"}).output, HasSubstr("\"verdict\":\"valid\""));
}

TEST(Badge, BelongsToOnePhoto) {
  const OfflineWorld world({});
  const std::string right = world.folder().Write("right.jpg", "an image");
  const std::string wrong = world.folder().Write("wrong.jpg", "another image");
  EXPECT_EQ(CheckBadgeIn(world, SignedBadge(), {"--photo", right}).exit_code, 0);
  EXPECT_EQ(CheckBadgeIn(world, SignedBadge(), {"--photo", wrong}).exit_code, 1);
}

TEST(Badge, CanNotBeToldOnceTheFilesAreTooOld) {
  const OfflineWorld world({});
  const std::string day_later = std::to_string(kNow.seconds + 3600);
  const Ending end = CheckBadgeIn(world, SignedBadge(), {"--at", day_later, "--status-age-max", "900"});
  EXPECT_EQ(end.exit_code, 2) << end.output;
  EXPECT_THAT(end.output, HasSubstr("status_stale"));
}

TEST(Badge, IsRefusedWhenRevokedAlteredOrNone) {
  const OfflineWorld revoked({}, {{5, 1}});
  EXPECT_EQ(CheckBadgeIn(revoked, SignedBadge()).exit_code, 1);
  const OfflineWorld world({});
  std::string altered = SignedBadge();
  altered[altered.size() / 2] = altered[altered.size() / 2] == 'A' ? 'B' : 'A';
  EXPECT_EQ(CheckBadgeIn(world, altered).exit_code, 1);
  EXPECT_EQ(CheckBadgeIn(world, "hello").exit_code, 1);
  EXPECT_EQ(RunAtNow({"badge", "--published", world.published(), "--anchor", world.anchor()}).exit_code, 64);
  EXPECT_EQ(RunAtNow({"badge", "x", "--anchor", world.anchor()}).exit_code, 64);
}

// A web server on this machine with a published tree in it.
class Tree {
 public:
  Tree() : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    const bool listening = bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
                           listen(socket_, 8) == 0 &&
                           getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &length) == 0;
    EXPECT_TRUE(listening);
    address_ = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/";
    thread_ = std::thread([this] { Serve(); });
  }
  ~Tree() { Stop(); }
  Tree(const Tree&) = delete;
  Tree& operator=(const Tree&) = delete;

  const std::string& address() const { return address_; }
  void Publish(const Bundle& bundle) {
    const std::lock_guard lock(mutex_);
    files_["/bundle/newest.jwt"] = bundle.manifest_text();
    files_["/bundle/" + std::to_string(bundle.manifest().sequence)] = bundle.File();
  }
  // Nobody answers from then on.
  void Stop() {
    if (!thread_.joinable()) return;
    shutdown(socket_, SHUT_RDWR);
    thread_.join();
    close(socket_);
  }

 private:
  void Serve() {
    for (int caller = 0; (caller = accept(socket_, nullptr, nullptr)) >= 0; close(caller)) {
      std::string request;
      std::array<char, 4096> part{};
      while (request.find("\r\n\r\n") == std::string::npos) {
        const ssize_t got = recv(caller, part.data(), part.size(), 0);
        if (got <= 0) break;
        request.append(part.data(), static_cast<std::size_t>(got));
      }
      const std::string answer = AnswerTo(request);
      for (std::size_t sent = 0; sent < answer.size();) {
        const ssize_t count = send(caller, answer.data() + sent, answer.size() - sent, MSG_NOSIGNAL);
        if (count <= 0) break;
        sent += static_cast<std::size_t>(count);
      }
    }
  }
  std::string AnswerTo(const std::string& request) {
    const std::size_t begin = request.find(' ') + 1;
    const std::lock_guard lock(mutex_);
    const auto file = files_.find(request.substr(begin, request.find(' ', begin) - begin));
    const std::string body = file == files_.end() ? "" : file->second;
    return std::string("HTTP/1.1 ") + (file == files_.end() ? "404 Not Found" : "200 OK") +
           "\r\nContent-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" + body;
  }

  int socket_;
  std::string address_;
  std::mutex mutex_;
  std::map<std::string, std::string> files_;  // guarded by mutex_
  std::thread thread_;
};

TEST(Badge, IsCheckedByTheNewestStatusWhereThereIsANetwork) {
  const OfflineWorld world({});
  BundleFiles files = BundleFilesOf(world);
  Tree tree;
  tree.Publish(BundleOf(files, 7));
  const std::string kept = world.folder().Path("ward");
  const std::string badge = world.folder().Write("badge.txt", SignedBadge());
  const auto check = [&](std::vector<std::string> more) {
    std::vector<std::string> words = {"badge", badge, "--published", kept, "--anchor", world.anchor()};
    words.insert(words.end(), more.begin(), more.end());
    return RunAtNow(words);
  };
  const std::vector<std::string> online = {"--online", tree.address()};
  const Ending first = check(online);
  EXPECT_EQ(first.exit_code, 0) << first.output << first.errors;
  EXPECT_THAT(first.output, HasSubstr("the newest published files were fetched"));
  EXPECT_EQ(check({}).exit_code, 0) << "what was fetched stays at hand";

  files["status/ods-RC9/1.jwt"] = TrustWorld::Get().StatusToken(TrustWorld::Get().trust, {{5, 1}}, kNow);
  tree.Publish(BundleOf(files, 8));
  EXPECT_EQ(check({}).exit_code, 0) << "nothing is fetched unless it is asked for";
  EXPECT_EQ(check(online).exit_code, 1) << "revoked since";

  tree.Stop();
  const Ending offline = check({"--online", tree.address(), "--json"});
  EXPECT_EQ(offline.exit_code, 1) << "by what is at hand";
  EXPECT_THAT(offline.output, HasSubstr(R"("online":false)"));
  EXPECT_THAT(check(online).output, HasSubstr("not fetched, so what is at hand counts"));
}

TEST(Badge, CanNotBeToldWithoutANetworkAndWithNothingAtHand) {
  const OfflineWorld world({});
  Tree tree;
  tree.Stop();
  const std::string badge = world.folder().Write("badge.txt", SignedBadge());
  const auto check = [&](const std::string& published, std::vector<std::string> more) {
    std::vector<std::string> words = {"badge", badge, "--published", published, "--anchor", world.anchor()};
    words.insert(words.end(), more.begin(), more.end());
    return RunAtNow(words);
  };
  const Ending end = check(world.folder().Path("none"), {"--online", tree.address()});
  EXPECT_EQ(end.exit_code, 2) << end.output << end.errors;
  EXPECT_THAT(end.output, HasSubstr("service_unreachable"));
  EXPECT_EQ(check(world.published(), {"--online", tree.address()}).exit_code, 64) << "no place for a bundle";
  EXPECT_EQ(check(world.folder().Path("none"), {"--online", "ftp://elsewhere.example/"}).exit_code, 64);
  EXPECT_EQ(check(world.folder().Path("none"), {"--online", tree.address(), "--at", "1"}).exit_code, 64);
  EXPECT_EQ(check(world.published(), {"--ca", badge}).exit_code, 64);
}

}  // namespace
}  // namespace passport
