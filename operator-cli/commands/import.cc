// passportctl import
#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>

#include "credential/crypto/sha256.h"
#include "operator-cli/commands/commands.h"
#include "operator-cli/import_run.h"
#include "operator-cli/passport_codes.h"
#include "terminal/plain_text.h"

namespace passport {
namespace {

constexpr std::size_t kCompetencesBytesMax = std::size_t{16} << 20;
constexpr std::size_t kCheckerBytesMax = 4096;

struct ImportFlags {
  std::string file;
  std::string format = "auto";
  std::string competences;
  std::string source;
  bool full = false;
  bool delta = false;
  std::uint32_t sequence = 0;
  std::string checker_role = "workforce_information";
  std::string checked_on;
  std::string checker_file;
  std::string results;
  std::string codes_out;
  bool dry_run = false;
  bool enrol = false;
  bool resume = false;
};

std::optional<ImportFormat> FormatOf(std::string_view word) {
  for (const ImportFormat format : kImportFormats) {
    if (WordOf(format) == word) return format;
  }
  return std::nullopt;  // "auto"
}

// The first line of the file that names the checker.
Result<std::string> ReadChecker(const ImportFlags& flags, int standard_input) {
  if (flags.checker_file.empty()) return std::string();
  TRY_ASSIGN(std::string text, ReadText(flags.checker_file, standard_input, kCheckerBytesMax));
  text.resize(std::min(text.find_first_of("\r\n"), text.size()));
  return text;
}

// A word as the taxonomy has them. The service asks the list; the name of a person or a title is told at once.
bool IsRole(std::string_view text) {
  return !text.empty() && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

Result<ImportTerms> TermsOf(const ImportFlags& flags, Session& session) {
  const CivilDay today = CivilDay::InLondon(session.around().clock());
  if (!IsRole(flags.checker_role)) {
    return Fault{Reason::kConfig, "",
                 "--checker-role is a role and no name, a word like registered_manager; --checker FILE names a person"};
  }
  ImportTerms terms{.today = today, .checker_role = flags.checker_role, .checked_on = today, .salt = 0};
  if (!flags.checked_on.empty()) {
    const Result<CivilDay> day = CivilDay::Parse(flags.checked_on);
    if (!day.ok()) return Fault{Reason::kConfig, "", "--checked-on is not a day like 2026-03-01"};
    if (*day > today) return Fault{Reason::kConfig, "", "--checked-on lies in the future"};
    terms.checked_on = *day;
  }
  session.around().random.Fill(std::span(reinterpret_cast<std::uint8_t*>(&terms.salt), sizeof terms.salt));
  return terms;
}

// The same file, read in the same way, is the same import.
std::string FileIdOf(const ImportFlags& flags, const ImportOpening& opening, const FileFacts& facts) {
  std::string text = facts.digest + "\n" + opening.source + "\n" + (opening.full ? "full" : "delta") + "\n" +
                     std::to_string(opening.sequence) + "\n" + flags.checker_role + "\n" + flags.checked_on;
  for (const std::uint64_t line : facts.contradicted) text += "\n" + std::to_string(line);
  return Sha256Text(text);
}

std::string SourceOf(const ImportFlags& flags, ImportFormat format) {
  if (!flags.source.empty()) return flags.source;
  std::string source(WordOf(format));
  std::replace(source.begin(), source.end(), '_', '-');
  return source;
}

// Enrols whoever is not known yet and returns how many that were.
Result<std::uint64_t> EnrolPeople(Session& session, ServiceClient& service, const std::set<std::string>& people,
                                  const std::string& codes_out) {
  if (people.empty()) return std::uint64_t{0};
  TRY_ASSIGN(PassportCodesFile codes, PassportCodesFile::Open(codes_out));
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
  TRY_ASSIGN(const ImportTerms import_terms, TermsOf(flags, session));
  TRY_ASSIGN(const std::string checker, ReadChecker(flags, session.around().input));
  const FileRecords::Terms terms{.competences = competences, .import = import_terms, .format = FormatOf(flags.format)};
  if (!flags.results.empty()) TRY(CheckResultsPath(flags));
  TRY_ASSIGN(const FileFacts facts, ReadAhead(flags.file, terms));
  TRY_ASSIGN(ServiceClient * service, session.Service());

  ImportRun::Question question{.path = flags.file,
                               .results = flags.results,
                               .terms = terms,
                               .facts = facts,
                               .opening = {.file_id = {},
                                           .source = SourceOf(flags, facts.format),
                                           .full = flags.full,
                                           .sequence = flags.sequence,
                                           .checker = checker,
                                           .dry_run = flags.dry_run,
                                           .enrol_unknown = flags.enrol,
                                           .rows_expected = facts.contradicted.empty() ? facts.records : 0}};
  question.opening.file_id = FileIdOf(flags, question.opening, facts);
  ImportReport report(session);
  std::set<std::string> people;
  ImportRun run(*service, question, session.around(), report,
                [&](const std::string& employee_number) { people.insert(employee_number); });
  TRY_ASSIGN(const StagedAnswer staged, run(flags.resume ? kResumePatience : kImportPatience));
  std::uint64_t enrolled = 0;
  if (flags.enrol && !flags.dry_run) {
    TRY_ASSIGN(enrolled, EnrolPeople(session, *service, people, flags.codes_out));
  }
  report.Finish(facts.progress, staged, flags.dry_run, enrolled);
  const bool clean =
      report.tally().rows_refused + report.tally().held_back + staged.counts.refused + staged.counts.possible_matches ==
      0;
  return clean ? Ending::kDone : Ending::kRefused;
}

Ending Import(Session& session, const ImportFlags& flags) {
  if (flags.file.empty() || flags.competences.empty()) {
    return session.Misuse("import takes FILE and --competences, or list, or resolve");
  }
  if (flags.file == "-") return session.Misuse("an import is read twice; standard input is read once: name a file");
  if (flags.full && flags.delta) return session.Misuse("--full and --delta exclude each other");
  if (flags.sequence != 0 && flags.source.empty()) return session.Misuse("--sequence numbers files of one --source");
  if (flags.enrol && flags.codes_out.empty() && !flags.dry_run) {
    return session.Misuse(
        "say with --codes-out FILE where the new passport codes go; only you will be able to read it");
  }
  const Result<Ending> ending = ImportFile(session, flags);
  if (ending.ok()) return *ending;
  const Ending refused = session.Refuse(ending.fault());
  if (WorthRepeating(ending.fault().reason)) {
    session.around().errors << "The same command goes on where this one stopped.\n";
  }
  return refused;
}

Ending ListImports(Session& session) {
  constexpr int kPage = 1000;
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  Table table({"import", "source", "mode", "number", "state", "prepared by", "approved by", "begun"});
  std::string token;
  do {
    const Result<ImportPage> page = (*service)->ListImports(kPage, token);
    if (!page.ok()) return session.Refuse(page.fault());
    for (const ImportAnswer& import : page->imports) {
      if (session.json()) {
        json::Tree tree;
        json::Value& line = tree.Object();
        AppendImport(tree, line, import);
        session.PrintJson(line);
      } else {
        table.Add({import.import_id, import.source, import.full ? "full" : "delta", std::to_string(import.sequence),
                   import.state, import.prepared_by, import.approved_by, UtcText(import.begun_at)});
      }
    }
    token = page->next_page_token;
  } while (!token.empty());
  table.Print(session.around().output);
  return Ending::kDone;
}

struct ResolveFlags {
  std::string import_id;
  std::uint64_t line = 0;
  DraftChoice choice;
};

Ending Resolve(Session& session, const ResolveFlags& flags) {
  const int chosen =
      (flags.choice.employee_number.empty() ? 0 : 1) + (flags.choice.new_person ? 1 : 0) + (flags.choice.skip ? 1 : 0);
  if (chosen != 1) return session.Misuse("say one of --person EMPLOYEE_NUMBER, --new-person and --skip");
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  const std::string id = session.RequestId();
  const Result<std::uint64_t> decided =
      session.Repeating([&] { return (*service)->ResolveDraft(id, flags.import_id, flags.line, flags.choice); });
  if (!decided.ok()) return session.Refuse(decided.fault());
  if (session.json()) {
    json::Tree tree;
    json::Value& line = tree.Object();
    AppendNumber(tree, line, "decided", *decided);
    session.PrintJson(line);
  } else {
    session.around().output << "decided for " << *decided << (*decided == 1 ? " record\n" : " records\n");
    if (flags.choice.new_person) {
      session.around().output << "enrol the person under the row's employee number before you issue: person enrol\n";
    }
  }
  return Ending::kDone;
}

void AddResolve(CLI::App& import, Action& chosen) {
  CLI::App* resolve = import.add_subcommand("resolve", "say whose row a possible match is");
  const auto flags = std::make_shared<ResolveFlags>();
  resolve->add_option("IMPORT", flags->import_id, "the import, as import FILE told it")->required();
  resolve->add_option("--line", flags->line, "a line that waits")->required();
  resolve->add_option("--person", flags->choice.employee_number, "it is the person you know under this number");
  resolve->add_flag("--new-person", flags->choice.new_person, "it is somebody who is not known yet");
  resolve->add_flag("--skip", flags->choice.skip, "sign nothing for it");
  resolve->callback([flags, &chosen] { chosen = [flags](Session& session) { return Resolve(session, *flags); }; });
}

}  // namespace

void AddImportCommand(CLI::App& program, Action& chosen) {
  CLI::App* take_in = program.add_subcommand("import", "take in a file of records; signs nothing (employer)");
  const auto flags = std::make_shared<ImportFlags>();
  take_in->add_option("FILE", flags->file, "the employer's file");
  take_in->add_option("--competences", flags->competences, "which course is which subject, samples/competences.csv");
  take_in->add_option("--format", flags->format, "auto tells it from the columns")
      ->check(CLI::IsMember({"auto", "esr_competence", "hr_csv", "care_home_csv", "learning_csv"}))
      ->capture_default_str();
  take_in->add_option("--source", flags->source, "which series of files, esr; told from the format if not given");
  take_in->add_flag("--full", flags->full, "the file says everything the source knows");
  take_in->add_flag("--delta", flags->delta, "the file says what is new (unless --full)");
  take_in->add_option("--sequence", flags->sequence, "number of the file in its series");
  take_in
      ->add_option("--checker-role", flags->checker_role,
                   "who checked rows that do not say it: a role, registered_manager")
      ->capture_default_str();
  take_in->add_option("--checked-on", flags->checked_on, "and when; today if not given");
  take_in->add_option("--checker", flags->checker_file, "file whose first line names the person who answers for it");
  take_in->add_flag("--dry-run", flags->dry_run, "say what would become of each row and keep nothing");
  take_in->add_option("--results", flags->results, "write the file back with what became of each row");
  take_in->add_flag("--enrol", flags->enrol, "make people known who are not");
  take_in->add_option("--codes-out", flags->codes_out, "with --enrol: file for their passport codes, for you only");
  take_in->add_flag("--resume", flags->resume, "wait up to five minutes for a service that is gone, and go on");
  take_in->require_subcommand(0, 1);
  CLI::App* list = take_in->add_subcommand("list", "the imports there are");
  list->callback([&chosen] { chosen = [](Session& session) { return ListImports(session); }; });
  AddResolve(*take_in, chosen);
  take_in->callback([take_in, flags, &chosen] {
    if (take_in->get_subcommands().empty()) {
      chosen = [flags](Session& session) { return Import(session, *flags); };
    }
  });
}

}  // namespace passport
