// passportctl registry publish
#include "operator-cli/commands/commands.h"
#include "terminal/plain_text.h"

namespace passport {
namespace {

Ending PublishNow(Session& session) {
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  const std::string id = session.RequestId();
  const Result<PublishAnswer> report = session.Repeating([&] { return (*service)->Publish(id); });
  if (!report.ok()) return session.Refuse(report.fault());
  if (session.json()) {
    json::Tree tree;
    json::Value& line = tree.Object();
    AppendNumber(tree, line, "registry_sequence", report->registry_sequence);
    AppendNumber(tree, line, "files_written", report->files_written);
    AppendNumber(tree, line, "lists_signed", report->lists_signed);
    AppendText(tree, line, "snapshot_id", report->snapshot_id);
    session.PrintJson(line);
  } else {
    session.around().output << "registry " << report->registry_sequence << ": " << report->files_written
                            << " files written, " << report->lists_signed << " status lists signed\nsnapshot "
                            << Plain(report->snapshot_id) << "\n";
  }
  return Ending::kDone;
}

}  // namespace

void AddPublishCommand(CLI::App& registry, Action& chosen) {
  CLI::App* publish = registry.add_subcommand("publish", "publish now instead of at the next interval (registrar)");
  publish->callback([&chosen] { chosen = PublishNow; });
}

}  // namespace passport
