// passportctl registry diff
#include "credential/trust/registry_diff.h"

#include <memory>

#include "credential/trust/trust_registry.h"
#include "operator-cli/commands/commands.h"
#include "operator-cli/registry_anchor.h"
#include "terminal/files.h"
#include "terminal/plain_text.h"

namespace passport {
namespace {

constexpr Seconds kLeeway{60};

struct DiffFlags {
  std::string before;
  std::string after;
  std::string registry_key;
};

Result<TrustRegistry> ReadVersion(Session& session, const std::string& path, const KeySet& pinned) {
  TRY_ASSIGN(const std::string text, ReadText(path, session.around().input, kRegistryBytesMax));
  return TrustRegistry::Read(text, pinned, session.around().clock(), kLeeway);
}

void Print(Session& session, const RegistryDifference& difference) {
  if (session.json()) {
    json::Tree tree;
    json::Value& line = tree.Object();
    AppendText(tree, line, "difference", difference.words);
    line.Append("rewrites_history", tree.Boolean(difference.rewrites_history));
    session.PrintJson(line);
  } else {
    session.around().output << (difference.rewrites_history ? "! " : "  ") << Plain(difference.words) << "\n";
  }
}

Ending Diff(Session& session, const DiffFlags& flags) {
  const Result<KeySet> pinned = ReadAnchor(flags.registry_key, session.around().input);
  if (!pinned.ok()) return session.Refuse(pinned.fault());
  const Result<TrustRegistry> before = ReadVersion(session, flags.before, *pinned);
  if (!before.ok()) return session.Refuse(before.fault());
  const Result<TrustRegistry> after = ReadVersion(session, flags.after, *pinned);
  if (!after.ok()) return session.Refuse(after.fault());
  bool honest = after->sequence() >= before->sequence();
  if (!session.json()) {
    session.around().output << "from version " << before->sequence() << " to version " << after->sequence() << "\n";
  }
  for (const RegistryDifference& difference : DiffRegistries(before->content(), after->content())) {
    Print(session, difference);
    honest = honest && !difference.rewrites_history;
  }
  if (honest) return Ending::kDone;
  session.around().errors << "an honest registry does not do this: the later version is older, or a line with ! writes "
                             "the past anew. Ask the registrar before you rely on either\n";
  return Ending::kRefused;
}

}  // namespace

void AddRegistryDiffCommand(CLI::App& registry, Action& chosen) {
  CLI::App* diff =
      registry.add_subcommand("diff", "what two versions of the registry say differently, without the service");
  const auto flags = std::make_shared<DiffFlags>();
  diff->add_option("before", flags->before, "the earlier registry.jwt")->required();
  diff->add_option("after", flags->after, "the later registry.jwt")->required();
  diff->add_option("--registry-key", flags->registry_key, "file with the public key of the registry")->required();
  diff->callback([flags, &chosen] { chosen = [flags](Session& session) { return Diff(session, *flags); }; });
}

}  // namespace passport
