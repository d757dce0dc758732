#include "samples/demo/story.h"

#include <algorithm>
#include <csignal>
#include <utility>

#include "credential/vocabulary/instant_text.h"
#include "samples/process/temporary_folder.h"

namespace passport {
namespace {

using std::chrono::steady_clock;

std::chrono::milliseconds Since(steady_clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - start);
}

// main() holds these signals back, so that every process and folder is put away in good order.
bool AskedToStop() {
  sigset_t pending;
  sigemptyset(&pending);
  sigpending(&pending);
  return sigismember(&pending, SIGINT) == 1 || sigismember(&pending, SIGTERM) == 1;
}

const SampleOrganisation& RegistrarOf(const World& world) {
  return *std::find_if(world.organisations.begin(), world.organisations.end(),
                       [](const SampleOrganisation& organisation) { return organisation.type == "registrar"; });
}

// "too_old" in a sentence.
std::string HappenedOf(std::string_view word) {
  for (const ReasonText& text : AllReasons()) {
    if (text.word == word) return std::string(text.happened);
  }
  return std::string(word) + ".";
}

}  // namespace

Result<void> Expect(std::string_view what, std::string_view expected, std::string_view came) {
  if (expected == came) return {};
  return Fault{Reason::kStateConflict, "",
               std::string(what) + ": expected " + std::string(expected) + ", came " + std::string(came)};
}

Result<void> Expect(std::string_view what, std::size_t expected, std::size_t came) {
  return Expect(what, Count(expected), Count(came));
}

Result<void> Expect(std::string_view what, bool holds) { return Expect(what, "yes", holds ? "yes" : "no"); }

Result<void> Expect(std::string_view what, RoleAnswer expected, const DecisionAnswer& came) {
  std::string lines;
  for (const RequirementAnswer* line : MissingIn(came)) lines += "; " + line->requirement + ": " + line->reason;
  return Expect(what, WordOf(expected), std::string(WordOf(came.outcome)) + (came.outcome == expected ? "" : lines));
}

std::vector<const RequirementAnswer*> MissingIn(const DecisionAnswer& decision) {
  std::vector<const RequirementAnswer*> missing;
  for (const RequirementAnswer& line : decision.lines) {
    if (line.outcome == RoleAnswer::kNotMet || line.outcome == RoleAnswer::kCannotTell) missing.push_back(&line);
  }
  return missing;
}

std::vector<std::string> ReasonsIn(const DecisionAnswer& decision) {
  std::vector<std::string> reasons;
  for (const RequirementAnswer* line : MissingIn(decision)) reasons.push_back(line->reason);
  return reasons;
}

Result<ShiftQuestion> ShiftOn(const CivilDay& day, std::string_view from, std::string_view to) {
  const CivilDay last = to > from ? day : day.PlusDays(1);
  ShiftQuestion shift;
  TRY_ASSIGN(shift.starts_at, ParseInstant(day.Text() + "T" + std::string(from)));
  TRY_ASSIGN(shift.ends_at, ParseInstant(last.Text() + "T" + std::string(to)));
  return shift;
}

std::string_view Heading(RoleAnswer outcome) {
  switch (outcome) {
    case RoleAnswer::kMet:
      return "MET";
    case RoleAnswer::kMetExpiring:
      return "MET, but something runs out soon";
    case RoleAnswer::kNotMet:
      return "NOT MET";
    case RoleAnswer::kCannotTell:
      return "CANNOT TELL";
  }
  return "CANNOT TELL";
}

std::string Plain(std::string word) {
  std::replace(word.begin(), word.end(), '_', ' ');
  return word;
}

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string Counted(const std::vector<std::string>& words) {
  std::map<std::string, std::size_t> counts;
  for (const std::string& word : words) ++counts[word];
  std::vector<std::string> parts;
  for (const auto& [word, count] : counts) parts.push_back(Count(count) + " x " + word);
  return Joined(parts);
}

Story::Story(Terms terms, Screen& screen)
    : terms_(std::move(terms)),
      screen_(screen),
      service_({.programs = terms_.programs,
                .folder = terms_.folder,
                .registrar = RegistrarOf(terms_.world).id,
                .registrar_name = RegistrarOf(terms_.world).name,
                .run_flags = {}}),
      codes_(terms_.world.people.size()) {}

Result<void> Story::Tell() {
  struct Chapter {
    std::string_view title;
    Result<void> (Story::*tell)();
  };
  static constexpr Chapter kChapters[] = {
      {"The registrar enrols the organisations", &Story::EnrolOrganisations},
      {"The rules are put in force: data that anybody can read", &Story::PutRules},
      {"Employers enrol their people", &Story::EnrolPeople},
      {"Employers bring their files", &Story::ImportFiles},
      {"A correction, looked at before it is signed", &Story::CorrectAFile},
      {"What no file holds is signed one by one", &Story::SignWhatNoFileHolds},
      {"First story: a community nurse looks at her passport", &Story::LookAtPassport},
      {"A neighbourhood team asks, and she shows only what is needed", &Story::AskTheNurse},
      {"The team gets its answer online", &Story::DecideOnline},
      {"A ward without a network gets the same answer", &Story::DecideOffline},
      {"The ward without network takes one file instead of a folder", &Story::FetchForTheWard},
      {"A second nurse is told exactly what is missing", &Story::DecideSecondPerson},
      {"An employer takes a record back, and everybody sees it", &Story::RevokeOne},
      {"Second story: a care worker takes bank shifts at the hospital", &Story::FollowTheCareWorker},
      {"Third story: a volunteer", &Story::FollowTheVolunteer},
      {"Four attempts to cheat", &Story::TryToCheat},
      {"What the region learns, naming nobody", &Story::CountForTheRegion},
      {"The inspector checks the evidence, alone", &Story::ShowTheInspector},
      {"A care group comes, and takes a home over", &Story::PassResponsibilityOn},
      {"A signing key is stolen", &Story::LoseAKey},
      {"A passport is stolen", &Story::LoseAPassport},
      {"A person asks to be erased", &Story::EraseOne},
      {"The auditor reads what was done, and checks it alone", &Story::ShowTheAuditor},
  };
  const auto start = steady_clock::now();
  for (const Chapter& chapter : kChapters) {
    if (AskedToStop()) return Fault{Reason::kDeadline, "", "stopped on request"};
    const auto begun = steady_clock::now();
    screen_.Chapter(chapter.title);
    TRY((this->*chapter.tell)());
    timings_.push_back({std::string(chapter.title), Since(begun)});
  }
  facts_.time = Since(start);
  SayInShort();
  return {};
}

Result<ServiceClient*> Story::ClientOf(std::string_view organisation, std::string_view system) {
  const std::string name = std::string(organisation) + " " + std::string(system);
  const auto known = clients_.find(name);
  if (known != clients_.end()) return &known->second;
  TRY_ASSIGN(ServiceClient client, service_.Connect(organisation, system));
  return &clients_.emplace(name, std::move(client)).first->second;
}

Result<ServiceClient*> Story::Registrar() { return ClientOf(RegistrarOf(terms_.world).id); }

const std::string& Story::NameOf(std::string_view organisation) const {
  return std::find_if(terms_.world.organisations.begin(), terms_.world.organisations.end(),
                      [&](const SampleOrganisation& one) { return one.id == organisation; })
      ->name;
}

const std::string& Story::HomeOf(std::size_t person) const {
  return terms_.world.organisations[terms_.world.people[person].jobs.front().organisation].id;
}

Result<Shown> Story::AskAndPresent(RoleQuestion question, std::string_view file, std::vector<ShowingChoice> show) {
  TRY_ASSIGN(ServiceClient* const receiver, ClientOf(question.verifier));
  TRY_ASSIGN(ServiceClient* const keeper, ClientOf(HomeOf(question.person)));
  TRY_ASSIGN(ChallengeAnswer challenge, receiver->CreateChallenge());
  PresentQuestion showing{.audience = challenge.audience,
                          .nonce = challenge.nonce,
                          .purpose = question.shift.purpose,
                          .show = std::move(show),
                          .profile = "",
                          .day = CivilDay::InLondon(*question.shift.starts_at).Text(),
                          .employment = question.shift.employment};
  if (showing.show.empty()) showing.profile = question.role;
  TRY_ASSIGN(std::string presentation, keeper->Present(codes_[question.person], showing));
  Shown shown{.question = std::move(question),
              .challenge = std::move(challenge),
              .presentation = std::move(presentation),
              .file = At(file)};
  TRY(WriteWholeFile(shown.file, shown.presentation));
  return shown;
}

Result<RoleDecisionAnswer> Story::Decide(std::string_view story, const Shown& shown) {
  const RoleQuestion& question = shown.question;
  TRY_ASSIGN(ServiceClient* const receiver, ClientOf(question.verifier));
  TRY_ASSIGN(RoleDecisionAnswer answer,
             receiver->DecideRole(shown.challenge.nonce, shown.presentation, question.role, question.shift));
  if (!answer.decision) {
    const auto& refusal = answer.verification.refusal;
    return Fault{Reason::kStateConflict, "",
                 std::string(story) + ": expected a decision, came a refusal: " +
                     (refusal ? std::string(WordOf(refusal->reason)) + ", " + refusal->detail : "nothing")};
  }
  Note(story, WordOf(answer.decision->outcome), ReasonsIn(*answer.decision));
  return answer;
}

Result<RoleDecisionAnswer> Story::AskAndDecide(std::string_view story, const RoleQuestion& question,
                                               std::string_view file, RoleAnswer expected) {
  TRY_ASSIGN(const Shown shown, AskAndPresent(question, file));
  TRY_ASSIGN(RoleDecisionAnswer answer, Decide(story, shown));
  TRY(Expect(std::string(story) + ", presentation", WordOf(VerdictAnswer::kValid),
             WordOf(answer.verification.verdict)));
  TRY(Expect(story, expected, *answer.decision));
  return answer;
}

Result<OfflineAnswer> Story::DecideWithout(std::string_view story, const Shown& shown, const OfflineTerms& terms) {
  TRY_ASSIGN(OfflineAnswer answer, CheckOffline(OfflineFor(shown, terms)));
  // Evidence that is too old leaves nothing to decide on: the outcome is then that of the exit code.
  if (answer.outcome.empty() && answer.exit_code == 2) answer.outcome = "cannot_tell";
  if (answer.outcome.empty()) {
    return Fault{Reason::kStateConflict, "",
                 std::string(story) + ": expected a decision, came a refusal: " + answer.reason};
  }
  if (answer.reasons.empty() && !answer.reason.empty()) answer.reasons.push_back(answer.reason);
  Note(story, answer.outcome, answer.reasons);
  return answer;
}

Result<HoldingAnswer> Story::OneHolding(std::size_t person, std::string_view keeper, std::string_view issuer) {
  TRY_ASSIGN(ServiceClient* const desk, ClientOf(keeper));
  TRY_ASSIGN(const std::vector<HoldingAnswer> held, desk->ListHoldings(codes_[person]));
  const auto one = std::find_if(held.begin(), held.end(), [&](const HoldingAnswer& holding) {
    return holding.issuer == issuer && holding.state == "current" && !holding.record.fields.empty();
  });
  TRY(Expect(FirstName(person) + " holds a record of " + std::string(issuer), one != held.end()));
  return *one;
}

Result<VerificationAnswer> Story::ShowOneRecord(std::size_t person, std::string_view keeper, std::string_view issuer) {
  TRY_ASSIGN(ServiceClient* const receiver, ClientOf(kAcuteTrust));
  TRY_ASSIGN(ServiceClient* const desk, ClientOf(keeper));
  TRY_ASSIGN(const HoldingAnswer one, OneHolding(person, keeper, issuer));
  TRY_ASSIGN(const ChallengeAnswer challenge, receiver->CreateChallenge());
  TRY_ASSIGN(const std::string presentation,
             desk->Present(codes_[person], {.audience = challenge.audience,
                                            .nonce = challenge.nonce,
                                            .purpose = "bank_shift",
                                            .show = {{one.credential_id, {one.record.fields.begin()->first}}},
                                            .profile = "",
                                            .day = ""}));
  TRY_ASSIGN(VerifiedAnswer answer, receiver->VerifyPresentation(challenge.nonce, presentation, "", ""));
  return std::move(answer.verification);
}

OfflineQuestion Story::OfflineFor(const Shown& shown, const OfflineTerms& terms) const {
  return {.program = service_.Program("passport-verify"),
          .presentation = shown.file,
          .published = terms.published,
          .anchor = service_.anchor(),
          .nonce = shown.challenge.nonce,
          .audience = shown.challenge.audience,
          .role = shown.question.role,
          .starts_at = *shown.question.shift.starts_at,
          .ends_at = *shown.question.shift.ends_at,
          .employment = shown.question.shift.employment,
          .at = terms.at,
          .status_age_max = terms.status_age_max};
}

void Story::SayMissing(const DecisionAnswer& decision) {
  for (const RequirementAnswer* line : MissingIn(decision)) {
    screen_.Point("Needed: " + line->needs + ". Why not: " + HappenedOf(line->reason) +
                  " Who can put it right: " + line->who + ". " + line->remedy);
  }
}

void Story::Note(std::string_view story, std::string_view outcome, std::vector<std::string> reasons) {
  facts_.decisions.push_back({std::string(story), std::string(outcome), std::move(reasons)});
}

}  // namespace passport
