// passport-wallet receive
#include "credential/passport/carried_record.h"
#include "terminal/plain_text.h"
#include "terminal/table.h"
#include "wallet-cli/commands/wallet_commands.h"
#include "wallet-cli/my_records.h"
#include "wallet-cli/person_words.h"

namespace passport {
namespace {

void TellReceived(WalletSession& session, const ReceivedAnswer& received) {
  if (session.json()) {
    for (const CarriedCredential& credential : received.credentials) {
      json::Tree tree;
      json::Value& line = tree.Object();
      AppendText(tree, line, "credential_id", credential.id);
      AppendText(tree, line, "kind", credential.kind);
      AppendText(tree, line, "issuer", credential.issuer);
      AppendText(tree, line, "state", credential.state);
      if (!credential.state_reason.empty()) AppendText(tree, line, "state_reason", credential.state_reason);
      session.PrintJson(line);
    }
    return;
  }
  if (received.credentials.empty()) {
    session.world().output << "nothing new\n";
    return;
  }
  Table table({"ID", "KIND", "WHAT", "ISSUED BY", "STATE"});
  for (const CarriedCredential& credential : received.credentials) {
    const Result<Record> record = RecordOf(credential);
    table.Add({ShortId(credential.id), KindLabel(credential.kind), record.ok() ? ShortlyOf(*record) : "",
               credential.issuer_name, StateForPerson(credential.state)});
  }
  table.Print(session.world().output);
  session.world().output
      << "Say that a record is right: passport-wallet accept ID; that it is wrong: passport-wallet dispute ID\n";
}

Ending ReceiveAll(WalletSession& session) {
  if (session.kept()) {
    const Result<const CarriedPassport*> carried = session.Carried();
    if (!carried.ok()) return session.Refuse(carried.fault());
    TellReceived(session, {.credentials = (*carried)->credentials, .next_token = {}});
    return Ending::kDone;
  }
  const Result<PassportOnDisk*> passport = session.Passport(PassportOnDisk::Intent::kChange);
  if (!passport.ok()) return session.Refuse(passport.fault());
  const Result<PersonClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  CarriedPassport& carried = (*passport)->carried();
  const Result<ReceivedAnswer> received = session.Repeating([&] { return (*service)->Receive(carried.since); });
  if (!received.ok()) return session.Refuse(received.fault());
  for (const CarriedCredential& credential : received->credentials) {
    const Result<void> taken = carried.Take(credential);
    if (!taken.ok()) return session.Refuse(taken.fault());
  }
  carried.since = received->next_token;
  carried.received_at = session.world().clock();
  // The registry as it is published now, so that an older one is refused from then on.
  if (carried.trust) {
    const Result<const PublishedTree*> tree = session.Tree();
    if (!tree.ok()) session.world().errors << "the published files: " << Plain(tree.fault().detail) << "\n";
  }
  const Result<void> saved = (*passport)->Save(session.world().random);
  if (!saved.ok()) return session.Refuse(saved.fault());
  TellReceived(session, *received);
  return Ending::kDone;
}

}  // namespace

void AddReceiveCommand(CLI::App& program, WalletAction& chosen) {
  CLI::App* receive = program.add_subcommand("receive", "fetch everything issued for you since last time");
  receive->callback([&chosen] { chosen = ReceiveAll; });
}

}  // namespace passport
