// The published tree behind Debian's nginx with the settings we ship (deploy/nginx/published-tree.conf).
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <array>
#include <filesystem>
#include <map>
#include <sstream>

#include "samples/process/process.h"
#include "tests/story/story_house.h"

namespace passport {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::chrono::seconds kAnswerTime{20};

struct Served {
  int status = 0;
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
};

Served ParsedAnswer(const std::string& text) {
  Served served;
  const std::size_t end = text.find("\r\n\r\n");
  if (end == std::string::npos) return served;
  served.body = text.substr(end + 4);
  std::istringstream lines(text.substr(0, end));
  std::string line;
  std::getline(lines, line);
  served.status = std::atoi(line.substr(line.find(' ') + 1).c_str());
  while (std::getline(lines, line)) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    const std::size_t colon = line.find(": ");
    if (colon == std::string::npos) continue;
    std::string name = line.substr(0, colon);
    for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    served.headers[name] = line.substr(colon + 2);
  }
  return served;
}

class PublishedTree : public StoryHouse {
 protected:
  // A region with one record, published, and nginx beside it on a socket of its own.
  void Serve() {
    ASSERT_NO_FATAL_FAILURE(StartWithPeople());
    const ImportOrder order = TrainingOrder(1);
    ASSERT_TRUE(Trust().IssueCredential("issue-1", order.employee_number, order.record).ok());
    Result<ServiceClient> registrar = service().Connect(kStoryRegistrar);
    ASSERT_TRUE(registrar.ok() && registrar->Publish("publish-2").ok());
    const std::string at = folder() + "/nginx";
    for (const char* const part : {"", "/body", "/other"}) std::filesystem::create_directories(at + part);
    socket_ = at + "/socket";
    const std::string settings = "daemon off;\nmaster_process off;\npid " + at + "/pid;\nerror_log " + at +
                                 "/errors;\nevents { }\nhttp {\n  access_log off;\n  client_body_temp_path " + at +
                                 "/body;\n  proxy_temp_path " + at + "/other;\n  fastcgi_temp_path " + at +
                                 "/other;\n  uwsgi_temp_path " + at + "/other;\n  scgi_temp_path " + at +
                                 "/other;\n  server {\n    listen unix:" + socket_ + ";\n    root " +
                                 service().published() + ";\n    include " PASSPORT_NGINX_SETTINGS ";\n  }\n}\n";
    ASSERT_TRUE(WriteWholeFile(at + "/nginx.conf", settings).ok());
    Result<Process> started = Process::Start({.program = PASSPORT_NGINX,
                                              .words = {"-p", at, "-e", at + "/errors", "-c", at + "/nginx.conf"},
                                              .log = at + "/log"});
    ASSERT_TRUE(started.ok()) << started.fault().detail;
    nginx_.emplace(std::move(started).value());
    // Until it listens; a connection is refused before.
    for (int tries = 0; tries < 100 && Get("/registry.jwt").status == 0; ++tries) {
      const Result<ProcessEnd> ended = nginx_->Wait(In(std::chrono::milliseconds(50)));
      ASSERT_FALSE(ended.ok()) << ended->Text() << ReadWholeFile(at + "/errors").value();
    }
  }

  Served Get(const std::string& path, std::vector<std::string> words = {}) {
    std::vector<std::string> all = {"--silent", "--include", "--max-time", "10", "--unix-socket", socket_};
    all.insert(all.end(), words.begin(), words.end());
    all.push_back("http://passport.example" + path);
    Result<ProcessEnd> end = RunProcess({.program = PASSPORT_CURL, .words = all, .log = ""}, In(kAnswerTime));
    EXPECT_TRUE(end.ok()) << end.fault().detail;
    return end.ok() ? ParsedAnswer(end->output) : Served{};
  }

  std::string FileAt(const std::string& path) { return ReadWholeFile(service().published() + path).value(); }

 private:
  std::string socket_;
  std::optional<Process> nginx_;
};

TEST_F(PublishedTree, IsServedWholeWithItsTypesAndAges) {
  ASSERT_NO_FATAL_FAILURE(Serve());
  const struct {
    std::string path;
    std::string type;
    std::string age;
  } rows[] = {{"/registry.jwt", "application/jwt", "max-age=30"},
              {"/status/ods-X0A/1.jwt", "application/statuslist+jwt", "max-age=30"},
              {"/audit/newest.jwt", "application/jwt", "max-age=30"},
              {"/keys/ods-X0A.jwt", "application/jwt", "max-age=300"},
              {"/.well-known/jwt-vc-issuer/issuers/ods-X0A", "application/json", "max-age=300"},
              {"/types/employment-1.json", "application/json", "max-age=86400"}};
  for (const auto& row : rows) {
    const Served plain = Get(row.path);
    EXPECT_EQ(plain.status, 200) << row.path;
    EXPECT_EQ(plain.body, FileAt(row.path)) << row.path;
    EXPECT_EQ(plain.headers.at("content-type"), row.type) << row.path;
    EXPECT_EQ(plain.headers.at("cache-control"), row.age) << row.path;
    EXPECT_EQ(plain.headers.at("access-control-allow-origin"), "*") << row.path;
  }
}

TEST_F(PublishedTree, IsNotSentAgainToWhoHasItAndIsSmallerOnTheWay) {
  ASSERT_NO_FATAL_FAILURE(Serve());
  const Served first = Get("/status/ods-X0A/1.jwt");
  ASSERT_EQ(first.status, 200);
  const Served again = Get("/status/ods-X0A/1.jwt", {"--header", "If-None-Match: " + first.headers.at("etag")});
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, "");
  EXPECT_EQ(Get("/registry.jwt", {"--header", "If-Modified-Since: " + first.headers.at("last-modified")}).status / 100,
            3);
  const Served small = Get("/registry.jwt", {"--header", "Accept-Encoding: gzip"});
  EXPECT_EQ(small.headers.at("content-encoding"), "gzip");
  EXPECT_THAT(small.headers.at("vary"), HasSubstr("Accept-Encoding"));
  EXPECT_LT(small.body.size(), FileAt("/registry.jwt").size());
  EXPECT_EQ(Get("/registry.jwt", {"--compressed"}).body, FileAt("/registry.jwt"));

  // A change is another file: who has the old one gets the new one.
  const std::vector<CredentialAnswer> all = AllCredentials();
  ASSERT_FALSE(all.empty());
  ASSERT_TRUE(Trust().RevokeCredential("revoke-1", all[0].credential_id, "left_organisation").ok());
  Result<ServiceClient> registrar = service().Connect(kStoryRegistrar);
  ASSERT_TRUE(registrar.ok() && registrar->Publish("publish-3").ok());
  const Served changed = Get("/status/ods-X0A/1.jwt", {"--header", "If-None-Match: " + first.headers.at("etag")});
  EXPECT_EQ(changed.status, 200);
  EXPECT_EQ(changed.body, FileAt("/status/ods-X0A/1.jwt"));
  EXPECT_NE(changed.body, first.body);
}

TEST_F(PublishedTree, IsReadByPagesOfOtherOriginsAndWrittenByNobody) {
  ASSERT_NO_FATAL_FAILURE(Serve());
  const Served leave = Get("/registry.jwt", {"--request", "OPTIONS", "--header", "Origin: https://elsewhere.example",
                                             "--header", "Access-Control-Request-Headers: if-none-match"});
  EXPECT_EQ(leave.status, 204);
  EXPECT_EQ(leave.headers.at("access-control-allow-origin"), "*");
  EXPECT_THAT(leave.headers.at("access-control-allow-headers"), HasSubstr("If-None-Match"));
  for (const char* const verb : {"POST", "PUT", "DELETE", "PATCH"}) {
    EXPECT_EQ(Get("/registry.jwt", {"--request", verb}).status, 405) << verb;
  }
  ASSERT_TRUE(WriteWholeFile(service().published() + "/.fresh-1-1", "half a file").ok());
  ASSERT_TRUE(WriteWholeFile(service().published() + "/status/ods-X0A/.fresh-1-2", "half a file").ok());
  ASSERT_TRUE(WriteWholeFile(service().published() + "/note.txt", "not ours").ok());
  for (const char* const path : {"/.fresh-1-1", "/status/ods-X0A/.fresh-1-2", "/note.txt", "/", "/status/", "/status",
                                 "/nowhere.jwt", "/status/../../house"}) {
    const Served refused = Get(path, {"--path-as-is"});
    EXPECT_GE(refused.status, 400) << path;
    EXPECT_LT(refused.status, 500) << path;
    EXPECT_THAT(refused.body, Not(HasSubstr("half a file"))) << path;
  }
}

}  // namespace
}  // namespace passport
