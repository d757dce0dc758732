// passportctl present
#include <memory>

#include "operator-cli/commands/commands.h"
#include "terminal/files.h"
#include "terminal/plain_text.h"

namespace passport {
namespace {

struct PresentFlags {
  std::string code_file;
  PresentQuestion question;
  std::vector<std::string> show;
  std::string out;
};

std::vector<std::string> SplitAtCommas(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(','), text.size());
    if (end > 0) parts.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

// "ID" or "ID:fact,fact".
ShowingChoice ToChoice(std::string_view text) {
  const std::size_t colon = std::min(text.find(':'), text.size());
  return {.credential_id = std::string(text.substr(0, colon)),
          .facts = SplitAtCommas(text.substr(std::min(colon + 1, text.size())))};
}

// A presentation shows facts about a person, so its file is for its owner.
Result<void> Deliver(Session& session, const std::string& path, const std::string& presentation) {
  if (path == "-") {
    session.around().output << presentation << "\n";
    return {};
  }
  TRY_ASSIGN(OpenFile file, OpenFile::PrivateNew(path));
  TRY(file.Write(presentation));
  return file.Sync();
}

Ending Present(Session& session, PresentFlags flags) {
  if (flags.show.empty() == flags.question.profile.empty()) {
    return session.Misuse("say what to show: --profile ID, or --show ID:fact,fact once or more");
  }
  for (const std::string& text : flags.show) flags.question.show.push_back(ToChoice(text));
  const Result<Secret> code = ReadPassportCode(flags.code_file, session.around().input);
  if (!code.ok()) return session.Refuse(code.fault());
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  const Result<std::string> presentation =
      session.Repeating([&] { return (*service)->Present(*code, flags.question); });
  if (!presentation.ok()) return session.Refuse(presentation.fault());
  const Result<void> delivered = Deliver(session, flags.out, *presentation);
  if (!delivered.ok()) return session.Refuse(delivered.fault());
  if (flags.out == "-") return Ending::kDone;
  if (session.json()) {
    json::Tree tree;
    json::Value& line = tree.Object();
    AppendText(tree, line, "presentation", flags.out);
    AppendNumber(tree, line, "bytes", presentation->size());
    session.PrintJson(line);
  } else {
    session.around().output << "presentation of " << presentation->size() << " bytes in " << Plain(flags.out) << "\n";
  }
  return Ending::kDone;
}

}  // namespace

void AddPresentCommand(CLI::App& program, Action& chosen) {
  CLI::App* present = program.add_subcommand("present", "make a presentation for one audience and challenge (person)");
  const auto flags = std::make_shared<PresentFlags>();
  present->add_option("--passport-code-file", flags->code_file, "file with the person's code, - for standard input")
      ->required();
  present->add_option("--audience", flags->question.audience, "who asked, as the challenge names it")->required();
  present->add_option("--nonce", flags->question.nonce, "the nonce of the challenge")->required();
  present->add_option("--purpose", flags->question.purpose, "what it is for: roster")->required();
  present->add_option("--profile", flags->question.profile, "show what speaks to this role profile");
  present->add_option("--on", flags->question.day, "the day to choose for, 2026-03-01; today if not given");
  present->add_flag("--new-employment", flags->question.employment, "for a new employer, not a placement");
  AddRepeated(*present, "--show", flags->show, "show this credential and these facts, ID:fact,fact; repeat");
  present->add_option("--out", flags->out, "new file for the presentation, - for standard output")->required();
  present->callback([flags, &chosen] { chosen = [flags](Session& session) { return Present(session, *flags); }; });
}

}  // namespace passport
