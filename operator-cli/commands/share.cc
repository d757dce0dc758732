// passportctl share ask|list|look|end
#include <memory>

#include "keys/secret_text.h"
#include "operator-cli/commands/commands.h"
#include "operator-cli/judged_words.h"
#include "operator-cli/online/share_state.h"
#include "operator-cli/promised_file.h"
#include "operator-cli/shift_flags.h"
#include "terminal/plain_text.h"
#include "terminal/table.h"

namespace passport {
namespace {

struct AskFlags {
  ShareQuestion question;
  bool once = false;
  std::string link_base;
  std::string code_out;
};

// A program reads the id at its end alone.
std::string LinkOf(const AskedShare& asked, const std::string& base) {
  return base + (base.ends_with('/') ? "r/" : "/r/") + asked.link;
}

std::string BaseOf(Session& session, const AskFlags& flags) {
  if (!flags.link_base.empty()) return flags.link_base;
  return "https://" + session.server().substr(0, session.server().rfind(':'));
}

std::string ListOfFacts(const RecordAskedFor& record) {
  std::string text;
  for (const std::string& fact : record.facts) text += (text.empty() ? "" : ", ") + LabelOfFact(record.kind, fact);
  return text;
}

void TellAsked(std::ostream& out, const AskedShare& asked, const std::string& link, const AskFlags& flags) {
  out << "asked for: " << Plain(asked.purpose_label.empty() ? asked.purpose : asked.purpose_label);
  if (!asked.profile.empty()) out << ", role " << Plain(asked.profile);
  out << ", on " << Plain(asked.day) << ", " << (asked.employment ? "as a new employee" : "as a placement") << "\n";
  for (const RecordAskedFor& record : asked.records) {
    out << "- " << Plain(LabelOfKind(record.kind)) << ": " << Plain(ListOfFacts(record)) << "\n";
    if (!record.needs.empty()) out << "    because: " << Plain(record.needs) << "\n";
  }
  if (asked.keep_through.empty()) {
    out << "you look at it once";
  } else {
    out << "you keep it through " << Plain(asked.keep_through) << ", unless the person ends it before";
  }
  out << (asked.answer_enough ? "; an answer without the records is enough\n" : "\n");
  out << "share  " << Plain(asked.id) << "\nlink   " << Plain(link) << "\n       good until "
      << UtcText(asked.expires_at) << "\n";
  if (flags.code_out.empty()) {
    out << "code   " << TextOf(asked.code) << "\n";
  } else {
    out << "code   in " << Plain(flags.code_out) << "\n";
  }
  out << "Send the link, and tell the code another way.\n";
}

void PrintAskedJson(Session& session, const AskedShare& asked, const std::string& link, const AskFlags& flags) {
  json::Tree tree;
  json::Value& line = tree.Object();
  AppendText(tree, line, "share_id", asked.id);
  AppendText(tree, line, "link", link);
  AppendText(tree, line, "code_out", flags.code_out);
  AppendText(tree, line, "expires_at", UtcText(asked.expires_at));
  AppendText(tree, line, "receiver", asked.receiver);
  AppendText(tree, line, "nonce", asked.nonce);
  AppendText(tree, line, "purpose", asked.purpose);
  AppendText(tree, line, "profile", asked.profile);
  AppendText(tree, line, "day", asked.day);
  AppendText(tree, line, "keep_through", asked.keep_through);
  line.Append("answer_enough", tree.Boolean(asked.answer_enough));
  json::Value& records = tree.Array();
  for (const RecordAskedFor& record : asked.records) {
    json::Value& each = tree.Object();
    AppendText(tree, each, "kind", record.kind);
    AppendTexts(tree, each, "facts", record.facts);
    AppendText(tree, each, "needs", record.needs);
    records.Append(each);
  }
  line.Append("asked", records);
  session.PrintJson(line);
}

Ending AskPerson(Session& session, const AskFlags& flags) {
  if (flags.question.keep_through.empty() != flags.once)
    return session.Misuse("say how long you want it: --keep-through DAY, or --once to look at it once");
  if (flags.question.profile.empty() && flags.question.kinds.empty())
    return session.Misuse("say what you need: --role PROFILE, or --kind for each kind of record");
  if (flags.code_out.empty() && (!session.around().output_is_terminal || session.json()))
    return session.Misuse("say with --code-out FILE where the code goes; it is shown on a terminal only");
  Result<PromisedFile> file = PromisedFile::At(flags.code_out);
  if (!file.ok()) return session.Refuse(file.fault());
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  const std::string id = session.RequestId();
  const Result<AskedShare> asked = session.Repeating([&] { return (*service)->AskForShare(id, flags.question); });
  if (!asked.ok()) return session.Refuse(asked.fault());
  const Result<void> handed = file->Fill(TextOf(asked->code));
  if (!handed.ok()) return session.Refuse(handed.fault());
  const std::string link = LinkOf(*asked, BaseOf(session, flags));
  if (session.json()) {
    PrintAskedJson(session, *asked, link, flags);
  } else {
    TellAsked(session.around().output, *asked, link, flags);
  }
  return Ending::kDone;
}

std::string MomentText(const std::optional<Instant>& at) { return at ? UtcText(*at) : ""; }

void PrintShareLine(Session& session, const ReceivedShare& share) {
  json::Tree tree;
  json::Value& line = tree.Object();
  AppendText(tree, line, "share_id", share.id);
  AppendText(tree, line, "purpose", share.purpose);
  AppendText(tree, line, "profile", share.profile);
  AppendText(tree, line, "state", share.state);
  AppendText(tree, line, "keep_through", share.keep_through);
  AppendText(tree, line, "given_at", MomentText(share.given_at));
  AppendText(tree, line, "ended_at", MomentText(share.ended_at));
  AppendText(tree, line, "ended_by", share.ended_by);
  AppendTexts(tree, line, "credential_ids", share.credential_ids);
  session.PrintJson(line);
}

Ending ListReceived(Session& session, bool all) {
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  Table table({"share", "purpose", "role", "state", "kept through", "given"});
  std::size_t over = 0;
  std::string token;
  do {
    const Result<ReceivedSharePage> page = session.Repeating([&] { return (*service)->ListShares(0, token); });
    if (!page.ok()) return session.Refuse(page.fault());
    for (const ReceivedShare& share : page->shares) {
      if (IsOver(share.state) && !all) {
        ++over;
      } else if (session.json()) {
        PrintShareLine(session, share);
      } else {
        table.Add({share.id, InWords(share.purpose), share.profile, share.state,
                   share.keep_through.empty() ? "looked at once" : share.keep_through, MomentText(share.given_at)});
      }
    }
    token = page->next_page_token;
  } while (!token.empty());
  if (session.json()) return Ending::kDone;
  if (table.empty()) session.around().output << "nothing is asked for or given\n";
  table.Print(session.around().output);
  if (over > 0) session.around().output << over << " that are over: --all shows them\n";
  return Ending::kDone;
}

struct LookFlags {
  std::string id;
  ShiftFlags when;
  std::string receipt_out;
  std::string answer_out;
};

// An answer alone says nothing until somebody has proved it.
Ending ShowAnswer(Session& session, const ShareLook& look, const LookFlags& flags) {
  if (session.json()) {
    json::Tree tree;
    json::Value& line = tree.Object();
    AppendText(tree, line, "share_id", flags.id);
    AppendText(tree, line, "answer", look.answer);
    AppendKept(tree, line, look.kept, look.overrides);
    session.PrintJson(line);
    return Ending::kCannotTell;
  }
  std::ostream& out = session.around().output;
  out << "you were given an answer and no records; what it says is told by\n  passport-verify answer "
      << (flags.answer_out.empty() ? "FILE" : Plain(flags.answer_out)) << " --request " << Plain(flags.id) << "\n";
  if (flags.answer_out.empty()) out << Plain(look.answer) << "\n";
  TellKept(out, look.kept, look.overrides);
  return Ending::kCannotTell;
}

Ending ShowLook(Session& session, const ShareLook& look, const LookFlags& flags) {
  if (!look.judged) return ShowAnswer(session, look, flags);
  if (session.json()) {
    json::Tree tree;
    json::Value& line = tree.Object();
    AppendText(tree, line, "share_id", flags.id);
    AppendJudged(tree, line, *look.judged);
    session.PrintJson(line);
  } else {
    TellJudged(session.around().output, *look.judged);
  }
  return EndingOf(*look.judged);
}

Ending LookInto(Session& session, const LookFlags& flags) {
  const Result<ShiftQuestion> shift = ReadShiftFlags(flags.when);
  if (!shift.ok()) return session.Misuse(shift.fault().detail);
  Result<PromisedFile> receipt = PromisedFile::At(flags.receipt_out);
  if (!receipt.ok()) return session.Refuse(receipt.fault());
  Result<PromisedFile> answer = PromisedFile::At(flags.answer_out);
  if (!answer.ok()) return session.Refuse(answer.fault());
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  // Not repeated: what is looked at once is over with the first look, and the person sees each.
  const Result<ShareLook> look = (*service)->LookAtShare(flags.id, *shift);
  if (!look.ok()) return session.Refuse(look.fault());
  const Ending ending = ShowLook(session, *look, flags);
  const std::string& signed_receipt = look->judged ? look->judged->kept.receipt : look->kept.receipt;
  Result<void> kept;
  if (!look->answer.empty()) kept = answer->Fill(look->answer);
  if (kept.ok() && !signed_receipt.empty()) kept = receipt->Fill(signed_receipt);
  return kept.ok() ? ending : session.Refuse(kept.fault());
}

Ending GiveUp(Session& session, const std::string& share) {
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  const std::string id = session.RequestId();
  const Result<ReceivedShare> ended = session.Repeating([&] { return (*service)->EndShare(id, share); });
  if (!ended.ok()) return session.Refuse(ended.fault());
  if (session.json()) {
    PrintShareLine(session, *ended);
  } else {
    session.around().output << "over (" << Plain(ended->state)
                            << "); it can not be looked at any more, and what you relied on"
                            << " stays on record\n";
  }
  return Ending::kDone;
}

void AddAsk(CLI::App& share, Action& chosen) {
  CLI::App* ask = share.add_subcommand("ask", "ask a person: a link, and a code to be told apart from it");
  const auto flags = std::make_shared<AskFlags>();
  ShareQuestion& question = flags->question;
  ask->add_option("--purpose", question.purpose, "what it is for: a word of the list relying_purpose")->required();
  ask->add_option("--role", question.profile, "the role profile it is to meet: what that needs is asked for");
  ask->add_option("--kind", question.kinds, "a kind of record; without a role, or to ask for fewer than it needs");
  ask->add_option("--on", question.day, "the day in question, 2026-03-01; today if not given");
  ask->add_flag("--new-employment", question.employment, "the person becomes your employee, not a placement");
  CLI::Option* keep = ask->add_option("--keep-through", question.keep_through, "keep it through this day, 2026-09-30");
  ask->add_flag("--once", flags->once, "look at it once and keep none of it")->excludes(keep);
  ask->add_flag("--answer-enough", question.answer_enough, "an answer without the records is enough (with --role)");
  ask->add_option("--answer-within", question.seconds, "how many seconds it can be answered, 60 to 1209600; an hour");
  ask->add_option("--link-base", flags->link_base,
                  "what the link begins with, https://passport.example;\nthe host of --server if not given");
  ask->add_option("--code-out", flags->code_out, "new file for the code, readable by you only");
  ask->callback([flags, &chosen] { chosen = [flags](Session& session) { return AskPerson(session, *flags); }; });
}

// An option and not an operand: an id may begin with '-'.
void AddShareId(CLI::App& command, std::string& id) { command.add_option("--id", id, "which share")->required(); }

void AddLook(CLI::App& share, Action& chosen) {
  CLI::App* look = share.add_subcommand("look", "look into a share, judged by what is known now; the person sees it");
  const auto flags = std::make_shared<LookFlags>();
  AddShareId(*look, flags->id);
  AddShiftOptions(*look, flags->when);
  look->add_option("--receipt-out", flags->receipt_out, "new file for the signed receipt");
  look->add_option("--answer-out", flags->answer_out, "new file for the answer, where that alone was given");
  look->callback([flags, &chosen] { chosen = [flags](Session& session) { return LookInto(session, *flags); }; });
}

}  // namespace

void AddShareCommand(CLI::App& program, Action& chosen) {
  CLI::App* share = program.add_subcommand("share", "what people show you, for a purpose and until a day (receiver)");
  share->require_subcommand(1);
  AddAsk(*share, chosen);
  CLI::App* list = share->add_subcommand("list", "what you have asked for and been given");
  const auto all = std::make_shared<bool>(false);
  list->add_flag("--all", *all, "what is over, too");
  list->callback([all, &chosen] { chosen = [all](Session& session) { return ListReceived(session, *all); }; });
  AddLook(*share, chosen);
  CLI::App* end = share->add_subcommand("end", "give a share up, or take back what you asked");
  const auto id = std::make_shared<std::string>();
  AddShareId(*end, *id);
  end->callback([id, &chosen] { chosen = [id](Session& session) { return GiveUp(session, *id); }; });
  AddShareWatch(*share, chosen);
}

}  // namespace passport
