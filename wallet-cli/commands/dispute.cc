// passport-wallet accept, dispute, disputes
#include <memory>

#include "credential/vocabulary/instant_text.h"
#include "terminal/files.h"
#include "terminal/plain_text.h"
#include "terminal/table.h"
#include "wallet-cli/commands/wallet_commands.h"
#include "wallet-cli/my_records.h"

namespace passport {
namespace {

constexpr std::size_t kDisputeWordsMax = 1000;
constexpr std::size_t kWordsFileBytesMax = std::size_t{64} * 1024;

// The whole id of a credential of the passport.
Result<std::string> WholeCredentialId(WalletSession& session, const std::string& id) {
  TRY_ASSIGN(const CarriedPassport* const carried, session.Carried());
  TRY_ASSIGN(const CarriedCredential* const credential, FindByPrefix(*carried, id));
  return credential->id;
}

Ending Accept(WalletSession& session, const std::string& id) {
  if (!session.kept()) {
    const Result<PassportOnDisk*> passport = session.Passport(PassportOnDisk::Intent::kChange);
    if (!passport.ok()) return session.Refuse(passport.fault());
  }
  const Result<std::string> whole = WholeCredentialId(session, id);
  if (!whole.ok()) return session.Refuse(whole.fault());
  const Result<PersonClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  const std::string request = session.RequestId();
  const Result<void> accepted = session.Repeating([&] { return (*service)->AcceptRecord(request, *whole); });
  if (!accepted.ok()) return session.Refuse(accepted.fault());
  if (!session.kept()) {
    const Result<PassportOnDisk*> passport = session.Passport(PassportOnDisk::Intent::kChange);
    for (CarriedCredential& credential : (*passport)->carried().credentials) {
      if (credential.id == *whole) credential.accepted = true;
    }
    const Result<void> saved = (*passport)->Save(session.world().random);
    if (!saved.ok()) return session.Refuse(saved.fault());
  }
  if (session.json()) {
    json::Tree tree;
    json::Value& line = tree.Object();
    AppendText(tree, line, "accepted", *whole);
    session.PrintJson(line);
  } else {
    session.world().output << "you have said that it is right\n";
  }
  return Ending::kDone;
}

void PrintDisputeJson(WalletSession& session, const DisputeAnswer& dispute) {
  json::Tree tree;
  json::Value& line = tree.Object();
  AppendText(tree, line, "dispute_id", dispute.dispute_id);
  AppendText(tree, line, "credential_id", dispute.credential_id);
  AppendText(tree, line, "issuer", dispute.issuer);
  AppendText(tree, line, "kind", dispute.kind);
  AppendText(tree, line, "words", dispute.words);
  AppendText(tree, line, "state", dispute.state);
  AppendText(tree, line, "answer", dispute.answer);
  if (dispute.raised_at) AppendText(tree, line, "raised_at", UtcText(*dispute.raised_at));
  if (dispute.settled_at) AppendText(tree, line, "settled_at", UtcText(*dispute.settled_at));
  session.PrintJson(line);
}

struct DisputeFlags {
  std::string id;
  std::string words;
  std::string words_file;
  bool withdraw = false;
};

// Without words a dispute is taken back, so a file with nothing in it is no answer.
Result<std::string> WordsOf(WalletSession& session, const DisputeFlags& flags) {
  const int given = (flags.words.empty() ? 0 : 1) + (flags.words_file.empty() ? 0 : 1) + (flags.withdraw ? 1 : 0);
  if (given != 1)
    return Fault{Reason::kConfig, "", "say what is wrong (--words or --words-file), or take it back (--withdraw)"};
  if (flags.withdraw) return std::string();
  std::string words = flags.words;
  if (!flags.words_file.empty()) {
    TRY_ASSIGN(words, ReadText(flags.words_file, session.world().input, kWordsFileBytesMax));
    words.erase(words.find_last_not_of(" \r\n") + 1);  // npos + 1 is 0: nothing but line ends
  }
  if (words.empty() || words.size() > kDisputeWordsMax)
    return Fault{Reason::kConfig, "", "say what is wrong in 1 to 1000 bytes"};
  return words;
}

Ending Raise(WalletSession& session, const DisputeFlags& flags) {
  const Result<std::string> words = WordsOf(session, flags);
  if (!words.ok()) return session.Refuse(words.fault());
  const Result<std::string> whole = WholeCredentialId(session, flags.id);
  if (!whole.ok()) return session.Refuse(whole.fault());
  const Result<PersonClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  const std::string request = session.RequestId();
  const auto dispute = session.Repeating([&] { return (*service)->DisputeRecord(request, *whole, *words); });
  if (!dispute.ok()) return session.Refuse(dispute.fault());
  if (session.json()) {
    PrintDisputeJson(session, *dispute);
  } else if (flags.withdraw) {
    session.world().output << "you have taken it back\n";
  } else {
    session.world().output << Plain(dispute->issuer) << " is told; see what becomes of it: passport-wallet disputes\n";
  }
  return Ending::kDone;
}

Ending ListMyDisputes(WalletSession& session) {
  const Result<PersonClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  const auto disputes = session.Repeating([&] { return (*service)->ListDisputes(); });
  if (!disputes.ok()) return session.Refuse(disputes.fault());
  Table table({"RECORD", "KIND", "ISSUED BY", "STATE", "YOUR WORDS", "THEIR ANSWER"});
  for (const DisputeAnswer& dispute : *disputes) {
    if (session.json()) {
      PrintDisputeJson(session, dispute);
    } else {
      table.Add({ShortId(dispute.credential_id), KindLabel(dispute.kind), dispute.issuer, dispute.state, dispute.words,
                 dispute.answer});
    }
  }
  if (!session.json() && disputes->empty()) session.world().output << "nothing is in dispute\n";
  if (!session.json()) table.Print(session.world().output);
  return Ending::kDone;
}

}  // namespace

void AddAcceptCommand(CLI::App& program, WalletAction& chosen) {
  CLI::App* accept = program.add_subcommand("accept", "say that a record is right");
  const auto id = std::make_shared<std::string>();
  accept->add_option("ID", *id, "the credential, or how its id begins")->required();
  accept->callback([id, &chosen] { chosen = [id](WalletSession& session) { return Accept(session, *id); }; });
}

void AddDisputeCommand(CLI::App& program, WalletAction& chosen) {
  CLI::App* dispute = program.add_subcommand("dispute", "say that a record is wrong, to whoever issued it");
  const auto flags = std::make_shared<DisputeFlags>();
  dispute->add_option("ID", flags->id, "the credential, or how its id begins")->required();
  dispute->add_option("--words", flags->words, "what is wrong");
  dispute->add_option("--words-file", flags->words_file, "file with what is wrong, - for standard input");
  dispute->add_flag("--withdraw", flags->withdraw, "take an open dispute back");
  dispute->callback([flags, &chosen] { chosen = [flags](WalletSession& session) { return Raise(session, *flags); }; });
}

void AddDisputesCommand(CLI::App& program, WalletAction& chosen) {
  CLI::App* disputes = program.add_subcommand("disputes", "what you have said is wrong, and what became of it");
  disputes->callback([&chosen] { chosen = ListMyDisputes; });
}

}  // namespace passport
