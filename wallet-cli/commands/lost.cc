// passport-wallet lost, undo-lost, move
#include <filesystem>
#include <memory>

#include "keys/secret_text.h"
#include "terminal/plain_text.h"
#include "wallet-cli/commands/wallet_commands.h"

namespace passport {
namespace {

struct LostFlags {
  std::string code_file;
  bool end_shares = false;
};

Ending Lost(WalletSession& session, const LostFlags& flags) {
  const Result<Secret> code =
      session.Code(flags.code_file.empty() ? session.flags().code_file : flags.code_file, "Your passport code");
  if (!code.ok()) return session.Refuse(code.fault());
  const Result<PersonClient*> service = session.ServiceWithCode(*code);
  if (!service.ok()) return session.Refuse(service.fault());
  const std::string request = session.RequestId();
  const Result<std::string> report =
      session.Repeating([&] { return (*service)->ReportLoss(request, flags.end_shares); });
  if (!report.ok()) return session.Refuse(report.fault());
  if (session.json()) {
    json::Tree tree;
    json::Value& line = tree.Object();
    AppendText(tree, line, "report_id", *report);
    session.PrintJson(line);
  } else {
    session.world().output
        << "reported; tell your employer this number: " << Plain(*report)
        << "\nThey make sure who you are; then the old key is dead and everything is signed again.\n";
  }
  return Ending::kDone;
}

struct UndoFlags {
  std::string code_file;
  std::string session_code_file;
};

// What an employer gives who knows the person: asked for where the service kept the passport.
Result<Secret> SessionCode(WalletSession& session, const UndoFlags& flags) {
  if (!session.kept() && flags.session_code_file.empty()) return Secret();
  return session.Code(flags.session_code_file, "The session code your employer gave you today");
}

Ending UndoLost(WalletSession& session, const UndoFlags& flags) {
  const Result<Secret> code = session.Code(flags.code_file.empty() ? session.flags().code_file : flags.code_file,
                                           "Your passport code of before");
  if (!code.ok()) return session.Refuse(code.fault());
  // With the old key where there is one; for a kept passport an employer says who it is.
  const bool has_key = !session.kept() && PassportOnDisk::IsThere(session.Place());
  const Result<Secret> session_code = has_key ? Result<Secret>(Secret()) : SessionCode(session, flags);
  if (!session_code.ok()) return session.Refuse(session_code.fault());
  const Result<PersonClient*> service = has_key ? session.Service() : session.ServiceWithCode(*code);
  if (!service.ok()) return session.Refuse(service.fault());
  const std::string request = session.RequestId();
  const Result<std::uint32_t> undone =
      session.Repeating([&] { return (*service)->UndoReplacement(request, *code, *session_code); });
  if (!undone.ok()) return session.Refuse(undone.fault());
  if (session.json()) {
    json::Tree tree;
    json::Value& line = tree.Object();
    AppendNumber(tree, line, "reinstated", *undone);
    session.PrintJson(line);
  } else {
    session.world().output << "taken back: " << *undone << " credentials are good again\n";
  }
  return Ending::kDone;
}

struct MoveFlags {
  std::string to;  // "kept", "wallet", or the path of a file
  std::string code_out;
};

std::filesystem::path PlaceOfMove(WalletSession& session, const std::string& to) {
  return to == "wallet" ? session.world().home / "passport" : std::filesystem::path(to);
}

void TellMoved(WalletSession& session, const MovedAnswer& moved, const std::string& to) {
  if (session.json()) {
    json::Tree tree;
    json::Value& line = tree.Object();
    AppendText(tree, line, "moved_to", to);
    AppendNumber(tree, line, "signed_again", moved.signed_again);
    AppendTexts(tree, line, "left_behind", moved.left_behind);
    session.PrintJson(line);
    return;
  }
  std::ostream& out = session.world().output;
  out << "moved: " << moved.signed_again
      << " credentials were signed again; what was where it came from is good for nothing\n";
  out << "Fetch them where the passport is now: passport-wallet receive\n";
  if (!moved.left_behind.empty()) {
    out << moved.left_behind.size() << " could not be signed again, because their issuer may not issue them any more\n";
  }
}

// What the new place begins with: where the service is and what is believed, nothing of what the old key held.
CarriedPassport Beginning(const CarriedPassport& before, HeldAs held_as) {
  CarriedPassport carried;
  carried.held_as = held_as;
  carried.person = before.person;
  carried.service = before.service;
  carried.trust = before.trust;
  carried.roles = before.roles;
  return carried;
}

// The new key is on the disk before the service hears of it. A move that nobody heard the end of is made again with the
// same file and the same request.
Result<PassportOnDisk> NewPlace(WalletSession& session, const std::filesystem::path& path, HeldAs held_as) {
  if (PassportOnDisk::IsThere(path)) {
    TRY_ASSIGN(const Secret passphrase, session.Passphrase());
    TRY_ASSIGN(PassportOnDisk begun, PassportOnDisk::Open(path, passphrase, PassportOnDisk::Intent::kChange));
    if (!begun.carried().pending_request.empty() && begun.carried().held_as == held_as) return begun;
    return Fault{Reason::kAlreadyExists, "", path.string() + " is there already"};
  }
  TRY_ASSIGN(const Secret passphrase, session.NewPassphrase("the passport there"));
  return PassportOnDisk::Make(path, passphrase, held_as, session.world().cost, session.world().random);
}

// Whether the passport is bound to the key of the new place already: a move that nobody heard the end of had happened.
Result<bool> IsBoundTo(WalletSession& session, PassportOnDisk& place) {
  TRY_ASSIGN(const CarriedService address, session.ServiceAddress());
  KeyProof proof(place.key(), session.world().clock, session.world().random);
  TRY_ASSIGN(PersonClient service, PersonClient::Connect(address, proof));
  const Result<ReceivedAnswer> received = service.Receive("");
  if (received.ok()) return true;
  if (received.fault().reason == Reason::kHolderUnknown) return false;
  return received.fault();
}

Result<MovedAnswer> MoveToKey(WalletSession& session, const MoveFlags& flags) {
  const HeldAs held_as = flags.to == "wallet" ? HeldAs::kWallet : HeldAs::kFile;
  CarriedPassport before;
  if (session.kept()) {
    TRY_ASSIGN(before, session.FromFlags());
    TRY_ASSIGN(before.service, session.ServiceAddress());
  } else {
    TRY_ASSIGN(PassportOnDisk* const passport, session.Passport(PassportOnDisk::Intent::kChange));
    before = passport->carried();
  }
  TRY_ASSIGN(PassportOnDisk place, NewPlace(session, PlaceOfMove(session, flags.to), held_as));
  const std::string begun = place.carried().pending_request;
  const bool begun_before = !begun.empty();
  const std::string request = begun_before ? begun : session.RequestId();
  place.carried() = Beginning(before, held_as);
  place.carried().pending_request = request;
  TRY(place.Save(session.world().random));
  TRY_ASSIGN(PersonClient* const service, session.Service());
  KeyProof new_key(place.key(), session.world().clock, session.world().random);
  Result<MovedAnswer> moved = session.Repeating([&] { return service->Move(request, held_as, &new_key); });
  bool refused = !moved.ok() && !PersonClient::IsWorthRepeating(moved.fault().reason);
  if (!moved.ok() && moved.fault().reason == Reason::kHolderUnknown) {
    const Result<bool> bound = IsBoundTo(session, place);
    refused = bound.ok() && !*bound;
    if (bound.ok() && *bound) moved = MovedAnswer{};
  }
  if (!moved.ok()) {
    // Refused at once and for good: nothing is in the new place. In every other case its key may be the only one.
    if (refused && !begun_before) TRY(place.Remove());
    return moved;
  }
  place.carried().pending_request.clear();
  TRY(place.Save(session.world().random));
  return moved;
}

Result<MovedAnswer> MoveToService(WalletSession& session) {
  TRY_ASSIGN(PassportOnDisk* const passport, session.Passport(PassportOnDisk::Intent::kChange));
  CarriedPassport& carried = passport->carried();
  if (carried.pending_request.empty()) {
    carried.pending_request = session.RequestId();
    TRY(passport->Save(session.world().random));
  }
  TRY_ASSIGN(PersonClient* const service, session.Service());
  Result<MovedAnswer> moved =
      session.Repeating([&] { return service->Move(carried.pending_request, HeldAs::kKept, nullptr); });
  if (moved.ok() || PersonClient::IsWorthRepeating(moved.fault().reason)) return moved;
  carried.pending_request.clear();
  TRY(passport->Save(session.world().random));
  return moved;
}

Ending Move(WalletSession& session, const MoveFlags& flags) {
  const bool to_service = flags.to == "kept";
  if (to_service && session.kept())
    return session.Misuse("the service keeps this passport already; to take it out: move wallet, or move FILE");
  std::error_code error;
  if (!to_service && !session.kept() &&
      std::filesystem::weakly_canonical(PlaceOfMove(session, flags.to), error) ==
          std::filesystem::weakly_canonical(session.Place(), error)) {
    return session.Misuse("the passport is there already; name another place");
  }
  const Result<void> place_for_code = session.MakePlaceForCode(flags.code_out);
  if (!place_for_code.ok()) return session.Refuse(place_for_code.fault());
  const Result<bool> agreed = session.Agreed("What is here is good for nothing then. Move the passport?");
  if (!agreed.ok()) return session.Refuse(agreed.fault());
  if (!*agreed) {
    session.world().errors << "passport-wallet: nothing was moved\n";
    return Ending::kRefused;
  }
  const Result<MovedAnswer> moved = to_service ? MoveToService(session) : MoveToKey(session, flags);
  if (!moved.ok()) return session.Refuse(moved.fault());
  if (!moved->passport_code.empty()) {
    const Result<void> handed = session.HandOver("the passport code", moved->passport_code);
    if (!handed.ok()) return session.Refuse(handed.fault());
  }
  if (!session.kept()) {
    const Result<PassportOnDisk*> old = session.Passport(PassportOnDisk::Intent::kChange);
    const Result<void> removed = old.ok() ? (*old)->Remove() : Result<void>(old.fault());
    if (!removed.ok()) return session.Refuse(removed.fault());
  }
  TellMoved(session, *moved, flags.to);
  return Ending::kDone;
}

}  // namespace

void AddLostCommand(CLI::App& program, WalletAction& chosen) {
  CLI::App* lost = program.add_subcommand("lost", "report the passport lost, with your passport code");
  const auto flags = std::make_shared<LostFlags>();
  lost->add_option("--passport-code-file", flags->code_file, "file with your passport code; asked for if not given");
  lost->add_flag("--end-shares", flags->end_shares, "what you gave to others ends too; else it goes on");
  lost->callback([flags, &chosen] { chosen = [flags](WalletSession& session) { return Lost(session, *flags); }; });
}

void AddUndoLostCommand(CLI::App& program, WalletAction& chosen) {
  CLI::App* undo =
      program.add_subcommand("undo-lost", "within a day: the passport is there again, or you never reported it");
  const auto flags = std::make_shared<UndoFlags>();
  undo->add_option("--passport-code-file", flags->code_file,
                   "file with your passport code of before; asked for if not given");
  undo->add_option("--session-code-file", flags->session_code_file,
                   "of a passport the service kept: file with the code your employer gave you; asked for if not given");
  undo->callback([flags, &chosen] { chosen = [flags](WalletSession& session) { return UndoLost(session, *flags); }; });
}

void AddMoveCommand(CLI::App& program, WalletAction& chosen) {
  CLI::App* move = program.add_subcommand("move", "to a file, to this program, or into the service's keeping");
  const auto flags = std::make_shared<MoveFlags>();
  move->add_option("TO", flags->to, "kept, wallet, or the path of a new file")->required();
  move->add_option("--code-out", flags->code_out, "new file for the new passport code, readable by you only");
  move->callback([flags, &chosen] { chosen = [flags](WalletSession& session) { return Move(session, *flags); }; });
}

}  // namespace passport
