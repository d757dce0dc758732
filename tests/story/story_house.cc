#include "tests/story/story_house.h"

#include <iterator>
#include <span>

namespace passport {

void StoryHouse::MakeFolder() {
  Result<TemporaryFolder> made = TemporaryFolder::Make("passport-story");
  ASSERT_TRUE(made.ok()) << made.fault().detail;
  folder_ = std::move(made).value();
}

void StoryHouse::SetUp() {
  ASSERT_NO_FATAL_FAILURE(MakeFolder());
  MakeHouse(folder_->path());
}

void StoryHouse::MakeHouse(const std::string& in, ServiceInFolder::Terms terms) {
  terms.programs = PASSPORT_PROGRAMS;
  terms.folder = in;
  terms.registrar = std::string(kStoryRegistrar);
  terms.registrar_name = "A registrar (fictional)";
  terms.run_flags.insert(terms.run_flags.end(), {"--drain", "2"});
  service_.emplace(std::move(terms));
  const Result<void> made = service_->Make();
  ASSERT_TRUE(made.ok()) << made.fault().detail;
}

void StoryHouse::StartWithPeople() {
  const std::vector<std::string> callers = {std::string(kStoryRegistrar), std::string(kStoryTrust)};
  Result<void> done = service_->MakeCertificates(callers);
  ASSERT_TRUE(done.ok()) << done.fault().detail;
  done = service_->Start();
  ASSERT_TRUE(done.ok()) << done.fault().detail;
  done = service_->RegisterSystems(std::span(callers).first(1), RegistrarRoles());
  ASSERT_TRUE(done.ok()) << done.fault().detail;
  Result<ServiceClient> registrar = service_->Connect(kStoryRegistrar);
  ASSERT_TRUE(registrar.ok()) << registrar.fault().detail;
  done = registrar->EnrolOrganisation("enrol-trust", {.id = std::string(kStoryTrust),
                                                      .legal_name = "A trust (fictional)",
                                                      .type = "nhs_trust",
                                                      .record_kinds = {"mandatory_training"}});
  ASSERT_TRUE(done.ok()) << done.fault().detail;
  done = service_->RegisterSystems(std::span(callers).last(1), DeskRoles());
  ASSERT_TRUE(done.ok()) << done.fault().detail;
  const Result<PublishAnswer> published = registrar->Publish("publish-1");
  ASSERT_TRUE(published.ok()) << published.fault().detail;
  Result<EnrolledAnswer> person = Trust().EnrolPerson("enrol-person", kStoryEmployee, Secret());
  ASSERT_TRUE(person.ok()) << person.fault().detail;
  passport_code_ = std::move(person->passport_code);
}

ServiceClient StoryHouse::Trust() {
  Result<ServiceClient> client = service_->Connect(kStoryTrust);
  EXPECT_TRUE(client.ok()) << (client.ok() ? "" : client.fault().detail);
  return std::move(client).value();
}

ToolAnswer StoryHouse::Type(const std::string& organisation, std::vector<std::string> words) {
  const Result<ToolAnswer> answer = AskOperator(*service_, organisation, std::move(words));
  EXPECT_TRUE(answer.ok()) << answer.fault().detail;
  return answer.ok() ? *answer : ToolAnswer{.exit_code = -1, .output = {}};
}

std::vector<CredentialAnswer> StoryHouse::AllCredentials() {
  ServiceClient client = Trust();
  std::vector<CredentialAnswer> all;
  std::string token;
  do {
    constexpr int kPage = 1000;
    Result<CredentialPage> page = client.ListCredentials(kPage, token);
    EXPECT_TRUE(page.ok()) << (page.ok() ? "" : page.fault().detail);
    if (!page.ok()) return all;
    std::move(page->credentials.begin(), page->credentials.end(), std::back_inserter(all));
    token = page->next_page_token;
  } while (!token.empty());
  return all;
}

void StoryHouse::ExpectCleanHouse() {
  const Result<ProcessEnd> end = service_->Check();
  ASSERT_TRUE(end.ok()) << end.fault().detail;
  EXPECT_EQ(end->exit_code, 0) << end->output << end->errors;
  EXPECT_NE(end->output.find("violations 0\n"), std::string::npos) << end->output;
}

Result<IssueAnswer> StoryHouse::ImportAll(std::string_view file_id, const std::vector<ImportOrder>& orders) {
  ServiceClient client = Trust();
  std::vector<ImportRowAnswer> answers;
  TRY_ASSIGN(const StagedAnswer staged, StageOrders(client, OpeningOf(file_id), orders, answers));
  return IssueStaged(client, staged.import.import_id);
}

ImportOrder TrainingOrder(std::size_t number) {
  // Letters only: no word holds six digits in a row.
  std::string subject = "course_";
  for (std::size_t rest = number + 1; rest > 0; rest /= 26) subject += static_cast<char>('a' + rest % 26);
  return {.line = number + 2,
          .part = 0,
          .employee_number = std::string(kStoryEmployee),
          .keys = {},
          .record = {.kind = "mandatory_training",
                     .fields = {{"subject", subject},
                                {"level", "1"},
                                {"framework", "local"},
                                {"provider", "Testy Courses"},
                                {"achieved_on", "2025-03-01"},
                                {"assurance", "employer_verified"},
                                {"method", "learning_record"},
                                {"checker_role", "workforce_information"},
                                {"checked_on", "2025-03-01"}}}};
}

std::vector<ImportOrder> TrainingOrders(std::size_t first, std::size_t count) {
  std::vector<ImportOrder> orders;
  for (std::size_t i = 0; i < count; ++i) orders.push_back(TrainingOrder(first + i));
  return orders;
}

ImportOpening OpeningOf(std::string_view file_id) {
  return {.file_id = std::string(file_id), .source = "learning", .checker = ""};
}

}  // namespace passport
