// passport-wallet init, passport-wallet join
#include <memory>

#include "keys/secret_text.h"
#include "terminal/plain_text.h"
#include "wallet-cli/commands/wallet_commands.h"
#include "wallet-cli/link.h"

namespace passport {
namespace {

struct InvitationFlags {
  std::string link;       // "https://.../i/<id>", or the id
  std::string code_file;  // the code told apart from it
  std::string code_out;   // for the passport code
  std::string other_code_file;
};

void TellRedeemed(WalletSession& session, const RedeemedAnswer& redeemed, const std::string& code_out) {
  const bool has_code = !redeemed.passport_code.empty();
  if (session.json()) {
    json::Tree tree;
    json::Value& line = tree.Object();
    AppendText(tree, line, "passport", session.Place().string());
    AppendText(tree, line, "person_id", redeemed.person_id);
    AppendText(tree, line, "organisation", redeemed.organisation);
    AppendNumber(tree, line, "signed_again", redeemed.signed_again);
    if (has_code) AppendText(tree, line, "code_out", code_out);
    session.PrintJson(line);
    return;
  }
  std::ostream& out = session.world().output;
  out << "invited by " << Plain(redeemed.organisation) << "; the passport is " << Plain(session.Place().string())
      << "\n";
  if (redeemed.signed_again > 0) out << redeemed.signed_again << " credentials were signed again for its key\n";
  out << "Fetch what was issued for you: passport-wallet receive\n";
}

// Takes up the invitation with the key of the passport. The request id is on the disk before the call, so that a call
// nobody heard the end of is asked again and not made twice.
Result<RedeemedAnswer> TakeUp(WalletSession& session, PassportOnDisk& passport, const InvitationFlags& flags) {
  TRY(session.MakePlaceForCode(flags.code_out));
  TRY_ASSIGN(const Secret code, session.Code(flags.code_file, "Code of the invitation"));
  CarriedPassport& carried = passport.carried();
  if (carried.pending_request.empty()) {
    carried.pending_request = session.RequestId();
    TRY(passport.Save(session.world().random));
  }
  TRY_ASSIGN(PersonClient* const service, session.Service());
  Result<RedeemedAnswer> redeemed = session.Repeating(
      [&] { return service->Redeem(carried.pending_request, IdOfLink(flags.link), code, carried.held_as); });
  // What was refused is over; what was not heard of goes on with the same id.
  if (redeemed.ok() || !PersonClient::IsWorthRepeating(redeemed.fault().reason)) carried.pending_request.clear();
  if (redeemed.ok()) carried.person = redeemed->person_id;
  // The code first: it is told once.
  if (redeemed.ok() && !redeemed->passport_code.empty())
    TRY(session.HandOver("the passport code", redeemed->passport_code));
  TRY(passport.Save(session.world().random));
  return redeemed;
}

Ending Init(WalletSession& session, const InvitationFlags& flags) {
  const bool there = !session.kept() && PassportOnDisk::IsThere(session.Place());
  const Result<PassportOnDisk*> passport =
      there ? session.Passport(PassportOnDisk::Intent::kChange) : session.NewPassport();
  if (!passport.ok()) return session.Refuse(passport.fault());
  if (there && !(*passport)->carried().person.empty()) {
    return session.Refuse({Reason::kAlreadyExists, "", session.Place().string() + " is a passport in use; see join"});
  }
  if (flags.link.empty()) {
    const Result<void> saved = (*passport)->Save(session.world().random);
    if (!saved.ok()) return session.Refuse(saved.fault());
    if (session.json()) {
      json::Tree tree;
      json::Value& line = tree.Object();
      AppendText(tree, line, "passport", session.Place().string());
      session.PrintJson(line);
    } else {
      session.world().output << "a new passport without anything in it: " << Plain(session.Place().string())
                             << "\nTake up an invitation of your employer: passport-wallet join LINK\n";
    }
    return Ending::kDone;
  }
  const Result<RedeemedAnswer> redeemed = TakeUp(session, **passport, flags);
  if (!redeemed.ok()) return session.Refuse(redeemed.fault());
  TellRedeemed(session, *redeemed, flags.code_out);
  return Ending::kDone;
}

Ending JoinOther(WalletSession& session, const InvitationFlags& flags) {
  const Result<Secret> code = session.Code(flags.other_code_file, "Code of the other passport");
  if (!code.ok()) return session.Refuse(code.fault());
  const Result<PersonClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  const std::string request = session.RequestId();
  const Result<MovedAnswer> joined = session.Repeating([&] { return (*service)->Join(request, *code); });
  if (!joined.ok()) return session.Refuse(joined.fault());
  if (session.json()) {
    json::Tree tree;
    json::Value& line = tree.Object();
    AppendNumber(tree, line, "signed_again", joined->signed_again);
    AppendTexts(tree, line, "left_behind", joined->left_behind);
    session.PrintJson(line);
    return Ending::kDone;
  }
  session.world().output << "joined: " << joined->signed_again << " credentials were signed again for this passport\n";
  if (!joined->left_behind.empty()) {
    session.world().output << joined->left_behind.size()
                           << " could not be, because their issuer may not issue them any more\n";
  }
  return Ending::kDone;
}

Ending Join(WalletSession& session, const InvitationFlags& flags) {
  if (flags.link.empty() == flags.other_code_file.empty())
    return session.Misuse("join takes an invitation (LINK) or another passport (--other-code-file), one of them");
  if (!flags.other_code_file.empty()) return JoinOther(session, flags);
  if (session.kept()) {
    const Result<Secret> code = session.Code(flags.code_file, "Code of the invitation");
    if (!code.ok()) return session.Refuse(code.fault());
    const Result<PersonClient*> service = session.Service();
    if (!service.ok()) return session.Refuse(service.fault());
    const std::string request = session.RequestId();
    const Result<RedeemedAnswer> redeemed =
        session.Repeating([&] { return (*service)->Redeem(request, IdOfLink(flags.link), *code, HeldAs::kKept); });
    if (!redeemed.ok()) return session.Refuse(redeemed.fault());
    TellRedeemed(session, *redeemed, {});
    return Ending::kDone;
  }
  const Result<PassportOnDisk*> passport = session.Passport(PassportOnDisk::Intent::kChange);
  if (!passport.ok()) return session.Refuse(passport.fault());
  const Result<RedeemedAnswer> redeemed = TakeUp(session, **passport, flags);
  if (!redeemed.ok()) return session.Refuse(redeemed.fault());
  TellRedeemed(session, *redeemed, flags.code_out);
  return Ending::kDone;
}

}  // namespace

void AddInitCommand(CLI::App& program, WalletAction& chosen) {
  CLI::App* init = program.add_subcommand("init", "make a passport of your own, and take up an invitation");
  const auto flags = std::make_shared<InvitationFlags>();
  init->add_option("LINK", flags->link, "the link of an employer's invitation; without it the passport is empty");
  init->add_option("--invitation-code-file", flags->code_file,
                   "file with the code of the invitation; asked for if not given");
  init->add_option("--code-out", flags->code_out, "new file for the passport code, readable by you only");
  init->callback([flags, &chosen] { chosen = [flags](WalletSession& session) { return Init(session, *flags); }; });
}

void AddJoinCommand(CLI::App& program, WalletAction& chosen) {
  CLI::App* join = program.add_subcommand("join", "take up a further invitation, or join another passport of yours");
  const auto flags = std::make_shared<InvitationFlags>();
  join->add_option("LINK", flags->link, "the link of an employer's invitation");
  join->add_option("--invitation-code-file", flags->code_file,
                   "file with the code of the invitation; asked for if not given");
  join->add_option("--code-out", flags->code_out, "new file for the passport code, if there is a new one");
  join->add_option("--other-code-file", flags->other_code_file, "file with the passport code of the other passport");
  join->callback([flags, &chosen] { chosen = [flags](WalletSession& session) { return Join(session, *flags); }; });
}

}  // namespace passport
