#include "samples/demo/file_import.h"

#include <utility>

namespace passport {
namespace {

constexpr std::uint64_t kDemoSalt = 1;  // the people are invented and the same in every run

class Collector final : public ImportVisitor {
 public:
  explicit Collector(ReadFile& file) : file_(file) {}
  void OnRecord(ImportedRecord record) override {
    // A row may hold several records: each needs its own id.
    ImportOrder order{.row_id = std::to_string(record.line) + "-" + std::to_string(file_.orders.size()),
                      .request_id = std::move(record.request_key),
                      .employee_number = std::move(record.employee_number),
                      .record = {.kind = std::string(record.kind), .fields = {}}};
    for (ImportedField& field : record.fields) order.record.fields.emplace(field.name, std::move(field.value));
    file_.orders.push_back(std::move(order));
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

Result<void> SendOrders(ServiceClient& client, const std::vector<ImportOrder>& orders,
                        std::vector<ImportRowAnswer>& answers) {
  auto next = orders.begin();
  return client.Import(
      [&]() -> std::optional<ImportOrder> {
        if (next == orders.end()) return std::nullopt;
        return *next++;
      },
      [&](const ImportRowAnswer& answer) { answers.push_back(answer); });
}

}  // namespace passport
