#include "samples/demo/file_import.h"

#include <utility>

#include "operator-cli/import_file.h"

namespace passport {
namespace {

constexpr std::uint64_t kDemoSalt = 1;  // the people are invented and the same in every run

class Collector final : public ImportVisitor {
 public:
  explicit Collector(ReadFile& file) : file_(file) {}
  void OnRecord(ImportedRecord record) override {
    const bool first = file_.orders.empty() || file_.orders.back().line != record.line;
    const std::uint32_t part = first ? 0 : file_.orders.back().part + 1;
    file_.orders.push_back(OrderOf({.record = std::move(record), .part = part}));
  }
  void OnRowFault(RowFault fault) override { file_.faults.push_back(std::move(fault)); }

 private:
  ReadFile& file_;
};

}  // namespace

Result<ReadFile> ReadEmployersFile(std::string_view content, const CompetenceTable& competences, CivilDay today) {
  ReadFile file;
  Collector collector(file);
  const ImportTerms terms{
      .today = today, .checker_role = "workforce_information", .checked_on = today, .salt = kDemoSalt};
  ImportReader reader(competences, terms, collector);
  TRY(reader.Feed(content));
  TRY(reader.Finish());
  file.progress = reader.progress();
  return file;
}

Result<TakenFile> TakeIn(ServiceClient& client, const std::string& file_id, const std::string& source,
                         const std::vector<ImportOrder>& orders) {
  TakenFile taken;
  auto next = orders.begin();
  TRY_ASSIGN(taken.staged, client.StageImport(
                               {.file_id = file_id, .source = source, .checker = {}, .rows_expected = orders.size()},
                               [&]() -> std::optional<ImportOrder> {
                                 if (next == orders.end()) return std::nullopt;
                                 return *next++;
                               },
                               [&](const ImportRowAnswer& answer) { taken.answers.push_back(answer); }));
  TRY_ASSIGN(taken.issued,
             client.IssueImport("issue-" + file_id, taken.staged.import.import_id, [](const IssueAnswer&) {}));
  return taken;
}

}  // namespace passport
