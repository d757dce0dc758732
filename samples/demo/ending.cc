// The summary, and what to try against the world that is left running.
#include <filesystem>

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
  screen_.Row("records signed", Count(facts_.credentials_issued));
  for (const DemoDecision& decision : facts_.decisions) {
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
  const std::string ctl = service_.Program("passportctl");
  const std::string connection =
      " --address " + service_.address() + " --tls " + Quoted(service_.client_folder(kCommunityTrust));
  screen_.Gap();
  screen_.Say("The service runs at " + service_.address() + " until you press Ctrl-C. In another terminal:");
  screen_.Gap();
  screen_.Say("What " + NameOf(kCommunityTrust) + " has signed:");
  screen_.Command(ctl + " list" + connection + " --page-size 5");
  screen_.Say("What a ward without a network makes of the nurse's text, before and after the revocation:");
  for (const std::string& copy : {first_copy_, At("usb-stick-2")}) {
    OfflineQuestion question = OfflineFor(*shown_, copy);
    std::string line = question.program;
    for (const std::string& word : question.Words()) line += " " + Quoted(word);
    screen_.Command(line + " --kb-max-age 86400");
  }
  screen_.Say("What is published, and what the service says while it works:");
  screen_.Command("find " + Quoted(service_.published()) + " -type f");
  screen_.Command("tail -f " + Quoted(service_.log()));
}

}  // namespace passport
