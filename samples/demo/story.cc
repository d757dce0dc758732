#include "samples/demo/story.h"

#include <algorithm>
#include <csignal>
#include <utility>

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
  for (const RequirementAnswer& line : came.lines) {
    if (!line.reason.empty()) lines += "; " + line.requirement + ": " + line.reason;
  }
  return Expect(what, WordOf(expected), std::string(WordOf(came.outcome)) + (came.outcome == expected ? "" : lines));
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
      {"Employers enrol their people", &Story::EnrolPeople},
      {"Employers bring their records", &Story::ImportFiles},
      {"A nurse looks at her passport", &Story::LookAtPassport},
      {"A neighbourhood team asks, and she shows only what is needed", &Story::AskTheNurse},
      {"The team gets its answer online", &Story::DecideOnline},
      {"A ward without a network gets the same answer", &Story::DecideOffline},
      {"A second nurse is told exactly what is missing", &Story::DecideSecondPerson},
      {"An employer takes a record back, and everybody sees it", &Story::RevokeOne},
      {"Four attempts to cheat", &Story::TryToCheat},
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

Result<ServiceClient*> Story::ClientOf(std::string_view organisation) {
  const auto known = clients_.find(organisation);
  if (known != clients_.end()) return &known->second;
  TRY_ASSIGN(ServiceClient client, service_.Connect(organisation));
  return &clients_.emplace(organisation, std::move(client)).first->second;
}

Result<ServiceClient*> Story::Registrar() { return ClientOf(RegistrarOf(terms_.world).id); }

const std::string& Story::NameOf(std::string_view organisation) const {
  return std::find_if(terms_.world.organisations.begin(), terms_.world.organisations.end(),
                      [&](const SampleOrganisation& one) { return one.id == organisation; })
      ->name;
}

Result<Shown> Story::AskAndPresent(std::string_view verifier, std::size_t person, std::string_view file,
                                   std::vector<ShowingChoice> show) {
  TRY_ASSIGN(ServiceClient* const receiver, ClientOf(verifier));
  TRY_ASSIGN(ServiceClient* const employer, ClientOf(kCommunityTrust));
  TRY_ASSIGN(ChallengeAnswer challenge, receiver->CreateChallenge());
  PresentQuestion question{.audience = challenge.audience,
                           .nonce = challenge.nonce,
                           .purpose = "roster",
                           .show = std::move(show),
                           .profile = "",
                           .day = terms_.world.today.Text()};
  if (question.show.empty()) question.profile = kRole;
  TRY_ASSIGN(std::string presentation, employer->Present(codes_[person], question));
  Shown shown{.challenge = std::move(challenge), .presentation = std::move(presentation), .file = At(file)};
  TRY(WriteWholeFile(shown.file, shown.presentation));
  return shown;
}

Result<RoleDecisionAnswer> Story::Decide(std::string_view story, std::string_view verifier, const Shown& shown) {
  TRY_ASSIGN(ServiceClient* const receiver, ClientOf(verifier));
  TRY_ASSIGN(RoleDecisionAnswer answer,
             receiver->DecideRole(shown.challenge.nonce, shown.presentation, kRole, terms_.world.today.Text()));
  if (!answer.decision) {
    const std::string_view why = answer.verification.refusal ? WordOf(answer.verification.refusal->reason) : "nothing";
    return Fault{Reason::kStateConflict, "",
                 std::string(story) + ": expected a decision, came a refusal: " + std::string(why)};
  }
  std::vector<std::string> reasons;
  for (const RequirementAnswer& line : answer.decision->lines) {
    if (!line.reason.empty()) reasons.push_back(line.reason);
  }
  Note(story, WordOf(answer.decision->outcome), std::move(reasons));
  return answer;
}

Result<OfflineAnswer> Story::DecideWithout(std::string_view story, const Shown& shown, const std::string& published,
                                           std::optional<Instant> at) {
  OfflineQuestion question = OfflineFor(shown, published);
  question.at = at;
  TRY_ASSIGN(OfflineAnswer answer, CheckOffline(question));
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

OfflineQuestion Story::OfflineFor(const Shown& shown, const std::string& published) const {
  return {.program = service_.Program("passport-verify"),
          .presentation = shown.file,
          .published = published,
          .anchor = service_.anchor(),
          .nonce = shown.challenge.nonce,
          .audience = shown.challenge.audience,
          .role = std::string(kRole),
          .day = terms_.world.today};
}

void Story::Note(std::string_view story, std::string_view outcome, std::vector<std::string> reasons) {
  facts_.decisions.push_back({std::string(story), std::string(outcome), std::move(reasons)});
}

}  // namespace passport
