// passport-demo: the whole story with real processes. See options.cc for what can be asked.
#include <csignal>
#include <ctime>
#include <iostream>

#include "samples/demo/options.h"
#include "samples/demo/story.h"
#include "samples/process/process.h"
#include "samples/process/temporary_folder.h"

namespace passport {
namespace {

constexpr int kExitTold = 0;
constexpr int kExitNotAsTold = 1;
constexpr int kExitUsage = 64;
constexpr std::uint64_t kSeed = 1;

// Ctrl-C and the end of a child are waited for, not suffered.
sigset_t HeldSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int number : {SIGINT, SIGTERM, SIGCHLD}) sigaddset(&signals, number);
  return signals;
}

// Until somebody presses Ctrl-C. Fails when the service ends first.
Result<void> ServeUntilStopped(ServiceInFolder& service) {
  const sigset_t signals = HeldSignals();
  for (int number = 0; number != SIGINT && number != SIGTERM;) {
    sigwait(&signals, &number);
    if (number == SIGCHLD && service.process().Wait(In(std::chrono::milliseconds(0))).ok()) {
      return Fault{Reason::kStateConflict, "", "the service ended by itself; see " + service.log()};
    }
  }
  return {};
}

Result<void> Tell(const DemoOptions& options, TemporaryFolder& folder, Screen& screen) {
  TRY_ASSIGN(const std::string programs, ProgramFolder());
  const auto clock = [] { return Instant{std::time(nullptr)}; };
  TRY_ASSIGN(World world, MakeWorld({.seed = kSeed, .today = CivilDay::InLondon(clock())}));
  Story story({.programs = programs,
               .folder = folder.path(),
               .samples = PASSPORT_SAMPLES,
               .rules = PASSPORT_RULES,
               .world = std::move(world),
               .clock = clock},
              screen);
  const Result<void> told = story.Tell();
  story.HangUp();
  if (!told.ok()) return told.fault();
  if (options.json) TRY(WriteWholeFile(*options.json, JsonOf(story.facts())));
  if (options.serve) {
    story.SayWhatToTry();
    TRY(ServeUntilStopped(story.service()));
    screen.Gap();
    screen.Say("Stopping the service.");
  }
  return story.service().Stop();
}

int Main(const DemoOptions& options) {
  const sigset_t signals = HeldSignals();
  sigprocmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);  // a reader that goes away ("| head") ends no story half way, with its folder left behind
  Result<TemporaryFolder> folder = TemporaryFolder::Make("passport-demo");
  if (!folder.ok()) {
    std::cerr << "passport-demo: " << folder.fault().detail << "\n";
    return kExitNotAsTold;
  }
  Screen screen(std::cout);
  screen.Say(
      "The staff passport, from an employer's file to another employer's decision and an inspector's desk. Every "
      "person and "
      "organisation in it is invented; programs, signatures, connections and files are real.");
  const Result<void> told = Tell(options, *folder, screen);
  if (options.keep) {
    folder->Keep();
    screen.Say("Everything is kept in " + folder->path() + ".");
  }
  if (told.ok()) return kExitTold;
  std::cerr << "passport-demo: the story did not go as told: " << told.fault().detail << " ("
            << WordOf(told.fault().reason) << ")\n";
  return kExitNotAsTold;
}

}  // namespace
}  // namespace passport

int main(int count, char** words) {
  const std::vector<std::string_view> after(words + 1, words + count);
  const auto options = passport::ReadDemoOptions(after);
  if (!options.ok()) {
    std::cerr << "passport-demo: " << options.fault().detail << "\n" << passport::kDemoHelp;
    return passport::kExitUsage;
  }
  if (options->help) {
    std::cout << passport::kDemoHelp;
    return passport::kExitTold;
  }
  return passport::Main(*options);
}
