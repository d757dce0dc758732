// The summary, and what to try against the world that is left running.
#include "samples/demo/story.h"

namespace passport {
namespace {

std::string Seconds1(std::chrono::milliseconds time) {
  const auto tenths = (time.count() + 50) / 100;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " s";
}

// "'a b'" for a shell.
std::string Quoted(const std::string& word) {
  if (word.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:=,") ==
      std::string::npos) {
    return word;
  }
  return "'" + word + "'";
}

}  // namespace

void Story::SayInShort() {
  screen_.Chapter("In short");
  screen_.Row("organisations", Count(facts_.organisations));
  screen_.Row("people", Count(facts_.people));
  screen_.Row("rows read, refused", Count(facts_.rows_read) + ", " + Count(facts_.rows_refused));
  screen_.Row("records signed",
              Count(facts_.credentials_issued) + " from files, " + Count(facts_.issued_singly) + " one by one");
  for (const DemoDecision& decision : facts_.decisions) {
    if (decision.story.starts_with("roster")) continue;
    screen_.Row("decision", decision.story + ": " + decision.outcome +
                                (decision.reasons.empty() ? "" : " (" + Counted(decision.reasons) + ")"));
  }
  for (const DemoRefusal& refusal : facts_.refusals) screen_.Row("refused", refusal.attempt + ": " + refusal.reason);
  for (const Timing& timing : timings_) screen_.Row(Seconds1(timing.time), timing.chapter);
  screen_.Row(Seconds1(facts_.time), "in all");
  screen_.Say(
      "Where to look next: docs/architecture.md for the parts, docs/glossary.md for the words, docs/formats/ for "
      "what is published and presented, samples/README.md for this world. ./dev serve leaves this world "
      "running, with commands to try.");
}

void Story::SayWhatToTry() {
  const auto ctl = [this](std::string_view organisation, const std::string& words) {
    screen_.Command(Quoted(service_.Program("passportctl")) + " --server " + service_.address() + " --tls " +
                    Quoted(service_.client_folder(organisation)) + " " + words);
  };
  const std::string copy = At("my-presentation.json");
  screen_.Gap();
  screen_.Say("The service runs at " + service_.address() + " until you press Ctrl-C. In another terminal, try:");
  screen_.Say(
      "What the nurse's main employer has signed; and a file of another trust once more: nothing would change.");
  ctl(kCommunityTrust, "credential list");
  ctl(kTwoPersonTrust, "import " + Quoted(At("files/esr-x0b.csv")) + " --dry-run --competences " +
                           Quoted(terms_.samples + "/competences.csv"));
  screen_.Say("What " + FirstName(terms_.world.story.ready) +
              " holds; then ask her as the neighbourhood team, present, "
              "and decide. Put the nonce and the audience of the challenge in place of NONCE and AUDIENCE.");
  ctl(kCommunityTrust, "holding list --passport-code-file " + Quoted(At(kCodeFile)));
  ctl(kTeam, "challenge");
  ctl(kCommunityTrust, "present --passport-code-file " + Quoted(At(kCodeFile)) +
                           " --audience AUDIENCE --nonce NONCE --purpose community_shift --profile " +
                           std::string(kCommunityNurseRole) + " --out " + Quoted(copy));
  ctl(kTeam, "verify " + Quoted(copy) + " --nonce NONCE --role " + std::string(kCommunityNurseRole));
  screen_.Say("What a ward without a network makes of the story's text, before and after the revocation:");
  for (const std::string& published : {first_copy_, At("usb-stick-2")}) {
    const OfflineQuestion question = OfflineFor(*shown_, {.published = published});
    std::string line = Quoted(question.program);
    for (const std::string& word : question.Words()) line += " " + Quoted(word);
    screen_.Command(line + " --kb-max-age 86400");
  }
  screen_.Say("What the inspector saw, as text and as a page:");
  screen_.Command(Quoted(service_.Program("passport-verify")) + " evidence " + Quoted(At("evidence.jsonl")) +
                  " --registry-key " + Quoted(service_.anchor()));
  screen_.Command("cat " + Quoted(At("evidence.html")));
  screen_.Say("What is published, and what the service says while it works:");
  screen_.Command("find " + Quoted(service_.published()) + " -type f");
  screen_.Command("tail -f " + Quoted(service_.log()));
}

}  // namespace passport
