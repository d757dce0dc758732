// passportctl share watch: as it happens or by polls, from where it had got to.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "operator-cli/resume_place.h"
#include "tests/operator/fake_service.h"

namespace passport {
namespace {

namespace v1 = staffpassport::v1;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr Instant kWatchedAt{1795335999};  // the clock of Type

std::string WatchedContent(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

v1::ShareNotice NoticeOf(const std::string& share, int token) {
  v1::ShareNotice notice;
  notice.set_share_id(share);
  notice.set_resume_token(std::to_string(token));
  notice.mutable_notice_time()->set_seconds(1795335000 + token);
  return notice;
}

v1::WatchSharesResponse Said(const std::string& share, int token) {
  v1::WatchSharesResponse message;
  *message.mutable_notice() = NoticeOf(share, token);
  message.set_resume_token(std::to_string(token));
  return message;
}

v1::WatchSharesResponse SignOfLife(int token) {
  v1::WatchSharesResponse message;
  message.set_resume_token(std::to_string(token));
  return message;
}

class ShareWatch : public ::testing::Test {
 protected:
  ShareWatch() {
    service_.behaviour().watch_status = RefusedStatus(grpc::PERMISSION_DENIED, "NOT_PERMITTED", "the system ended");
  }
  std::string Path(const std::string& name) const { return service_.tls() + "/" + name; }
  std::string place() const { return Path("place"); }
  TypedRun Watch(const std::vector<std::string>& more = {}) {
    std::vector<std::string> words = {"share", "watch", "--resume", place()};
    words.insert(words.end(), more.begin(), more.end());
    return Type(service_, words);
  }
  std::string PlaceOf(const std::string& organisation, const std::string& server, const std::string& token,
                      const std::string& version = "1") const {
    return R"({"staff_passport_share_watch":)" + version + R"(,"organisation":")" + organisation + R"(","server":")" +
           server + R"(","resume_token":")" + token + R"(","as_of":"2026-11-22T08:00:00Z"})" + "\n";
  }
  FakeService service_;
};

TEST_F(ShareWatch, GoesOnWhereItWasCutOffAndKeepsItsPlace) {
  service_.behaviour().watches = {{SignOfLife(0), Said("s1", 1), Said("s2", 2)}, {SignOfLife(2), Said("s1", 3)}};
  const TypedRun run = Watch();
  EXPECT_EQ(run.ending, Ending::kRefused) << "the caller may not any more";
  EXPECT_THAT(service_.behaviour().resume_tokens, ElementsAre("", "2"));
  EXPECT_EQ(run.output,
            "2026-11-22T08:10:01Z  look again at share s1\n2026-11-22T08:10:02Z  look again at share s2\n"
            "2026-11-22T08:10:03Z  look again at share s1\n");
  EXPECT_THAT(run.errors, HasSubstr("trying again"));
  EXPECT_THAT(run.errors, HasSubstr("the watch goes on"));
  EXPECT_THAT(WatchedContent(place()), HasSubstr(R"("resume_token":"3","as_of":"2026-11-22T08:26:39Z")"));
}

TEST_F(ShareWatch, StartedAgainGoesOnAfterItsFile) {
  service_.behaviour().watches = {{SignOfLife(7)}};
  EXPECT_EQ(Watch({"--json"}).output.find("share_id"), std::string::npos);
  service_.behaviour().watches = {{}, {SignOfLife(7), Said("s1", 8)}};
  const TypedRun again = Watch({"--json"});
  EXPECT_THAT(service_.behaviour().resume_tokens, ElementsAre("", "7"))
      << "what happened before anything was told is not passed over";
  EXPECT_THAT(again.output, HasSubstr(R"({"share_id":"s1","at":"2026-11-22T08:10:08Z","resume_token":"8"})"));
}

TEST_F(ShareWatch, ThatNeverReachedTheServiceEnds) {
  service_.behaviour().watch_status = {grpc::UNAVAILABLE, "not yet"};
  const TypedRun run = Watch();
  EXPECT_EQ(run.ending, Ending::kUnavailable);
  EXPECT_FALSE(std::filesystem::exists(place()));
}

TEST_F(ShareWatch, PollsUntilNothingIsLeft) {
  service_.behaviour().notices = {NoticeOf("s1", 1), NoticeOf("s2", 2), NoticeOf("s1", 3)};
  const TypedRun run = Watch({"--poll"});
  EXPECT_EQ(run.ending, Ending::kDone) << run.errors;
  EXPECT_THAT(service_.behaviour().resume_tokens, ElementsAre("", "2", "3"));
  EXPECT_THAT(run.output, HasSubstr("2026-11-22T08:10:03Z  look again at share s1"));
  const TypedRun nothing = Watch({"--poll"});
  EXPECT_EQ(nothing.output, "nothing to look at again\n");
  EXPECT_EQ(service_.behaviour().resume_tokens.back(), "3");
}

TEST_F(ShareWatch, WithoutAFileKeepsNoPlace) {
  service_.behaviour().notices = {NoticeOf("s1", 1)};
  const TypedRun run = Type(service_, {"share", "watch", "--poll"});
  EXPECT_EQ(run.ending, Ending::kDone) << run.errors;
  EXPECT_THAT(run.output, HasSubstr("s1"));
  EXPECT_FALSE(std::filesystem::exists(place()));
}

TEST_F(ShareWatch, AFileThatIsNotItsPlaceIsRefusedAndLeftAlone) {
  const std::string ours = service_.address();
  const struct {
    std::string text;
    const char* why;
  } rows[] = {{"", "is not the place of a watch"},
              {"hello\n", "is not the place of a watch"},
              {"[]\n", "is not the place of a watch"},
              {R"({"resume_token":"2"})", "is not the place of a watch"},
              {PlaceOf("ods:X0A", ours, "2", "2"), "is of another version"},
              {PlaceOf("ods:X0B", ours, "2"), "is the place of another organisation"},
              {PlaceOf("ods:X0A", "elsewhere:1", "2"), "is the place of a watch at another service"},
              {PlaceOf("ods:X0A", ours, ""), "is damaged"},
              {PlaceOf("ods:X0A", ours, R"(2","more":")"), "is damaged"}};
  for (const auto& row : rows) {
    std::ofstream(place()) << row.text;
    for (const char* how : {"--poll", "--json"}) {
      const TypedRun run = Watch({how});
      EXPECT_EQ(run.ending, Ending::kUsage) << row.why;
      EXPECT_THAT(run.errors, HasSubstr(row.why));
    }
    EXPECT_EQ(WatchedContent(place()), row.text);
  }
  EXPECT_THAT(service_.behaviour().resume_tokens, IsEmpty());
  const TypedRun folder = Type(service_, {"share", "watch", "--poll", "--resume", service_.tls()});
  EXPECT_EQ(folder.ending, Ending::kUsage);
}

TEST_F(ShareWatch, ATokenThatTheServiceDoesNotKnowIsSaid) {
  std::ofstream(place()) << PlaceOf("ods:X0A", service_.address(), "2");
  service_.behaviour().status =
      RefusedStatus(grpc::INVALID_ARGUMENT, "FIELD_INVALID", "resume_token is not one that was given");
  const TypedRun run = Watch({"--poll"});
  EXPECT_EQ(run.ending, Ending::kRefused);
  EXPECT_THAT(run.errors, HasSubstr("resume_token is not one that was given"));
}

TEST_F(ShareWatch, SaysWhenNoticesMayHaveBeenForgotten) {
  std::string old = PlaceOf("ods:X0A", service_.address(), "2");
  EXPECT_THAT(Watch({"--poll"}).errors, Not(HasSubstr("look at every share again")));
  old.replace(old.find("2026-11-22T"), 10, "2026-08-01");
  std::ofstream(place()) << old;
  EXPECT_THAT(Watch({"--poll"}).errors, HasSubstr("look at every share again"));
}

TEST_F(ShareWatch, ASilenceIsABreak) {
  service_.behaviour().watch_is_silent = true;
  Result<ServiceClient> client = ServiceClient::Connect(ReadTarget(service_.address(), service_.tls()).value());
  ASSERT_TRUE(client.ok()) << client.fault().detail;
  const auto nothing = [](const std::optional<ShareNotice>&, const std::string&) -> Result<void> { return {}; };
  const Result<void> ended = client->WatchShares("", nothing, std::chrono::milliseconds(200));
  ASSERT_FALSE(ended.ok());
  EXPECT_EQ(ended.fault().reason, Reason::kDeadline);
}

TEST_F(ShareWatch, WhatTheTellerFailsWithEndsIt) {
  service_.behaviour().watches = {{Said("s1", 1), Said("s2", 2)}};
  Result<ServiceClient> client = ServiceClient::Connect(ReadTarget(service_.address(), service_.tls()).value());
  ASSERT_TRUE(client.ok()) << client.fault().detail;
  int told = 0;
  const auto full = [&](const std::optional<ShareNotice>&, const std::string&) -> Result<void> {
    ++told;
    return Fault{Reason::kFileUnreadable, "", "no room"};
  };
  const Result<void> ended = client->WatchShares("", full);
  ASSERT_FALSE(ended.ok());
  EXPECT_EQ(ended.fault().detail, "no room");
  EXPECT_EQ(told, 1);
}

TEST(ResumePlace, OfThePageIsRead) {
  const std::string page = WatchedContent("docs/formats/share-watch.md");
  const std::size_t begin = page.find("```json\n");
  ASSERT_NE(begin, std::string::npos);
  const std::size_t from = begin + 8;
  const std::string path = ::testing::TempDir() + "place-of-the-page";
  std::ofstream(path) << page.substr(from, page.find("```", from) - from);
  const WatchedBy by{.organisation = OrganisationId::Parse("ods:X0A").value(), .server = "passport.example:8443"};
  Result<ResumePlace> place = ResumePlace::Open(path, by);
  ASSERT_TRUE(place.ok()) << place.fault().detail;
  EXPECT_EQ(place->token(), "258");
  EXPECT_FALSE(place->IsTooOld(kWatchedAt));
  ASSERT_TRUE(place->MoveTo("259", kWatchedAt).ok());
  EXPECT_EQ(ResumePlace::Open(path, by)->token(), "259");
  EXPECT_FALSE(std::filesystem::exists(path + ".partial"));
  std::filesystem::remove(path);
}

TEST(ResumePlace, ThatCanNotBeWrittenSaysSo) {
  const WatchedBy by{.organisation = OrganisationId::Parse("ods:X0A").value(), .server = "s:1"};
  Result<ResumePlace> place = ResumePlace::Open("/nonexistent/place", by);
  ASSERT_TRUE(place.ok()) << place.fault().detail;
  const Result<void> moved = place->MoveTo("1", kWatchedAt);
  ASSERT_FALSE(moved.ok());
  EXPECT_EQ(moved.fault().reason, Reason::kFileUnreadable);
}

}  // namespace
}  // namespace passport
