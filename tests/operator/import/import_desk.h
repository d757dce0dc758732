// Reads a text as an import would and keeps everything that was said about it.
#pragma once

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "operator-cli/import/import_reader.h"

namespace passport {

inline std::string ReadTextFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// The table that ships; tests run in the project's folder.
inline const CompetenceTable& ShippedCompetences() {
  static const CompetenceTable kTable = CompetenceTable::Parse(ReadTextFile("samples/competences.csv")).value();
  return kTable;
}

inline CivilDay TestToday() { return CivilDay::Of(2026, 11, 22).value(); }

inline ImportTerms TestTerms(CivilDay today = TestToday()) {
  return {.today = today, .checker_role = "workforce_information", .checked_on = today, .salt = 7};
}

class ImportDesk : public ImportVisitor {
 public:
  explicit ImportDesk(CivilDay today = TestToday()) : terms_(TestTerms(today)) {}
  void OnRow(const SourceRow& row) override {
    rows += std::to_string(row.line) + ":" + std::to_string(static_cast<int>(row.kind)) + ":" + std::string(row.text) +
            "\n";
  }
  void OnRecord(ImportedRecord record) override { records.push_back(std::move(record)); }
  void OnRowFault(RowFault fault) override { faults.push_back(std::move(fault)); }

  // Reads the whole text in portions of `portion_bytes`.
  Result<void> Read(std::string_view text, std::size_t portion_bytes = 4096) {
    ImportReader reader(ShippedCompetences(), terms_, *this);
    Result<void> result;
    for (std::size_t at = 0; at < text.size() && result.ok(); at += portion_bytes) {
      result = reader.Feed(text.substr(at, portion_bytes));
    }
    if (result.ok()) result = reader.Finish();
    progress = reader.progress();
    encoding = reader.encoding();
    return result;
  }

  // Everything as one text, to compare two readings.
  std::string Told() const {
    std::string told;
    for (const ImportedRecord& record : records) {
      told += std::to_string(record.line) + " " + record.employee_number + " " + std::string(record.kind) + " " +
              record.request_key;
      for (const ImportedField& field : record.fields) told += " " + std::string(field.name) + "=" + field.value;
      for (const MatchKey& key : record.keys) told += " " + std::string(WordOf(key.kind)) + ":" + key.value;
      told += "\n";
    }
    for (const RowFault& fault : faults) {
      told += std::to_string(fault.line) + " " + fault.column + " " + std::string(WordOf(fault.fault.reason)) + " " +
              fault.fault.detail + " (" + std::string(WordOf(fault.value_class)) + ")\n";
    }
    return told + Describe(encoding) + "\n";
  }

  std::vector<ImportedRecord> records;
  std::vector<RowFault> faults;
  std::string rows;  // as they stood
  ImportProgress progress;
  FileEncoding encoding;

 private:
  ImportTerms terms_;
};

inline constexpr std::string_view kEsrHeader =
    "Employee Number,Assignment Number,Competency Name,Expiry Date,Date Start,Last Updated By,Title,VPD\n";
inline constexpr std::string_view kHrHeader =
    "Employee Number,Assignment Number,Given Names,Family Name,Date of Birth,Identity Checked On,Identity Documents,"
    "Identity Checked By,Employer,Position Title,Staff Group,Job Role,Area of Work,Assignment Category,FTE,Start Date,"
    "End Date,DBS Certificate Number,DBS Issued On,DBS Level,DBS Workforce,DBS Barred Adults,DBS Barred Children,"
    "DBS Seen On,DBS Seen By,DBS Decision,DBS Update Service,DBS Update Service Checked On,Regulator,Registration "
    "Number,"
    "Registration Part,Registration Status,Registration Restrictions,Register Checked On,Registration Expires On\n";
inline constexpr std::string_view kLearningHeader =
    "Learner ID,Employee Number,Assignment Number,Given Names,Family Name,E-mail,Date of Birth,National Insurance "
    "Number,Course Code,Course Title,Part,Completion Date,Expiry Date,Status,Score,Provider\n";
inline constexpr std::string_view kCareHomeHeader =
    "Staff Number,Record,Date,Ends,Title,Staff Group,Category,Level,Workforce,Barred Lists,Reference,Checked On,"
    "Checked By,Outcome,Update Service\n";

}  // namespace passport
