// passportctl roster
#include <charconv>
#include <filesystem>
#include <memory>
#include <utility>

#include "operator-cli/commands/commands.h"
#include "operator-cli/judged_words.h"
#include "operator-cli/roster_file.h"
#include "terminal/plain_text.h"

namespace passport {
namespace {

constexpr std::size_t kRowsReadAtOnce = 1'000;  // for one block, most of which may be bad rows
constexpr std::uint64_t kBadRowsTold = 20;
constexpr std::uint64_t kRowsTellEvery = 10'000;

struct RosterFlags {
  std::string file;
  std::string out;
  RosterQuestion question;
  std::string profile;
  std::vector<std::string> profile_for;
  std::string place;
  bool employment = false;
  bool resume = false;
};

std::string WordsOfRefusal(Reason reason, const std::string& detail) {
  std::string words(WordOf(reason));
  return detail.empty() ? words : words + ": " + detail;
}

Result<RosterProfiles> ProfilesOf(const RosterFlags& flags) {
  RosterProfiles profiles{.of_grade = {}, .otherwise = flags.profile};
  for (const std::string& each : flags.profile_for) {
    const std::size_t equals = each.rfind('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == each.size())
      return Fault{Reason::kConfig, "", "--profile-for takes GRADE=PROFILE"};
    if (!profiles.of_grade.emplace(each.substr(0, equals), each.substr(equals + 1)).second)
      return Fault{Reason::kConfig, "", "--profile-for names a grade twice"};
  }
  return profiles;
}

// One roster on its way from the file to the service and back into a file.
class RosterRun {
 public:
  RosterRun(Session& session, const RosterFlags& flags, RosterFile file)
      : session_(session),
        flags_(flags),
        file_(std::move(file)),
        answers_([this](std::string_view bytes) { return Write(bytes); }) {}

  Ending Run() {
    Result<void> begun = Begin();
    if (!begun.ok()) return session_.Refuse(begun.fault());
    const Result<ServiceClient*> service = session_.Service();
    if (!service.ok()) return session_.Refuse(service.fault());
    const Result<RosterSummaryAnswer> summary = (*service)->CheckRoster(
        flags_.question, [this] { return Next(); }, [this](const RosterLineAnswer& answer) { return Take(answer); });
    if (fault_) return Stopped(*fault_);
    if (!summary.ok()) return Stopped(summary.fault());
    if (out_) {
      const Result<void> synced = out_->Sync();
      if (!synced.ok()) return session_.Refuse(synced.fault());
    }
    return Tell(*summary);
  }

 private:
  Result<void> Write(std::string_view bytes) {
    if (out_) return out_->Write(bytes);
    if (session_.json()) return {};
    session_.around().output << bytes;
    if (session_.around().output) return {};
    return Fault{Reason::kFileUnreadable, "", "the output can not be written"};
  }

  // Where an answer is gone on with, its rows are passed over; they must be those of this file.
  Result<void> Begin() {
    std::optional<AnsweredBefore> before;
    if (flags_.resume) {
      TRY_ASSIGN(before, ReadAnswered(flags_.out));
    }
    first_ = file_.Next();
    if (file_.fault()) return *file_.fault();
    if (before) return GoOn(*before);
    if (!flags_.out.empty()) {
      TRY_ASSIGN(OpenFile out, OpenFile::ForWriting(flags_.out));
      out_.emplace(std::move(out));
    }
    return answers_.Header(file_.rows().header());
  }

  Result<void> GoOn(const AnsweredBefore& before) {
    RowTrail trail;
    trail.Add(file_.rows().header());
    for (std::uint64_t row = 0; row < before.counts.rows() && first_; ++row) {
      trail.Add(first_->text);
      first_ = file_.Next();
    }
    if (file_.fault()) return *file_.fault();
    if (trail != before.trail) return Fault{Reason::kConfig, "", "the file to go on with answers another roster"};
    std::error_code error;
    std::filesystem::resize_file(flags_.out, before.end, error);  // what a kill left of a last row
    if (error) return Fault{Reason::kFileUnreadable, "", flags_.out + " can not be written"};
    TRY_ASSIGN(OpenFile out, OpenFile::PrivateForAppending(flags_.out));
    out_.emplace(std::move(out));
    answers_.CountBefore(before.counts);
    return {};
  }

  std::optional<RosterRow> NextRow() {
    if (first_) return std::exchange(first_, std::nullopt);
    return file_.Next();
  }

  std::optional<std::vector<RosterEntry>> Next() {
    std::vector<RosterEntry> entries;
    for (std::size_t read = 0; read < kRowsReadAtOnce && entries.size() < kRosterBlock; ++read) {
      std::optional<RosterRow> row = NextRow();
      if (!row) {
        if (file_.fault()) fault_ = file_.fault();
        if (fault_ || entries.empty()) return std::nullopt;
        return entries;
      }
      const Result<void> added = AddRow(std::move(*row), entries);
      if (!added.ok()) {
        fault_ = added.fault();
        return std::nullopt;
      }
    }
    return entries;
  }

  Result<void> AddRow(RosterRow row, std::vector<RosterEntry>& entries) {
    if (row.shift) {
      const RosterShift& shift = *row.shift;
      entries.push_back({.id = std::to_string(row.line),
                         .employee_number = shift.employee_number,
                         .profile = shift.profile,
                         .place = shift.place.empty() ? flags_.place : shift.place,
                         .employment = flags_.employment,
                         .starts_at = shift.starts_at,
                         .ends_at = shift.ends_at});
      return answers_.Add(std::move(row), std::nullopt);
    }
    const std::string words = WordsOfRefusal(row.fault->reason, row.fault->detail);
    if (++bad_rows_ <= kBadRowsTold) session_.around().errors << "line " << row.line << ": " << words << "\n";
    PrintLine(std::to_string(row.line), "refused", words, "", {});
    return answers_.Add(std::move(row), RosterAnswers::Words{.outcome = "refused", .reason = words, .until = ""});
  }

  Result<void> Take(const RosterLineAnswer& answer) {
    RosterAnswers::Words words{.outcome = "refused", .reason = answer.reason, .until = answer.holds_through};
    if (answer.outcome) {
      words.outcome = WordOf(*answer.outcome);
    } else if (answer.refusal) {
      words.reason = WordsOfRefusal(answer.refusal->reason, answer.refusal->detail);
    }
    PrintLine(answer.id, words.outcome, words.reason, words.until, answer.lines);
    std::uint64_t line = 0;
    const char* const end = answer.id.data() + answer.id.size();
    if (std::from_chars(answer.id.data(), end, line).ptr != end) line = 0;
    TRY(answers_.Answer(line, std::move(words)));
    if (++answered_ % kRowsTellEvery == 0) session_.around().errors << answered_ << " rows answered\n";
    return {};
  }

  void PrintLine(const std::string& line, const std::string& outcome, const std::string& reason,
                 const std::string& until, const std::vector<RequirementAnswer>& requirements) {
    if (session_.json()) {
      json::Tree tree;
      json::Value& object = tree.Object();
      AppendText(tree, object, "line", line);
      AppendText(tree, object, "outcome", outcome);
      AppendText(tree, object, "reason", reason);
      AppendText(tree, object, "until", until);
      if (!requirements.empty()) AppendRequirements(tree, object, requirements);
      session_.PrintJson(object);
      return;
    }
    if (requirements.empty() || outcome == "met") return;
    std::ostream& out = session_.around().output;
    out << "line " << line << ": " << outcome << "\n";
    for (const RequirementAnswer& each : requirements) {
      if (each.outcome == RoleAnswer::kMet) continue;
      out << "  " << Plain(each.needs) << ": " << WordOf(each.outcome) << " (" << each.reason << ")";
      if (!each.who.empty()) out << "; " << Plain(each.who) << ": " << Plain(each.remedy);
      out << "\n";
    }
  }

  void TellBadRows() {
    if (bad_rows_ > kBadRowsTold)
      session_.around().errors << "and " << bad_rows_ - kBadRowsTold << " more rows that can not be read\n";
  }

  Ending Stopped(const Fault& why) {
    TellBadRows();
    if (out_ && out_->Sync().ok())
      session_.around().errors << answers_.counts().rows() << " rows stand in the answer; go on with --resume\n";
    return session_.Refuse(why);
  }

  Ending Tell(const RosterSummaryAnswer& summary) {
    TellBadRows();
    const RosterCounts& counts = answers_.counts();
    if (session_.json()) {
      json::Tree tree;
      json::Value& object = tree.Object();
      AppendNumber(tree, object, "rows", counts.rows());
      AppendNumber(tree, object, "met", counts.met);
      AppendNumber(tree, object, "met_expiring", counts.met_expiring);
      AppendNumber(tree, object, "not_met", counts.not_met);
      AppendNumber(tree, object, "cannot_tell", counts.cannot_tell);
      AppendNumber(tree, object, "refused", counts.refused);
      AppendText(tree, object, "snapshot_id", summary.snapshot_id);
      session_.PrintJson(object);
    } else {
      std::ostream& out = out_ ? session_.around().output : session_.around().errors;
      out << counts.rows() << " rows: " << counts.met << " met, " << counts.met_expiring << " met but expiring, "
          << counts.not_met << " not met, " << counts.cannot_tell << " can not be told, " << counts.refused
          << " refused\n";
    }
    if (counts.not_met + counts.refused > 0) return Ending::kRefused;
    return counts.cannot_tell > 0 ? Ending::kCannotTell : Ending::kDone;
  }

  Session& session_;
  const RosterFlags& flags_;
  RosterFile file_;
  RosterAnswers answers_;
  std::optional<OpenFile> out_;
  std::optional<RosterRow> first_;  // read ahead
  std::optional<Fault> fault_;      // ours
  std::uint64_t bad_rows_ = 0;
  std::uint64_t answered_ = 0;
};

bool IsSameFile(const std::string& a, const std::string& b) {
  std::error_code error;
  return std::filesystem::equivalent(a, b, error) && !error;
}

Ending CheckRosterFile(Session& session, const RosterFlags& flags) {
  if (flags.resume && flags.out.empty()) return session.Misuse("--resume goes with --out");
  if (flags.question.explain && flags.out.empty() && !session.json())
    return session.Misuse("--explain goes with --out or --json");
  if (!flags.out.empty() && IsSameFile(flags.file, flags.out)) return session.Misuse("--out is the roster itself");
  const Result<RosterProfiles> profiles = ProfilesOf(flags);
  if (!profiles.ok()) return session.Misuse(profiles.fault().detail);
  Result<OpenFile> file = OpenFile::ForReading(flags.file, session.around().input);
  if (!file.ok()) return session.Refuse(file.fault());
  RosterRun run(session, flags, RosterFile(std::move(file).value(), *profiles));
  return run.Run();
}

}  // namespace

void AddRosterCommand(CLI::App& program, Action& chosen) {
  CLI::App* const roster = program.add_subcommand("roster", "Who may work which shift");
  roster->require_subcommand(1);
  CLI::App* const check = roster->add_subcommand("check", "Judge every row of a roster and write it back");
  const auto flags = std::make_shared<RosterFlags>();
  check->add_option("file", flags->file, "the roster as the rota exports it (CSV); - for standard input")->required();
  check->add_option("--purpose", flags->question.purpose, "why: a word of the list relying_purpose")->required();
  check->add_option("--agreement", flags->question.agreement, "under which agreement other employers' checks count");
  check->add_option("--out", flags->out, "where the answers go; standard output if not given");
  check->add_option("--profile", flags->profile, "role profile of every row that names none");
  AddRepeated(*check, "--profile-for", flags->profile_for, "GRADE=PROFILE: role profile of the rows of that grade");
  check->add_option("--at", flags->place, "where the work is, ods:X0A; your own place if not given");
  check->add_flag("--employment", flags->employment, "the people come as new employees, not on placement");
  check->add_flag("--explain", flags->question.explain,
                  "say of every row which requirement is not met, and what to do");
  check->add_flag("--resume", flags->resume, "pass over the rows that stand in --out already");
  check->callback(
      [flags, &chosen] { chosen = [flags](Session& session) { return CheckRosterFile(session, *flags); }; });
}

}  // namespace passport
