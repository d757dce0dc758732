// passportctl evidence
#include <memory>

#include "credential/crypto/sha256.h"
#include "credential/encoding/base64url.h"
#include "operator-cli/commands/commands.h"
#include "terminal/files.h"
#include "terminal/plain_text.h"

namespace passport {
namespace {

struct EvidenceFlags {
  std::string employee_number;
  std::string subject;
  std::string out;
};

// A mistyped key would have an export of its own, that says of nobody that nothing was relied on.
bool IsKeyName(std::string_view text) {
  Digest thumbprint{};
  return DecodeBase64UrlInto(text, thumbprint).ok();
}

Ending ExportEvidence(Session& session, const EvidenceFlags& flags) {
  if (!flags.employee_number.empty() && !flags.subject.empty())
    return session.Misuse("--employee-number and --holder exclude each other");
  if (!flags.subject.empty() && !IsKeyName(flags.subject))
    return session.Misuse("--holder is no name of a key: 43 characters, as sub stands in a receipt");
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  // It shows facts about people, so its file is for its owner.
  Result<OpenFile> file = OpenFile::PrivateNew(flags.out);
  if (!file.ok()) return session.Refuse(file.fault());
  std::uint64_t lines = 0;
  const auto write = [&](std::string_view line) -> Result<void> {
    ++lines;
    return file->Write(std::string(line) + "\n");
  };
  Result<void> exported = (*service)->ExportEvidence(flags.employee_number, flags.subject, write);
  if (exported.ok()) exported = file->Sync();
  if (!exported.ok()) {
    RemoveFile(flags.out);
    return session.Refuse(exported.fault());
  }
  const std::uint64_t rows = lines - 1;  // the first is the header
  if (session.json()) {
    json::Tree tree;
    json::Value& line = tree.Object();
    AppendText(tree, line, "evidence", flags.out);
    AppendNumber(tree, line, "rows", rows);
    session.PrintJson(line);
  } else {
    session.around().output << rows << " decisions and verifications in " << Plain(flags.out)
                            << "; check it, and make a page of it, with passport-verify evidence\n";
  }
  return Ending::kDone;
}

}  // namespace

void AddEvidenceCommand(CLI::App& program, Action& chosen) {
  CLI::App* evidence = program.add_subcommand("evidence", "what you relied on, for an inspector (receiver)");
  evidence->require_subcommand(1);
  CLI::App* command = evidence->add_subcommand("export", "write it into a file that can be checked alone");
  const auto flags = std::make_shared<EvidenceFlags>();
  command->add_option("--employee-number", flags->employee_number, "of one of your people; everybody if not given");
  command->add_option("--holder", flags->subject, "of one holder's key, as a verification names it");
  command->add_option("--out", flags->out, "new file for it")->required();
  command->callback(
      [flags, &chosen] { chosen = [flags](Session& session) { return ExportEvidence(session, *flags); }; });
}

}  // namespace passport
