#include "samples/demo/file_import.h"

#include <algorithm>
#include <utility>

#include "operator-cli/import_file.h"

namespace passport {
namespace {

constexpr std::uint64_t kDemoSalt = 1;  // the people are invented and the same in every run
constexpr int kNoStandardInput = -1;

class Faults final : public RowObserver {
 public:
  explicit Faults(std::vector<RowFault>& faults) : faults_(faults) {}
  void OnRowFault(const RowFault& fault) override { faults_.push_back(fault); }

 private:
  std::vector<RowFault>& faults_;
};

}  // namespace

Result<ReadFile> ReadEmployersFile(const std::string& path, const CompetenceTable& competences, CivilDay today) {
  const FileRecords::Terms terms{
      .competences = competences,
      .import = {.today = today, .checker_role = "workforce_information", .checked_on = today, .salt = kDemoSalt},
      .format = std::nullopt};
  TRY_ASSIGN(const FileFacts facts, ReadAhead(path, terms));
  ReadFile file{.id = facts.digest,
                .source = std::string(WordOf(facts.format)),
                .progress = facts.progress,
                .orders = {},
                .faults = {}};
  std::replace(file.source.begin(), file.source.end(), '_', '-');
  TRY_ASSIGN(OpenFile bytes, OpenFile::ForReading(path, kNoStandardInput));
  Faults faults(file.faults);
  FileRecords records(std::move(bytes), terms, faults);
  while (std::optional<PlacedRecord> placed = records.Next()) file.orders.push_back(OrderOf(std::move(*placed)));
  if (records.fault()) return *records.fault();
  return file;
}

Result<StagedAnswer> StageOrders(ServiceClient& client, const ImportOpening& opening,
                                 const std::vector<ImportOrder>& orders, std::vector<ImportRowAnswer>& answers) {
  auto next = orders.begin();
  return client.StageImport(
      opening,
      [&]() -> std::optional<ImportOrder> {
        if (next == orders.end()) return std::nullopt;
        return *next++;
      },
      [&](const ImportRowAnswer& answer) { answers.push_back(answer); });
}

Result<IssueAnswer> IssueStaged(ServiceClient& client, const std::string& import_id) {
  constexpr std::uint64_t kNotNamed = 0;
  return client.IssueImport("issue-" + import_id, import_id, kNotNamed, [](const IssueAnswer&) {});
}

Result<IssueAnswer> IssueReviewed(ServiceClient& client, const std::string& import_id) {
  std::uint64_t reviewed_revision = 0;
  const ReviewSink sink{
      .import = [&](const ImportReviewAnswer& reviewed) { reviewed_revision = reviewed.reviewed_revision; },
      .draft = [](const DraftAnswer&) {},
      .gone = [](const CredentialAnswer&) {}};
  TRY(client.ReviewImport(import_id, sink));
  return client.IssueImport("issue-" + import_id, import_id, reviewed_revision, [](const IssueAnswer&) {});
}

}  // namespace passport
