#include "passport-service/config/settings.h"

#include <gtest/gtest.h>

#include <fstream>

namespace passport {
namespace {

Settings Whole() {
  Settings settings;
  settings.data = "d";
  settings.keys = "k";
  settings.published = "p";
  settings.tls = "t";
  settings.passphrase_file = "f";
  return settings;
}

TEST(Settings, TheExampleOfThePageIsRead) {
  std::ifstream page("docs/formats/api.md");
  const std::string text{std::istreambuf_iterator<char>(page), {}};
  const std::size_t begin = text.find("```json settings\n");
  ASSERT_NE(begin, std::string::npos);
  const std::size_t body = text.find('\n', begin) + 1;
  Settings settings;
  const Result<void> read = ReadSettings(text.substr(body, text.find("```", body) - body), settings);
  ASSERT_TRUE(read.ok()) << read.fault().detail;
  EXPECT_TRUE(settings.Check().ok());
  EXPECT_EQ(settings.data, "/var/lib/passport/data");
  EXPECT_EQ(settings.publish_within.count, 60);
  EXPECT_EQ(settings.people_names, (std::vector<std::string>{"passport.example"}));
}

TEST(Settings, DefaultsFillWhatIsNotSaid) {
  Settings settings = Whole();
  ASSERT_TRUE(ReadSettings("{}", settings).ok());
  EXPECT_TRUE(settings.Check().ok());
  EXPECT_EQ(settings.status_age_max.count, 900);
}

TEST(Settings, WhatIsMissingIsNamed) {
  struct Row {
    void (*spoil)(Settings&);
    const char* named;
  };
  const Row rows[] = {
      {[](Settings& s) { s.data.clear(); }, "data"},
      {[](Settings& s) { s.keys.clear(); }, "keys"},
      {[](Settings& s) { s.published.clear(); }, "published"},
      {[](Settings& s) { s.tls.clear(); }, "tls"},
      {[](Settings& s) { s.passphrase_file.reset(); }, "passphrase_file"},
      {[](Settings& s) { s.passphrase_fd = 3; }, "passphrase_file"},
      {[](Settings& s) { s.pkcs11 = "module.so"; }, "pkcs11"},
      {[](Settings& s) { s.token = "region"; }, "pkcs11"},
      {[](Settings& s) { s.signer = "socket"; }, "signer"},
      {[](Settings& s) { s.listen_people = s.listen; }, "listen_people"},
      {[](Settings& s) {
         s.listen_people.reset();
         s.people_port_file = "port";
       },
       "people_port_file"},
      {[](Settings& s) { s.people_names = {"Passport.example"}; }, "people_names"},
      {[](Settings& s) { s.people_names = {"passport.example:8444"}; }, "people_names"},
      {[](Settings& s) { s.people_names = std::vector<std::string>(17, "passport.example"); }, "people_names"},
      {[](Settings& s) { s.key_published_ahead = {8 * 86'400 - 1}; }, "key_published_ahead_s"},
      {[](Settings& s) { s.registry_lifetime = {31 * 86'400}; }, "key_published_ahead_s"},
      {[](Settings& s) { s.key_overlap = {59}; }, "key_overlap_s"},
      {[](Settings& s) { s.key_life = {30 * 86'400}; }, "key_life_s"},
      {[](Settings& s) { s.threads_max = 1; }, "threads_max"},
      {[](Settings& s) { s.roster_lines_max = 0; }, "roster_lines_max"},
      {[](Settings& s) { s.roster_lines_max = 10'000'001; }, "roster_lines_max"},
      {[](Settings& s) { s.roster_remembered_max = 100'001; }, "roster_remembered_max"},
      {[](Settings& s) { s.publish_within = {0}; }, "publish_within_s"},
      {[](Settings& s) { s.drain = {-1}; }, "drain_s"},
      {[](Settings& s) { s.status_ttl = {59}; }, "status_ttl_s"},
  };
  for (const Row& row : rows) {
    Settings settings = Whole();
    row.spoil(settings);
    const Result<void> checked = settings.Check();
    ASSERT_FALSE(checked.ok()) << row.named;
    EXPECT_EQ(checked.fault().reason, Reason::kFieldInvalid);
    EXPECT_NE(checked.fault().detail.find(row.named), std::string::npos) << checked.fault().detail;
  }
}

TEST(Settings, ASignerThatRunsAlreadyHasTheKeysAndTheirPassphrase) {
  Settings settings = Whole();
  settings.keys.clear();
  settings.passphrase_file.reset();
  settings.signer = "/run/signer/socket";
  EXPECT_TRUE(settings.Check().ok());
  Settings module = Whole();
  ASSERT_TRUE(ReadSettings(R"({"pkcs11":"/usr/lib/module.so","token":"region","signer_user":"keys"})", module).ok());
  EXPECT_TRUE(module.Check().ok());
  EXPECT_EQ(module.token, "region");
}

TEST(Settings, NearMissesAreRefused) {
  for (const char* text :
       {"", "[]", "{\"data\":1}", "{\"unknown\":1}", "{\"data\":\"a\",\"data\":\"b\"}",
        "{\"publish_interval_s\":\"60\"}", "{\"publish_interval_s\":1.5}", "{\"reflection\":1}", "{\"threads_max\":-1}",
        "{\"free_floor_bytes\":-1}", "{\"people_names\":\"passport.example\"}", "{\"people_names\":[1]}",
        "{\"roster_lines_max\":-1}", "{\"roster_remembered_max\":\"many\"}", "{\"passphrase\":\"secret\"}",
        "{\"data\":{\"deep\":{}}}", "{} {}"}) {
    Settings settings;
    EXPECT_FALSE(ReadSettings(text, settings).ok()) << text;
  }
}

}  // namespace
}  // namespace passport
