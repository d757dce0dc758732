// passportctl person invite, unlock, lost, leave; passportctl dispute
#include <memory>

#include "credential/vocabulary/instant_text.h"
#include "keys/secret_text.h"
#include "operator-cli/commands/commands.h"
#include "terminal/files.h"
#include "terminal/plain_text.h"
#include "terminal/table.h"

namespace passport {
namespace {

struct PassportFlags {
  LossEntry loss;
  std::string code_out;
};

void AddIdentity(CLI::App& command, IdentityEntry& identity) {
  command.add_option("--identity", identity.method, "how you made sure who the person is: a word of identity_method")
      ->required();
  command.add_option("--checked-by", identity.checked_by, "who made sure")->required();
  command.add_option("--checked-on", identity.checked_on, "the day, 2026-03-01")->required();
}

// Where a code goes that is told once: a new file, or the screen of a person. Opened before anything is changed.
Result<std::optional<OpenFile>> PlaceFor(Session& session, const std::string& code_out) {
  if (!code_out.empty()) {
    TRY_ASSIGN(OpenFile file, OpenFile::PrivateNew(code_out));
    return std::optional<OpenFile>(std::move(file));
  }
  if (session.around().output_is_terminal && !session.json()) return std::optional<OpenFile>();
  return Fault{Reason::kConfig, "", "say with --code-out FILE where the code goes; it is shown on a terminal only"};
}

Result<void> HandCode(Session& session, std::optional<OpenFile>& file, const Secret& code) {
  if (!file) {
    session.around().output << "code, shown once: " << TextOf(code) << "\n";
    return {};
  }
  TRY(file->Write(TextOf(code)));
  TRY(file->Write("\n"));
  return file->Sync();
}

void TellInvitation(Session& session, const InvitationAnswer& invitation, const std::string& code_out) {
  session.around().output << "invitation " << Plain(invitation.invitation) << ", good until "
                          << UtcText(invitation.expires_at) << "\n";
  if (!code_out.empty())
    session.around().output << "its code is in " << Plain(code_out) << "; tell it to the person another way\n";
}

Ending Invite(Session& session, const PassportFlags& flags) {
  Result<std::optional<OpenFile>> place = PlaceFor(session, flags.code_out);
  if (!place.ok()) return session.Refuse(place.fault());
  const auto invite = [&]() -> Result<InvitationAnswer> {
    TRY_ASSIGN(ServiceClient * service, session.Service());
    const std::string id = session.RequestId();
    return session.Repeating(
        [&] { return service->InvitePerson(id, flags.loss.employee_number, flags.loss.identity); });
  };
  const Result<InvitationAnswer> invited = invite();
  if (!invited.ok()) {
    if (*place) RemoveFile(flags.code_out);
    return session.Refuse(invited.fault());
  }
  const Result<void> handed = HandCode(session, *place, invited->code);
  if (!handed.ok()) return session.Refuse(handed.fault());
  if (session.json()) {
    json::Tree tree;
    json::Value& line = tree.Object();
    AppendText(tree, line, "invitation", invited->invitation);
    AppendText(tree, line, "code_out", flags.code_out);
    AppendText(tree, line, "expires_at", UtcText(invited->expires_at));
    session.PrintJson(line);
    return Ending::kDone;
  }
  TellInvitation(session, *invited, flags.code_out);
  return Ending::kDone;
}

Ending Unlock(Session& session, const PassportFlags& flags) {
  Result<std::optional<OpenFile>> place = PlaceFor(session, flags.code_out);
  if (!place.ok()) return session.Refuse(place.fault());
  const auto unlock = [&]() -> Result<UnlockedAnswer> {
    TRY_ASSIGN(ServiceClient * service, session.Service());
    const std::string id = session.RequestId();
    return session.Repeating(
        [&] { return service->UnlockPassport(id, flags.loss.employee_number, flags.loss.identity); });
  };
  const Result<UnlockedAnswer> unlocked = unlock();
  if (!unlocked.ok()) {
    if (*place) RemoveFile(flags.code_out);
    return session.Refuse(unlocked.fault());
  }
  const Result<void> handed = HandCode(session, *place, unlocked->session_code);
  if (!handed.ok()) return session.Refuse(handed.fault());
  if (session.json()) {
    json::Tree tree;
    json::Value& line = tree.Object();
    AppendText(tree, line, "code_out", flags.code_out);
    AppendText(tree, line, "expires_at", UtcText(unlocked->expires_at));
    session.PrintJson(line);
    return Ending::kDone;
  }
  if (!flags.code_out.empty()) session.around().output << "the session code is in " << Plain(flags.code_out) << "\n";
  session.around().output << "the passport is open to your organisation until " << UtcText(unlocked->expires_at)
                          << "\n";
  return Ending::kDone;
}

void TellReplaced(Session& session, const ReplacedAnswer& replaced, const PassportFlags& flags) {
  if (session.json()) {
    json::Tree tree;
    json::Value& line = tree.Object();
    line.Append("signed_again", tree.Integer(static_cast<std::int64_t>(replaced.signed_again)));
    json::Value& left = tree.Array();
    for (const std::string& id : replaced.left_behind) left.Append(tree.String(id));
    line.Append("left_behind", left);
    AppendText(tree, line, "invitation", replaced.invitation.invitation);
    AppendText(tree, line, "code_out", flags.code_out);
    AppendText(tree, line, "undo_until", UtcText(replaced.undo_until));
    session.PrintJson(line);
    return;
  }
  std::ostream& out = session.around().output;
  out << "the lost key is dead; what it held is suspended everywhere\n";
  if (replaced.invitation.invitation.empty()) {
    out << replaced.signed_again << " credentials are signed again for a new key\n";
    if (!flags.code_out.empty())
      out << "the new passport code is in " << Plain(flags.code_out) << "; hand it to the person and keep no copy\n";
  } else {
    TellInvitation(session, replaced.invitation, flags.code_out);
    out << "everything is signed again when the person takes it up\n";
  }
  for (const std::string& id : replaced.left_behind)
    out << "not signed again, its issuer may not any more: " << Plain(id) << "\n";
  out << "the person can take this back until " << UtcText(replaced.undo_until) << "\n";
}

Ending Lost(Session& session, const PassportFlags& flags) {
  Result<std::optional<OpenFile>> place = PlaceFor(session, flags.code_out);
  if (!place.ok()) return session.Refuse(place.fault());
  const auto replace = [&]() -> Result<ReplacedAnswer> {
    TRY_ASSIGN(ServiceClient * service, session.Service());
    const std::string id = session.RequestId();
    return session.Repeating([&] { return service->ReplacePassport(id, flags.loss); });
  };
  const Result<ReplacedAnswer> replaced = replace();
  if (!replaced.ok()) {
    if (*place) RemoveFile(flags.code_out);
    return session.Refuse(replaced.fault());
  }
  const bool invited = !replaced->invitation.invitation.empty();
  const Result<void> handed = HandCode(session, *place, invited ? replaced->invitation.code : replaced->passport_code);
  if (!handed.ok()) return session.Refuse(handed.fault());
  TellReplaced(session, *replaced, flags);
  return Ending::kDone;
}

struct LeaveFlags {
  std::string employee_number;
  std::string reason;
};

Ending Leave(Session& session, const LeaveFlags& flags) {
  const auto leave = [&]() -> Result<LeftAnswer> {
    TRY_ASSIGN(ServiceClient * service, session.Service());
    const std::string id = session.RequestId();
    return session.Repeating([&] { return service->EndEmployment(id, flags.employee_number, flags.reason); });
  };
  const Result<LeftAnswer> left = leave();
  if (!left.ok()) return session.Refuse(left.fault());
  if (session.json()) {
    json::Tree tree;
    json::Value& line = tree.Object();
    json::Value& revoked = tree.Array();
    for (const std::string& id : left->revoked) revoked.Append(tree.String(id));
    line.Append("revoked", revoked);
    line.Append("kept", tree.Integer(static_cast<std::int64_t>(left->kept)));
    session.PrintJson(line);
    return Ending::kDone;
  }
  session.around().output << left->revoked.size() << " credentials that say the person works here are revoked; "
                          << left->kept << " others stand as before\n";
  return Ending::kDone;
}

json::Value& JsonOfDispute(const DisputeAnswer& dispute, json::Tree& tree) {
  json::Value& line = tree.Object();
  AppendText(tree, line, "dispute_id", dispute.id);
  AppendText(tree, line, "credential_id", dispute.credential_id);
  AppendText(tree, line, "issuer", dispute.issuer);
  AppendText(tree, line, "kind", dispute.kind);
  AppendText(tree, line, "state", dispute.state);
  AppendText(tree, line, "words", dispute.words);
  AppendText(tree, line, "answer", dispute.answer);
  AppendText(tree, line, "raised_at", UtcText(dispute.raised_at));
  return line;
}

Ending ListDisputes(Session& session, bool all) {
  Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  Table table({"dispute", "kind", "state", "raised", "what the person says"});
  std::string token;
  do {
    const Result<DisputePage> page = session.Repeating([&] { return (*service)->ListDisputes(all, token); });
    if (!page.ok()) return session.Refuse(page.fault());
    for (const DisputeAnswer& each : page->disputes) {
      if (session.json()) {
        json::Tree tree;
        session.PrintJson(JsonOfDispute(each, tree));
      } else {
        table.Add({each.id, each.kind, each.state, UtcText(each.raised_at), each.words});
      }
    }
    token = page->next_page_token;
  } while (!token.empty());
  if (!session.json() && table.empty()) session.around().output << "no open disputes\n";
  if (!session.json()) table.Print(session.around().output);
  return Ending::kDone;
}

struct SettleFlags {
  std::string id;
  std::string answer;
  bool corrected = false;
};

Ending Settle(Session& session, const SettleFlags& flags) {
  const auto settle = [&]() -> Result<DisputeAnswer> {
    TRY_ASSIGN(ServiceClient * service, session.Service());
    const std::string id = session.RequestId();
    return session.Repeating([&] { return service->SettleDispute(id, flags.id, flags.corrected, flags.answer); });
  };
  const Result<DisputeAnswer> settled = settle();
  if (!settled.ok()) return session.Refuse(settled.fault());
  if (session.json()) {
    json::Tree tree;
    session.PrintJson(JsonOfDispute(*settled, tree));
  } else {
    session.around().output << "the dispute is settled: " << settled->state << "\n";
  }
  return Ending::kDone;
}

}  // namespace

void AddPersonPassport(CLI::App& person, Action& chosen) {
  CLI::App* invite = person.add_subcommand("invite", "invite a new person to a passport in their own hands");
  const auto invited = std::make_shared<PassportFlags>();
  invite->add_option("--employee-number", invited->loss.employee_number, "a new number of yours")->required();
  AddIdentity(*invite, invited->loss.identity);
  invite->add_option("--code-out", invited->code_out, "new file for the code, readable by you only");
  invite->callback([invited, &chosen] { chosen = [invited](Session& session) { return Invite(session, *invited); }; });

  CLI::App* unlock =
      person.add_subcommand("unlock", "open a passport that the service keeps, for a quarter of an hour");
  const auto unlocked = std::make_shared<PassportFlags>();
  unlock->add_option("--employee-number", unlocked->loss.employee_number, "whose")->required();
  AddIdentity(*unlock, unlocked->loss.identity);
  unlock->add_option("--code-out", unlocked->code_out, "new file for the session code, readable by you only");
  unlock->callback(
      [unlocked, &chosen] { chosen = [unlocked](Session& session) { return Unlock(session, *unlocked); }; });

  CLI::App* lost =
      person.add_subcommand("lost", "replace a lost passport: the old key is dead, everything signed again");
  const auto flags = std::make_shared<PassportFlags>();
  flags->loss.held_as = "kept";
  lost->add_option("--employee-number", flags->loss.employee_number, "whose")->required();
  AddIdentity(*lost, flags->loss.identity);
  lost->add_option("--report", flags->loss.report, "the person's own report, if there is one");
  lost->add_option("--to", flags->loss.held_as,
                   "where the new key goes: kept (at once), file or wallet (an invitation)");
  lost->add_flag("--end-shares", flags->loss.end_shares, "shares that were given end");
  lost->add_option("--code-out", flags->code_out, "new file for the code, readable by you only");
  lost->callback([flags, &chosen] { chosen = [flags](Session& session) { return Lost(session, *flags); }; });

  CLI::App* leave = person.add_subcommand("leave", "a person leaves: what says that they work here is revoked");
  const auto leaving = std::make_shared<LeaveFlags>();
  leave->add_option("--employee-number", leaving->employee_number, "who leaves")->required();
  leave->add_option("--reason", leaving->reason, "a word of the list leaving_reason")->required();
  leave->callback([leaving, &chosen] { chosen = [leaving](Session& session) { return Leave(session, *leaving); }; });
}

void AddDisputeCommand(CLI::App& program, Action& chosen) {
  CLI::App* dispute = program.add_subcommand("dispute", "what people say is wrong with records you issued");
  dispute->require_subcommand(1);
  CLI::App* list = dispute->add_subcommand("list", "open disputes");
  const auto all = std::make_shared<bool>(false);
  list->add_flag("--all", *all, "those that are settled, too");
  list->callback([all, &chosen] { chosen = [all](Session& session) { return ListDisputes(session, *all); }; });
  CLI::App* settle = dispute->add_subcommand("settle", "end a dispute with words for the person");
  const auto flags = std::make_shared<SettleFlags>();
  settle->add_option("dispute", flags->id, "which one")->required();
  settle->add_flag("--corrected", flags->corrected, "the record was issued anew or revoked; otherwise it is confirmed");
  settle->add_option("--answer", flags->answer, "words for the person")->required();
  settle->callback([flags, &chosen] { chosen = [flags](Session& session) { return Settle(session, *flags); }; });
}

}  // namespace passport
