// passport-wallet receive
#include "credential/passport/carried_record.h"
#include "terminal/plain_text.h"
#include "terminal/table.h"
#include "wallet-cli/commands/wallet_commands.h"
#include "wallet-cli/my_records.h"
#include "wallet-cli/my_roles.h"
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

// Shows under the new key what a share had under the one before.
Result<void> RenewOne(WalletSession& session, PersonClient& service, const ShareAnswer& share) {
  const Instant now = session.world().clock();
  const ShareRequestAnswer again{.id = share.id,
                                 .receiver = share.receiver,
                                 .receiver_name = share.receiver_name,
                                 .audience = share.audience,
                                 .nonce = share.nonce,
                                 .purpose = share.purpose,
                                 .purpose_label = {},
                                 .profile = share.profile,
                                 .records = share.records,
                                 .day = {},
                                 .engagement = {},
                                 .keep_through = share.keep_through,
                                 .answer_enough = false,
                                 .expires_at = {},
                                 .transaction_data = share.transaction_data};
  TRY_ASSIGN(const Asking asking, ToAsking(again, CivilDay::InLondon(now)));
  TRY_ASSIGN(PassportOnDisk* const passport, session.Passport(PassportOnDisk::Intent::kChange));
  TRY_ASSIGN(const PublishedTree* const tree, session.Tree());
  TRY_ASSIGN(const MyRecords mine, VerifyMine(passport->carried(), *tree, now));
  const PublishedRules* rules = nullptr;
  if (!asking.profile.empty()) {
    TRY_ASSIGN(rules, session.Rules());
  }
  TRY_ASSIGN(const Answering answering, Choose(asking, mine, rules, now));
  TRY_ASSIGN(const std::string presentation, MakePresentation(asking, answering.showing, passport->carried(),
                                                              tree->snapshot().registry(), passport->key(), now));
  const std::string id = session.RequestId();
  TRY(session.Repeating([&] { return service.RenewShare(id, share.id, presentation); }));
  return {};
}

// Shares wait for the person's program after their key was replaced. One that can not go on is named; the rest does.
void RenewWaiting(WalletSession& session, PersonClient& service, const std::vector<ShareAnswer>& shares) {
  for (const ShareAnswer& share : shares) {
    if (share.state != "renewing") continue;
    const Result<void> renewed = RenewOne(session, service, share);
    const std::string name = Plain(share.receiver_name.empty() ? share.receiver : share.receiver_name);
    if (!renewed.ok()) {
      session.world().errors << "the share of " << name << " waits: " << Plain(renewed.fault().detail) << "\n";
    } else if (!session.json()) {
      session.world().output << "the share of " << name << " goes on under your new key\n";
    }
  }
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
  Result<ReceivedAnswer> received = session.Repeating([&] { return (*service)->Receive(carried.since); });
  if (!received.ok()) return session.Refuse(received.fault());
  std::erase_if(received->credentials,
                [&](const CarriedCredential& credential) { return !carried.IsNews(credential); });
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
  // For whom and what is shared says in which roles the person works.
  const auto shares = session.Repeating([&] { return (*service)->ListShares(); });
  if (shares.ok()) carried.roles = WithSharesOf(std::move(carried.roles), *shares);
  const Result<void> saved = (*passport)->Save(session.world().random);
  if (!saved.ok()) return session.Refuse(saved.fault());
  TellReceived(session, *received);
  if (!shares.ok()) return session.Refuse(shares.fault());
  RenewWaiting(session, **service, *shares);
  return Ending::kDone;
}

}  // namespace

void AddReceiveCommand(CLI::App& program, WalletAction& chosen) {
  CLI::App* receive = program.add_subcommand("receive", "fetch everything issued for you since last time");
  receive->callback([&chosen] { chosen = ReceiveAll; });
}

}  // namespace passport
