// The published tree behind Debian's nginx with the settings we ship (deploy/nginx/published-tree.conf).
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

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
    port_ = FreePort();
    tls_port_ = FreePort();
    const std::string tls = service().tls();
    const std::string settings =
        "daemon off;\nmaster_process off;\npid " + at + "/pid;\nerror_log " + at +
        "/errors;\nevents { }\nhttp {\n  access_log off;\n  client_body_temp_path " + at +
        "/body;\n  proxy_temp_path " + at + "/other;\n  fastcgi_temp_path " + at + "/other;\n  uwsgi_temp_path " + at +
        "/other;\n  scgi_temp_path " + at + "/other;\n  server {\n    listen unix:" + socket_ +
        ";\n    listen 127.0.0.1:" + std::to_string(port_) + ";\n    listen 127.0.0.1:" + std::to_string(tls_port_) +
        " ssl;\n    ssl_certificate " + tls + "/server.pem;\n    ssl_certificate_key " + tls +
        "/server.key;\n    root " + service().published() + ";\n    include " PASSPORT_NGINX_SETTINGS ";\n  }\n}\n";
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

  std::string Address() const { return "http://127.0.0.1:" + std::to_string(port_) + "/"; }
  std::string SecureAddress() const { return "https://127.0.0.1:" + std::to_string(tls_port_) + "/"; }
  // passport-verify bundle.
  ProcessEnd Bundle(std::vector<std::string> words) {
    words.insert(words.begin(), "bundle");
    words.insert(words.end(), {"--anchor", service().anchor(), "--json"});
    return RunProcess({.program = service().Program("passport-verify"), .words = words, .log = ""}, In(kAnswerTime))
        .value();
  }

 private:
  // Nobody has it at this moment.
  static int FreePort() {
    const int probe = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    const bool bound = bind(probe, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
                       getsockname(probe, reinterpret_cast<sockaddr*>(&address), &length) == 0;
    EXPECT_TRUE(bound);
    close(probe);
    return ntohs(address.sin_port);
  }

  std::string socket_;
  int port_ = 0;
  int tls_port_ = 0;
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
              {"/bundle/newest", "application/vnd.staff-passport.bundle", "max-age=30"},
              {"/bundle/newest.jwt", "application/jwt", "max-age=30"},
              {"/bundle/kept.json", "application/json", "max-age=30"},
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
  const std::string since = Get("/registry.jwt").headers.at("last-modified");
  EXPECT_EQ(Get("/registry.jwt", {"--header", "If-Modified-Since: " + since}).status, 304);
  const Served small = Get("/registry.jwt", {"--header", "Accept-Encoding: gzip"});
  EXPECT_EQ(small.headers.at("content-encoding"), "gzip");
  EXPECT_THAT(small.headers.at("vary"), HasSubstr("Accept-Encoding"));
  EXPECT_LT(small.body.size(), FileAt("/registry.jwt").size());
  EXPECT_EQ(Get("/registry.jwt", {"--compressed"}).body, FileAt("/registry.jwt"));

  // A change is another file: who has the old one gets the new one.
  const std::vector<CredentialAnswer> all = AllCredentials();
  ASSERT_FALSE(all.empty());
  const std::string manifest = "/bundle/newest.jwt";
  const Served before = Get(manifest);
  ASSERT_TRUE(Trust().RevokeCredential("revoke-1", all[0].credential_id, "left_organisation").ok());
  Result<ServiceClient> registrar = service().Connect(kStoryRegistrar);
  ASSERT_TRUE(registrar.ok() && registrar->Publish("publish-3").ok());
  const Served changed = Get(manifest, {"--header", "If-None-Match: " + before.headers.at("etag")});
  EXPECT_EQ(changed.status, 200);
  EXPECT_EQ(changed.body, FileAt(manifest));
  EXPECT_NE(changed.body, before.body);
}

TEST_F(PublishedTree, ABundleIsFetchedByPassportVerifyWholeThenByWhatHasChanged) {
  ASSERT_NO_FATAL_FAILURE(Serve());
  const std::string ward = folder() + "/ward";
  const ProcessEnd first = Bundle({"fetch", Address(), "--into", ward});
  ASSERT_EQ(first.exit_code, 0) << first.output << first.errors;
  EXPECT_THAT(first.output, HasSubstr(R"("how":"whole")"));
  EXPECT_THAT(Bundle({"fetch", Address(), "--into", ward}).output, HasSubstr(R"("how":"unchanged")"));

  const std::vector<CredentialAnswer> all = AllCredentials();
  ASSERT_TRUE(Trust().RevokeCredential("revoke-1", all.at(0).credential_id, "left_organisation").ok());
  Result<ServiceClient> registrar = service().Connect(kStoryRegistrar);
  ASSERT_TRUE(registrar.ok() && registrar->Publish("publish-3").ok());
  const std::string ca = service().tls() + "/ca.pem";
  const ProcessEnd changed = Bundle({"fetch", SecureAddress(), "--into", ward, "--ca", ca});
  ASSERT_EQ(changed.exit_code, 0) << changed.output << changed.errors;
  EXPECT_THAT(changed.output, HasSubstr(R"("how":"delta")"));
  EXPECT_EQ(ReadWholeFile(ward + "/newest.bundle").value(), FileAt("/bundle/newest"));
  EXPECT_EQ(Bundle({"show", ward}).exit_code, 0);
}

TEST_F(PublishedTree, PassportVerifyTrustsNoServerItDoesNotKnowAndTakesNoOtherFile) {
  ASSERT_NO_FATAL_FAILURE(Serve());
  const std::string ward = folder() + "/ward";
  const auto fetched = [&](const std::string& address) { return Bundle({"fetch", address, "--into", ward}).exit_code; };
  EXPECT_EQ(fetched(SecureAddress()), 2) << "a certificate of an authority that this machine does not know";
  EXPECT_EQ(fetched("https://127.0.0.1:" + Address().substr(Address().rfind(':') + 1)), 2) << "no TLS at all";
  EXPECT_EQ(fetched("http://127.0.0.1:1/"), 2) << "nobody there";
  EXPECT_EQ(fetched(Address() + "nowhere/"), 2);
  ASSERT_TRUE(WriteWholeFile(service().published() + "/bundle/newest.jwt", "not ours").ok());
  EXPECT_EQ(fetched(Address()), 1);
  ASSERT_TRUE(WriteWholeFile(service().published() + "/bundle/newest.jwt", std::string(64 * 1024, 'x')).ok());
  EXPECT_EQ(fetched(Address()), 1) << "larger than any of ours";
  EXPECT_FALSE(std::filesystem::exists(ward + "/newest.bundle"));
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
