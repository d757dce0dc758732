// passportctl audit
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <memory>

#include "operator-cli/commands/commands.h"
#include "terminal/files.h"
#include "terminal/plain_text.h"

namespace passport {
namespace {

struct AuditFlags {
  bool whole = false;
  std::string out;
};

// The file has a folder of its own, where heads of days are kept beside it.
Result<void> MakeFolder(const std::string& folder) {
  if (mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST) return {};
  return Fault{Reason::kFileUnreadable, "", folder + " can not be made: " + std::strerror(errno)};
}

Ending ExportAudit(Session& session, const AuditFlags& flags) {
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  const Result<void> made = MakeFolder(flags.out);
  if (!made.ok()) return session.Refuse(made.fault());
  const std::string path = flags.out + "/audit.jsonl";
  Result<OpenFile> file = OpenFile::PrivateNew(path);
  if (!file.ok()) return session.Refuse(file.fault());
  std::uint64_t lines = 0;
  const auto write = [&](std::string_view line) -> Result<void> {
    ++lines;
    return file->Write(std::string(line) + "\n");
  };
  Result<void> exported = (*service)->ExportAudit(flags.whole, write);
  if (exported.ok()) exported = file->Sync();
  if (!exported.ok()) {
    RemoveFile(path);
    return session.Refuse(exported.fault());
  }
  const std::uint64_t rows = lines - 1;  // the first is the header
  if (session.json()) {
    json::Tree tree;
    json::Value& line = tree.Object();
    AppendText(tree, line, "audit", path);
    AppendNumber(tree, line, "rows", rows);
    session.PrintJson(line);
  } else {
    session.around().output << rows << " rows in " << Plain(path) << "; check them with passport-verify audit "
                            << Plain(flags.out) << ", with the published heads of days in " << Plain(flags.out)
                            << "/heads\n";
  }
  return Ending::kDone;
}

}  // namespace

void AddAuditCommand(CLI::App& program, Action& chosen) {
  CLI::App* audit = program.add_subcommand("audit", "what was done, for an auditor");
  audit->require_subcommand(1);
  CLI::App* command = audit->add_subcommand("export", "write your organisation's rows into a file that proves itself");
  const auto flags = std::make_shared<AuditFlags>();
  command->add_flag("--whole", flags->whole, "everybody's rows, for a registrar");
  command->add_option("--out", flags->out, "folder for it, made if it is not there")->required();
  command->callback([flags, &chosen] { chosen = [flags](Session& session) { return ExportAudit(session, *flags); }; });
}

}  // namespace passport
