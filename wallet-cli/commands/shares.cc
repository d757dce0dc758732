// passport-wallet shares, end-share, history
#include <memory>

#include "credential/vocabulary/instant_text.h"
#include "terminal/plain_text.h"
#include "terminal/table.h"
#include "wallet-cli/commands/wallet_commands.h"
#include "wallet-cli/my_records.h"
#include "wallet-cli/person_words.h"

namespace passport {
namespace {

std::string DayText(const std::optional<Instant>& at) { return at ? UtcText(*at) : ""; }

std::string NameOf(const std::string& name, const std::string& id) { return name.empty() ? id : name; }

void PrintShareJson(WalletSession& session, const ShareAnswer& share) {
  json::Tree tree;
  json::Value& line = tree.Object();
  AppendText(tree, line, "share_id", share.id);
  AppendText(tree, line, "receiver", share.receiver);
  AppendText(tree, line, "receiver_name", share.receiver_name);
  AppendText(tree, line, "purpose", share.purpose);
  AppendText(tree, line, "profile", share.profile);
  AppendText(tree, line, "state", share.state);
  AppendText(tree, line, "keep_through", share.keep_through);
  AppendText(tree, line, "given_at", DayText(share.given_at));
  AppendText(tree, line, "ended_at", DayText(share.ended_at));
  AppendText(tree, line, "ended_by", share.ended_by);
  AppendTexts(tree, line, "credential_ids", share.credential_ids);
  session.PrintJson(line);
}

struct SharesFlags {
  bool all = false;
};

Ending ListMyShares(WalletSession& session, const SharesFlags& flags) {
  const Result<PersonClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  const auto shares = session.Repeating([&] { return (*service)->ListShares(); });
  if (!shares.ok()) return session.Refuse(shares.fault());
  Table table({"ID", "WHO HAS IT", "FOR", "ROLE", "STATE", "KEPT THROUGH"});
  std::size_t over = 0;
  std::size_t listed = 0;
  for (const ShareAnswer& share : *shares) {
    if (IsOver(share.state) && !flags.all) {
      ++over;
      continue;
    }
    ++listed;
    if (session.json()) {
      PrintShareJson(session, share);
    } else {
      table.Add({ShortId(share.id), NameOf(share.receiver_name, share.receiver), InPlainWords(share.purpose),
                 share.profile, InPlainWords(share.state),
                 share.keep_through.empty() ? "looked at once" : share.keep_through});
    }
  }
  if (session.json()) return Ending::kDone;
  if (listed == 0) session.world().output << "nobody has anything of yours\n";
  table.Print(session.world().output);
  if (over > 0) session.world().output << over << " that are over are not shown; see --all\n";
  return Ending::kDone;
}

// The whole id of a share that begins so.
Result<std::string> WholeShareId(WalletSession& session, PersonClient& service, std::string_view id) {
  TRY_ASSIGN(const std::vector<ShareAnswer> shares, session.Repeating([&] { return service.ListShares(); }));
  std::string found;
  for (const ShareAnswer& share : shares) {
    if (!share.id.starts_with(id)) continue;
    if (!found.empty()) return Fault{Reason::kFieldInvalid, "", "several shares begin so; type more of the id"};
    found = share.id;
  }
  if (found.empty()) return Fault{Reason::kNotFound, "", "no share of yours begins so"};
  return found;
}

Ending EndOne(WalletSession& session, const std::string& id) {
  const Result<PersonClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  const Result<std::string> whole = WholeShareId(session, **service, id);
  if (!whole.ok()) return session.Refuse(whole.fault());
  const Result<bool> agreed = session.Agreed("They can not read it any more then. End this share?");
  if (!agreed.ok()) return session.Refuse(agreed.fault());
  if (!*agreed) {
    session.world().errors << "passport-wallet: the share goes on\n";
    return Ending::kRefused;
  }
  const std::string request = session.RequestId();
  const Result<ShareAnswer> ended = session.Repeating([&] { return (*service)->EndShare(request, *whole); });
  if (!ended.ok()) return session.Refuse(ended.fault());
  if (session.json()) {
    PrintShareJson(session, *ended);
  } else {
    session.world().output << Plain(NameOf(ended->receiver_name, ended->receiver)) << " can not read it any more\n";
  }
  return Ending::kDone;
}

void PrintLookJson(WalletSession& session, const LookAnswer& look) {
  json::Tree tree;
  json::Value& line = tree.Object();
  AppendText(tree, line, "at", DayText(look.at));
  AppendText(tree, line, "receiver", look.receiver);
  AppendText(tree, line, "receiver_name", look.receiver_name);
  AppendText(tree, line, "share_id", look.share_id);
  AppendText(tree, line, "purpose", look.purpose);
  AppendText(tree, line, "outcome", look.outcome);
  json::Value& records = tree.Array();
  for (const AskedRecordAnswer& record : look.records) {
    json::Value& each = tree.Object();
    AppendText(tree, each, "kind", record.kind);
    AppendTexts(tree, each, "facts", record.facts);
    records.Append(each);
  }
  line.Append("records", records);
  session.PrintJson(line);
}

std::string WhatWasSeen(const LookAnswer& look) {
  std::string text;
  for (const AskedRecordAnswer& record : look.records) {
    if (!text.empty()) text += "; ";
    text += KindLabel(record.kind);
    for (std::size_t i = 0; i < record.facts.size(); ++i) {
      text += (i == 0 ? ": " : ", ") + FactLabel(record.kind, record.facts[i]);
    }
  }
  return text;
}

Ending History(WalletSession& session, const std::string& share) {
  const Result<PersonClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  std::string whole;
  if (!share.empty()) {
    Result<std::string> found = WholeShareId(session, **service, share);
    if (!found.ok()) return session.Refuse(found.fault());
    whole = std::move(found).value();
  }
  const auto looks = session.Repeating([&] { return (*service)->ListLooks(whole); });
  if (!looks.ok()) return session.Refuse(looks.fault());
  Table table({"WHEN", "WHO", "FOR", "OUTCOME", "WHAT THEY SAW"});
  for (const LookAnswer& look : *looks) {
    if (session.json()) {
      PrintLookJson(session, look);
    } else {
      table.Add({DayText(look.at), NameOf(look.receiver_name, look.receiver), InPlainWords(look.purpose),
                 InPlainWords(look.outcome), WhatWasSeen(look)});
    }
  }
  if (!session.json() && looks->empty()) session.world().output << "nobody has looked\n";
  if (!session.json()) table.Print(session.world().output);
  return Ending::kDone;
}

}  // namespace

void AddSharesCommand(CLI::App& program, WalletAction& chosen) {
  CLI::App* shares = program.add_subcommand("shares", "who has what of yours");
  const auto flags = std::make_shared<SharesFlags>();
  shares->add_flag("--all", flags->all, "also what is over");
  shares->callback(
      [flags, &chosen] { chosen = [flags](WalletSession& session) { return ListMyShares(session, *flags); }; });
}

void AddEndShareCommand(CLI::App& program, WalletAction& chosen) {
  CLI::App* end = program.add_subcommand("end-share", "take back what you gave; they can not read it any more");
  const auto id = std::make_shared<std::string>();
  end->add_option("ID", *id, "the share, or how its id begins")->required();
  end->callback([id, &chosen] { chosen = [id](WalletSession& session) { return EndOne(session, *id); }; });
}

void AddHistoryCommand(CLI::App& program, WalletAction& chosen) {
  CLI::App* history = program.add_subcommand("history", "who has looked, when, what for, and what they saw");
  const auto share = std::make_shared<std::string>();
  history->add_option("--share", *share, "into one share alone, by its id or how it begins");
  history->callback(
      [share, &chosen] { chosen = [share](WalletSession& session) { return History(session, *share); }; });
}

}  // namespace passport
