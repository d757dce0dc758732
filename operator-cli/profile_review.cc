#include "operator-cli/profile_review.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <vector>

#include "credential/decision/decision.h"
#include "credential/decision/profile_check.h"
#include "credential/presentation/presentation.h"
#include "operator-cli/registry_anchor.h"
#include "terminal/files.h"
#include "terminal/plain_text.h"
#include "terminal/table.h"
#include "verifier-cli/files/published_tree.h"

namespace passport {
namespace {

constexpr Freshness kFreshness{.status_age_max = {86'400}, .registry_grace = {86'400}};
constexpr Seconds kReviewLeeway{60};

// One passport under the version in force and under the new one.
struct Trial {
  std::string file;
  std::optional<Fault> fault;  // it could not be tried
  std::optional<Decision> before;
  std::optional<Decision> after;
};

// What everything is judged by.
struct UnderReview {
  PublishedTree tree;
  PublishedRules rules;
  RoleProfile profile;         // as it would be in force: a local one on its base
  const RoleProfile* current;  // in force now; null when there is none
  CivilDay day;
};

Result<CivilDay> DayOf(const ProfileReviewFlags& flags, const RoleProfile& profile, Instant now) {
  if (!flags.day.empty()) {
    const Result<CivilDay> day = CivilDay::Parse(flags.day);
    if (!day.ok()) return Fault{Reason::kFieldInvalid, "", "--on is not a day like 2026-03-01"};
    return *day;
  }
  return std::max(profile.effective_from(), CivilDay::InLondon(now));
}

Result<UnderReview> Open(Session& session, const ProfileReviewFlags& flags, const RoleProfile& profile) {
  const Instant now = session.around().clock();
  TRY_ASSIGN(const KeySet pinned, ReadAnchor(flags.registry_key, session.around().input));
  TRY_ASSIGN(PublishedTree tree, PublishedTree::Read(flags.published, pinned, kFreshness, now));
  TRY_ASSIGN(PublishedRules rules, tree.Rules(now));
  TRY_ASSIGN(const CivilDay day, DayOf(flags, profile, now));
  std::optional<RoleProfile> effective = profile;
  if (profile.extends()) {
    TRY_ASSIGN(const RoleProfile* const base, rules.InForce(profile.extends()->profile, day, now));
    TRY_ASSIGN(effective, profile.On(*base));
  }
  const Result<const RoleProfile*> current = rules.InForce(profile.id(), day, now);
  const bool first = !current.ok() && current.fault().reason != Reason::kRegistry;
  if (!current.ok() && !first) return current.fault();
  return UnderReview{.tree = std::move(tree),
                     .rules = std::move(rules),
                     .profile = std::move(*effective),
                     .current = current.ok() ? *current : nullptr,
                     .day = day};
}

// A presentation without the holder's proof: what is in it, not who shows it.
std::string WithoutProof(const std::string& token) { return token.substr(0, token.rfind('~') + 1); }

Result<Trial> Try(const UnderReview& review, const Duty& duty, const std::string& text, Instant now) {
  TRY_ASSIGN(const Presentation presentation, Presentation::Parse(text));
  std::vector<std::string> credentials;
  for (const std::string& token : presentation.credentials) credentials.push_back(WithoutProof(token));
  TRY_ASSIGN(const HeldRecords records, VerifyHeld(credentials, review.tree.snapshot(), kReviewLeeway, now));
  Trial trial;
  if (review.current != nullptr) {
    TRY_ASSIGN(trial.before, Decide(*review.current, review.rules.taxonomies(), records, duty));
  }
  TRY_ASSIGN(trial.after, Decide(review.profile, review.rules.taxonomies(), records, duty));
  return trial;
}

Result<std::vector<std::string>> FilesIn(const std::string& folder) {
  std::error_code error;
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    std::error_code ignored;
    if (entry.is_regular_file(ignored)) names.push_back(entry.path().filename().string());
  }
  if (error) return Fault{Reason::kFileUnreadable, "", folder + ": " + error.message()};
  std::sort(names.begin(), names.end());
  return names;
}

Result<std::vector<Trial>> TryAll(Session& session, const ProfileReviewFlags& flags, const UnderReview& review) {
  std::vector<Trial> trials;
  if (flags.passports.empty()) return trials;
  TRY_ASSIGN(const OrganisationId receiver, OrganisationId::Parse(flags.receiver));
  TRY_ASSIGN(const Duty duty,
             Duty::Make({.receiver = receiver,
                         .place = receiver,
                         .engagement = flags.employment ? Engagement::kEmployment : Engagement::kPlacement,
                         .starts_at = review.day.StartInLondon(),
                         .ends_at = review.day.PlusDays(1).StartInLondon()}));
  TRY_ASSIGN(const std::vector<std::string> names, FilesIn(flags.passports));
  for (const std::string& name : names) {
    const std::string path = (std::filesystem::path(flags.passports) / name).string();
    const Result<std::string> text = ReadText(path, session.around().input, kPresentationBytesMax);
    Result<Trial> trial =
        text.ok() ? Try(review, duty, text->substr(0, text->find_last_not_of("\r\n") + 1), session.around().clock())
                  : Result<Trial>(text.fault());
    if (!trial.ok()) trial = Trial{.file = {}, .fault = trial.fault(), .before = {}, .after = {}};
    trial->file = name;
    trials.push_back(std::move(trial).value());
  }
  return trials;
}

// The lines that fare differently, "fire-safety: met -> not_met"; only the new version's where there was none.
std::vector<std::string> ChangesOf(const Trial& trial) {
  std::vector<std::string> changes;
  if (!trial.after) return changes;
  std::map<std::string, std::string> before;
  if (trial.before) {
    for (const DecisionLine& line : trial.before->lines) before[line.requirement] = WordOf(line.outcome);
  }
  for (const DecisionLine& line : trial.after->lines) {
    const std::string after(WordOf(line.outcome));
    const auto old = before.find(line.requirement);
    const std::string from = old == before.end() ? "(new)" : old->second;
    if (old == before.end() ? line.outcome != Outcome::kMet : from != after)
      changes.push_back(line.requirement + ": " + from + " -> " + after);
    if (old != before.end()) before.erase(old);
  }
  for (const auto& [requirement, outcome] : before) changes.push_back(requirement + ": " + outcome + " -> (gone)");
  return changes;
}

std::string_view OutcomeIn(const std::optional<Decision>& decision) {
  return decision ? WordOf(decision->outcome) : std::string_view("-");
}

std::string Joined(const std::vector<std::string>& texts) {
  std::string joined;
  for (const std::string& text : texts) joined += (joined.empty() ? "" : "; ") + text;
  return joined;
}

std::string_view WordOf(ProfileFinding::Weight weight) {
  return weight == ProfileFinding::Weight::kError ? "error" : "warning";
}

void PrintText(std::ostream& out, const UnderReview& review, const std::vector<std::string>& words,
               const std::vector<ProfileFinding>& findings, const std::vector<Trial>& trials) {
  for (const std::string& line : words) out << Plain(line) << "\n";
  for (const ProfileFinding& finding : findings)
    out << WordOf(finding.weight) << ": " << Plain(finding.place) << ": " << Plain(finding.words) << "\n";
  if (findings.empty()) out << "nothing is wrong with it\n";
  if (review.current == nullptr) {
    out << "no version of it is in force on " << review.day.Text() << "\n";
  } else {
    out << "in force on " << review.day.Text() << " is version " << review.current->version() << "\n";
  }
  Table table({"PASSPORT", "NOW", "WOULD BE", "WHAT CHANGES"});
  std::size_t changed = 0;
  for (const Trial& trial : trials) {
    const std::vector<std::string> changes = ChangesOf(trial);
    if (trial.after && OutcomeIn(trial.before) != OutcomeIn(trial.after)) ++changed;
    table.Add({trial.file, std::string(OutcomeIn(trial.before)), std::string(OutcomeIn(trial.after)),
               trial.fault ? std::string(WordOf(trial.fault->reason)) + ": " + trial.fault->detail : Joined(changes)});
  }
  table.Print(out);
  if (!trials.empty()) out << changed << " of " << trials.size() << " passports would be answered differently\n";
}

void PrintJson(Session& session, const UnderReview& review, const std::vector<std::string>& words,
               const std::vector<ProfileFinding>& findings, const std::vector<Trial>& trials) {
  json::Tree tree;
  json::Value& line = tree.Object();
  AppendText(tree, line, "profile", review.profile.id());
  AppendNumber(tree, line, "version", static_cast<std::uint64_t>(review.profile.version()));
  if (review.current != nullptr)
    AppendNumber(tree, line, "in_force", static_cast<std::uint64_t>(review.current->version()));
  AppendTexts(tree, line, "words", words);
  json::Value& found = tree.Array();
  for (const ProfileFinding& finding : findings) {
    json::Value& object = tree.Object();
    AppendText(tree, object, "weight", WordOf(finding.weight));
    AppendText(tree, object, "place", finding.place);
    AppendText(tree, object, "words", finding.words);
    found.Append(object);
  }
  line.Append("findings", found);
  json::Value& tried = tree.Array();
  for (const Trial& trial : trials) {
    json::Value& object = tree.Object();
    AppendText(tree, object, "passport", trial.file);
    if (trial.fault) {
      object.Append("refusal", ReasonObject(tree, trial.fault->reason, trial.fault->detail));
    } else {
      AppendText(tree, object, "now", OutcomeIn(trial.before));
      AppendText(tree, object, "would_be", OutcomeIn(trial.after));
      AppendTexts(tree, object, "changes", ChangesOf(trial));
    }
    tried.Append(object);
  }
  line.Append("passports", tried);
  session.PrintJson(line);
}

}  // namespace

Ending ReviewProfile(Session& session, const ProfileReviewFlags& flags) {
  if (flags.passports.empty() != flags.receiver.empty())
    return session.Misuse("--passports and --receiver go together");
  const Result<std::string> text = ReadText(flags.file, session.around().input, kRoleProfileBytesMax);
  if (!text.ok()) return session.Refuse(text.fault());
  const Result<RoleProfile> profile = RoleProfile::Parse(*text);
  if (!profile.ok() && profile.fault().reason == Reason::kMalformed) {
    return session.Refuse(NotUsable(flags.file, "role profile", profile.fault().detail));
  }
  if (!profile.ok()) return session.Refuse(profile.fault());
  const Result<UnderReview> review = Open(session, flags, *profile);
  if (!review.ok()) return session.Refuse(review.fault());
  const Terms& terms = review->rules.taxonomies().On(review->day);
  const std::vector<std::string> words = ExplainProfile(review->profile, terms);
  const std::vector<ProfileFinding> findings = CheckProfile(review->profile, terms);
  const Result<std::vector<Trial>> trials = TryAll(session, flags, *review);
  if (!trials.ok()) return session.Refuse(trials.fault());
  if (session.json()) {
    PrintJson(session, *review, words, findings, *trials);
  } else {
    PrintText(session.around().output, *review, words, findings, *trials);
  }
  const bool wrong = std::any_of(findings.begin(), findings.end(), [](const ProfileFinding& finding) {
    return finding.weight == ProfileFinding::Weight::kError;
  });
  return wrong ? Ending::kRefused : Ending::kDone;
}

}  // namespace passport
