// passportctl import
#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <set>

#include "operator-cli/commands/commands.h"
#include "operator-cli/import_report.h"
#include "operator-cli/import_run.h"
#include "operator-cli/passport_codes.h"

namespace passport {
namespace {

constexpr std::size_t kCompetencesBytesMax = std::size_t{16} << 20;

struct ImportFlags {
  std::string file;
  std::string format = "auto";
  std::string competences;
  std::string results;
  std::string codes_out;
  std::string checked_by = "workforce_information";
  bool enrol = false;
  bool resume = false;
};

std::optional<ImportFormat> FormatOf(std::string_view word) {
  for (const ImportFormat format : kImportFormats) {
    if (WordOf(format) == word) return format;
  }
  return std::nullopt;  // "auto"
}

std::uint64_t RandomSalt(Random& random) {
  std::array<std::uint8_t, sizeof(std::uint64_t)> bytes{};
  random.Fill(bytes);
  std::uint64_t salt = 0;
  for (const std::uint8_t byte : bytes) salt = salt << 8U | byte;
  return salt;
}

// The people of the file, read ahead of the import.
Result<std::set<std::string>> PeopleOf(Session& session, const ImportFlags& flags, const FileRecords::Terms& terms) {
  TRY_ASSIGN(OpenFile file, OpenFile::ForReading(flags.file, session.around().input));
  FileRecords records(std::move(file), terms, [](const RowFault&) { /* told when the file is imported */ });
  std::set<std::string> people;
  while (const std::optional<ImportedRecord> record = records.Next()) people.insert(record->employee_number);
  if (records.fault()) return *records.fault();
  return people;
}

// Enrols whoever is not known yet and returns how many that were.
Result<std::uint64_t> EnrolPeople(Session& session, ServiceClient& service, const ImportFlags& flags,
                                  const FileRecords::Terms& terms) {
  TRY_ASSIGN(const std::set<std::string> people, PeopleOf(session, flags, terms));
  TRY_ASSIGN(PassportCodesFile codes, PassportCodesFile::Open(flags.codes_out));
  std::uint64_t enrolled_now = 0;
  for (const std::string& employee_number : people) {
    // Random, because the same id tells the passport code again: it must not follow from an employee number.
    const std::string id = session.RandomRequestId();
    const Result<EnrolledAnswer> enrolled =
        session.Repeating([&] { return service.EnrolPerson(id, employee_number, Secret()); });
    if (!enrolled.ok() && enrolled.fault().reason == Reason::kAlreadyExists) continue;
    if (!enrolled.ok()) return enrolled.fault();
    TRY(codes.Add(employee_number, enrolled->passport_code));
    ++enrolled_now;
  }
  return enrolled_now;
}

Result<void> CheckResultsPath(const ImportFlags& flags) {
  std::error_code none;
  const bool same = flags.results == flags.file || std::filesystem::equivalent(flags.results, flags.file, none);
  if (same) return Fault{Reason::kConfig, "", "--results names the file that is imported"};
  return {};
}

// The ending, or why the file could not be imported.
Result<Ending> ImportFile(Session& session, const ImportFlags& flags) {
  TRY_ASSIGN(const std::string table, ReadText(flags.competences, session.around().input, kCompetencesBytesMax));
  TRY_ASSIGN(const CompetenceTable competences, CompetenceTable::Parse(table));
  const CivilDay today = CivilDay::InLondon(session.around().clock());
  const FileRecords::Terms terms{.competences = competences,
                                 .import = {.today = today,
                                            .checker_role = flags.checked_by,
                                            .checked_on = today,
                                            .salt = RandomSalt(session.around().random)},
                                 .format = FormatOf(flags.format)};
  TRY_ASSIGN(OpenFile file, OpenFile::ForReading(flags.file, session.around().input));
  std::optional<OpenFile> results;
  if (!flags.results.empty()) {
    TRY(CheckResultsPath(flags));
    TRY_ASSIGN(OpenFile opened, OpenFile::ForWriting(flags.results));
    results.emplace(std::move(opened));
  }
  TRY_ASSIGN(ServiceClient * service, session.Service());

  ImportReport report(session, std::move(results));
  ImportTally tally;
  if (flags.enrol) {
    TRY_ASSIGN(tally.people_enrolled, EnrolPeople(session, *service, flags, terms));
  }
  FileRecords records(std::move(file), terms, [&](const RowFault& fault) { report.OnRowFault(fault); });
  ImportRun run(*service, records, session.around(),
                [&](const ImportedRecord& record, const ImportRowAnswer& answer) { report.OnAnswer(record, answer); });
  const Result<void> sent = run(flags.resume ? kResumePatience : kImportPatience);

  const std::uint64_t people_enrolled = tally.people_enrolled;
  tally = report.tally();
  tally.people_enrolled = people_enrolled;
  tally.rows_read = records.progress().rows_read;
  const Result<void> reported = report.Finish(tally);
  if (!sent.ok()) return sent.fault();
  if (records.fault()) return *records.fault();
  if (!reported.ok()) return reported.fault();
  return tally.rows_refused + tally.records_refused > 0 ? Ending::kRefused : Ending::kDone;
}

Ending Import(Session& session, const ImportFlags& flags) {
  if (flags.enrol && flags.codes_out.empty()) {
    return session.Misuse(
        "say with --codes-out FILE where the new passport codes go; only you will be able to read it");
  }
  if (flags.enrol && flags.file == "-")
    return session.Misuse("--enrol reads the file twice; standard input is read once");
  const Result<Ending> ending = ImportFile(session, flags);
  if (ending.ok()) return *ending;
  const Ending refused = session.Refuse(ending.fault());
  if (WorthRepeating(ending.fault().reason)) {
    session.around().errors << "The same command goes on where this one stopped: nothing is issued twice.\n";
  }
  return refused;
}

}  // namespace

void AddImportCommand(CLI::App& program, Action& chosen) {
  CLI::App* import = program.add_subcommand("import", "sign the records of a file (employer)");
  const auto flags = std::make_shared<ImportFlags>();
  import->add_option("FILE", flags->file, "the employer's file, - for standard input")->required();
  import->add_option("--competences", flags->competences, "which course is which subject, samples/competences.csv")
      ->required();
  import->add_option("--format", flags->format, "auto tells it from the columns")
      ->check(CLI::IsMember({"auto", "esr_competence", "hr_csv", "care_home_csv", "learning_csv"}))
      ->capture_default_str();
  import->add_option("--results", flags->results, "write what became of each row to this file (CSV)");
  import->add_flag("--enrol", flags->enrol, "make people known first who are not");
  import->add_option("--checked-by", flags->checked_by, "role of who stands for rows that name no checker")
      ->capture_default_str();
  import->add_option("--codes-out", flags->codes_out, "with --enrol: file for their passport codes, for you only");
  import->add_flag("--resume", flags->resume, "wait up to five minutes for a service that is gone, and go on");
  import->callback([flags, &chosen] { chosen = [flags](Session& session) { return Import(session, *flags);
};
}  // namespace passport
);
}

}  // namespace passport
