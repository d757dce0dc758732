// passportctl profile put
#include <memory>

#include "operator-cli/commands/commands.h"
#include "operator-cli/files.h"

namespace passport {
namespace {

constexpr std::size_t kProfileBytesMax = std::size_t{512} * 1024;

Ending Put(Session& session, const std::string& path) {
  const Result<std::string> profile = ReadText(path, session.around().input, kProfileBytesMax);
  if (!profile.ok()) return session.Refuse(profile.fault());
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  const std::string id = session.RequestId();
  const Result<void> put = session.Repeating([&] { return (*service)->PutRoleProfile(id, *profile); });
  if (!put.ok()) return session.Refuse(put.fault());
  if (session.json()) {
    json::Tree tree;
    json::Value& line = tree.Object();
    AppendText(tree, line, "profile", "in_force");
    session.PrintJson(line);
  } else {
    session.around().output << "the profile is in force; receivers see it after the next publication\n";
  }
  return Ending::kDone;
}

}  // namespace

void AddProfileCommand(CLI::App& program, Action& chosen) {
  CLI::App* profile = program.add_subcommand("profile", "what roles need (registrar)");
  profile->require_subcommand(1);
  CLI::App* put = profile->add_subcommand("put", "put a new version of a role profile in force");
  const auto path = std::make_shared<std::string>();
  put->add_option("FILE", *path, "the profile as JSON, - for standard input")->required();
  put->callback([path, &chosen] { chosen = [path](Session& session) { return Put(session, *path); }; });
}

}  // namespace passport
