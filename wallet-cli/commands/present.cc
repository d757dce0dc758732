// passport-wallet explain, passport-wallet present
#include <memory>

#include "terminal/files.h"
#include "terminal/plain_text.h"
#include "wallet-cli/asking_words.h"
#include "wallet-cli/commands/wallet_commands.h"
#include "wallet-cli/link.h"
#include "wallet-cli/person_words.h"
#include "wallet-cli/request_file.h"

namespace passport {
namespace {

struct AskingFlags {
  std::string request;    // a link, the id in it, or a file
  std::string code_file;  // the code that was told apart from a link
  // A challenge instead of a request.
  std::string audience;
  std::string nonce;
  std::string purpose;
  std::string profile;
  std::string day;
  bool employment = false;
  // What to do.
  std::string out;
  bool decline = false;
  bool answer_only = false;
};

// A request, and the code it is answered with; empty for one that came as a file or as a challenge.
struct Request {
  ShareRequestAnswer asked;
  Secret code;
};

Result<Request> RequestBehindLink(WalletSession& session, const AskingFlags& flags) {
  TRY_ASSIGN(Secret code, session.Code(flags.code_file, "Code of the request"));
  TRY_ASSIGN(PersonClient* const service, session.Service());
  TRY_ASSIGN(ShareRequestAnswer asked,
             session.Repeating([&] { return service->ReadShareRequest(IdOfLink(flags.request), code); }));
  return Request{.asked = std::move(asked), .code = std::move(code)};
}

Result<Request> RequestInFile(WalletSession& session, const AskingFlags& flags) {
  TRY_ASSIGN(const std::string text, ReadText(flags.request, session.world().input, kRequestFileBytesMax));
  TRY_ASSIGN(ShareRequestAnswer asked, ReadRequestFile(text));
  if (asked.expires_at && *asked.expires_at <= session.world().clock())
    return Fault{Reason::kTime, "", "the time to answer this request is over; ask for a new one"};
  return Request{.asked = std::move(asked), .code = {}};
}

Result<Request> RequestOfChallenge(const AskingFlags& flags) {
  if (flags.nonce.empty() || flags.purpose.empty() || flags.profile.empty())
    return Fault{Reason::kConfig, "", "--audience goes with --nonce, --purpose and --profile"};
  ShareRequestAnswer asked{.id = {},
                           .receiver = flags.audience,
                           .receiver_name = {},
                           .audience = flags.audience,
                           .nonce = flags.nonce,
                           .purpose = flags.purpose,
                           .purpose_label = {},
                           .profile = flags.profile,
                           .records = {},
                           .day = flags.day,
                           .engagement = flags.employment ? "employment" : "placement",
                           .keep_through = {},
                           .answer_enough = false,
                           .expires_at = {},
                           .transaction_data = {}};
  return Request{.asked = std::move(asked), .code = {}};
}

// Whoever makes a file can write any name into it, so the name is the registry's; the service vouches for the one it
// tells.
void NameReceiver(WalletSession& session, bool vouched_for, ShareRequestAnswer& asked) {
  if (!vouched_for) asked.receiver_name.clear();
  const Result<OrganisationId> receiver = OrganisationId::Parse(asked.receiver);
  const Result<const PublishedTree*> tree = session.Tree();
  if (!receiver.ok() || !tree.ok()) return;
  const RegistryOrganisation* const listed = (*tree)->snapshot().registry().FindOrganisation(*receiver);
  if (listed != nullptr) asked.receiver_name = listed->legal_name;
}

Result<Request> FindRequest(WalletSession& session, const AskingFlags& flags) {
  if (flags.request.empty() == flags.audience.empty())
    return Fault{Reason::kConfig, "", "name a request (a link or a file), or a challenge (--audience, --nonce)"};
  const bool by_link = flags.audience.empty() && IsLink(flags.request);
  Result<Request> request = !flags.audience.empty() ? RequestOfChallenge(flags)
                            : by_link               ? RequestBehindLink(session, flags)
                                                    : RequestInFile(session, flags);
  if (request.ok()) NameReceiver(session, by_link, request->asked);
  return request;
}

struct Prepared {
  Asking asking;
  Answering answering;
};

Result<Prepared> Prepare(WalletSession& session, const ShareRequestAnswer& asked) {
  const Instant now = session.world().clock();
  TRY_ASSIGN(Asking asking, ToAsking(asked, CivilDay::InLondon(now)));
  TRY_ASSIGN(const CarriedPassport* const carried, session.Carried());
  TRY_ASSIGN(const PublishedTree* const tree, session.Tree());
  TRY_ASSIGN(const MyRecords mine, VerifyMine(*carried, *tree, now));
  const PublishedRules* rules = nullptr;
  if (!asking.profile.empty()) {
    TRY_ASSIGN(rules, session.Rules());
  }
  TRY_ASSIGN(Answering answering, Choose(asking, mine, rules, now));
  return Prepared{.asking = std::move(asking), .answering = std::move(answering)};
}

// Where nothing is known of the rules the request alone is told.
Ending Explain(WalletSession& session, const AskingFlags& flags) {
  if (!IsLink(flags.request) && !session.kept()) {
    const Result<PassportOnDisk*> passport = session.Passport(PassportOnDisk::Intent::kRead);
    if (!passport.ok()) return session.Refuse(passport.fault());
  }
  const Result<Request> request = FindRequest(session, flags);
  if (!request.ok()) return session.Refuse(request.fault());
  const Result<const CarriedPassport*> carried = session.Carried();
  if (!carried.ok()) return session.Refuse(carried.fault());
  const Result<Prepared> prepared = Prepare(session, request->asked);
  if (!prepared.ok() && prepared.fault().reason != Reason::kConfig) return session.Refuse(prepared.fault());
  const Answering* const answering = prepared.ok() ? &prepared->answering : nullptr;
  if (session.json()) {
    PrintAskingJson(session, request->asked, answering, **carried);
  } else {
    TellAsking(session, request->asked, answering, **carried);
    if (answering == nullptr) session.world().errors << Plain(prepared.fault().detail) << "\n";
  }
  if (answering == nullptr || !answering->decision) return Ending::kDone;
  if (answering->decision->outcome == Outcome::kCannotTell) return Ending::kCannotTell;
  return answering->decision->outcome == Outcome::kNotMet ? Ending::kRefused : Ending::kDone;
}

void TellGiven(WalletSession& session, const ShareAnswer& share) {
  if (session.json()) {
    json::Tree tree;
    json::Value& line = tree.Object();
    AppendText(tree, line, "share_id", share.id);
    AppendText(tree, line, "receiver", share.receiver);
    AppendText(tree, line, "state", share.state);
    AppendText(tree, line, "keep_through", share.keep_through);
    session.PrintJson(line);
    return;
  }
  std::ostream& out = session.world().output;
  if (share.state == "declined") {
    out << "you said no; they learn that and nothing else\n";
    return;
  }
  out << "given to " << Plain(share.receiver)
      << "\nSee who looks: passport-wallet history; end it: passport-wallet end-share " << Plain(ShortId(share.id))
      << "\n";
}

Ending Give(WalletSession& session, const Request& request, const PersonClient::Giving& giving, bool answer_only) {
  const Result<PersonClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  const std::string id = session.RequestId();
  const Result<ShareAnswer> share = session.Repeating(
      [&] { return (*service)->AnswerShareRequest(id, request.asked.id, request.code, giving, answer_only); });
  if (!share.ok()) return session.Refuse(share.fault());
  TellGiven(session, *share);
  return Ending::kDone;
}

// It shows facts about the person, so its file is for its owner.
Result<void> PutDown(WalletSession& session, const std::string& path, const std::string& presentation) {
  if (path == "-") {
    session.world().output << presentation << "\n";
    return {};
  }
  TRY_ASSIGN(OpenFile file, OpenFile::PrivateNew(path));
  TRY(file.Write(presentation));
  return file.Sync();
}

Result<bool> AgreedTo(WalletSession& session, const Request& request, const Answering* answering, bool answer_only) {
  TRY_ASSIGN(const CarriedPassport* const carried, session.Carried());
  if (!session.json()) TellAsking(session, request.asked, answering, *carried);
  if (!session.json() && answer_only) session.world().output << "They see the answer alone, and none of the records.\n";
  return session.Agreed("Give this to " + Plain(request.asked.receiver) + "?");
}

// The service chooses what a passport that it keeps shows, by the same rules from the same records. Where the published
// files are at hand the person sees beforehand what that comes to.
Ending PresentKeptOne(WalletSession& session, const AskingFlags& flags, const Request& request) {
  const Result<Asking> asking = ToAsking(request.asked, CivilDay::InLondon(session.world().clock()));
  if (!asking.ok()) return session.Refuse(asking.fault());
  const Result<Prepared> prepared = Prepare(session, request.asked);
  if (!prepared.ok())
    session.world().errors << "what they would see can not be told here: " << Plain(prepared.fault().detail) << "\n";
  const Result<bool> agreed =
      AgreedTo(session, request, prepared.ok() ? &prepared->answering : nullptr, flags.answer_only);
  if (!agreed.ok()) return session.Refuse(agreed.fault());
  if (!*agreed) {
    session.world().errors << "passport-wallet: nothing was given\n";
    return Ending::kRefused;
  }
  return Give(session, request, {.presentation = {}, .least = true, .decline = false}, flags.answer_only);
}

Ending PresentWithKey(WalletSession& session, const AskingFlags& flags, const Request& request) {
  const Result<Prepared> prepared = Prepare(session, request.asked);
  if (!prepared.ok()) return session.Refuse(prepared.fault());
  const Result<bool> agreed = AgreedTo(session, request, &prepared->answering, flags.answer_only);
  if (!agreed.ok()) return session.Refuse(agreed.fault());
  if (!*agreed) {
    session.world().errors << "passport-wallet: nothing was given\n";
    return Ending::kRefused;
  }
  const Result<const PublishedTree*> tree = session.Tree();
  const Result<PassportOnDisk*> passport = session.Passport(PassportOnDisk::Intent::kRead);
  if (!tree.ok() || !passport.ok()) return session.Refuse(tree.ok() ? passport.fault() : tree.fault());
  const Result<std::string> presentation =
      MakePresentation(prepared->asking, prepared->answering.showing, (*passport)->carried(),
                       (*tree)->snapshot().registry(), (*passport)->key(), session.world().clock());
  if (!presentation.ok()) return session.Refuse(presentation.fault());
  if (flags.out.empty()) {
    return Give(session, request, {.presentation = *presentation, .least = false, .decline = false}, flags.answer_only);
  }
  const Result<void> put = PutDown(session, flags.out, *presentation);
  if (!put.ok()) return session.Refuse(put.fault());
  if (flags.out != "-" && session.json()) {
    json::Tree tree_of_line;
    json::Value& line = tree_of_line.Object();
    AppendText(tree_of_line, line, "presentation", flags.out);
    AppendNumber(tree_of_line, line, "bytes", presentation->size());
    session.PrintJson(line);
  } else if (flags.out != "-") {
    session.world().output << "the presentation is in " << Plain(flags.out) << "\n";
  }
  return Ending::kDone;
}

Ending Present(WalletSession& session, const AskingFlags& flags) {
  if (!session.kept()) {
    const Result<PassportOnDisk*> passport = session.Passport(PassportOnDisk::Intent::kRead);
    if (!passport.ok()) return session.Refuse(passport.fault());
  }
  const Result<Request> request = FindRequest(session, flags);
  if (!request.ok()) return session.Refuse(request.fault());
  const bool by_link = !request->code.empty();
  if (!by_link && (flags.out.empty() || flags.decline || flags.answer_only))
    return session.Misuse("a request in a file and a challenge are answered with a file: --out FILE");
  if (flags.answer_only && !request->asked.answer_enough)
    return session.Misuse(
        "an answer alone is not enough for this request; leave --answer-only out, or say no: --decline");
  if (flags.decline) return Give(session, *request, {.presentation = {}, .least = false, .decline = true}, false);
  if (!session.kept()) return PresentWithKey(session, flags, *request);
  if (!by_link)
    return session.Misuse("with a passport that the service keeps only a link can be answered; ask for the link");
  return PresentKeptOne(session, flags, *request);
}

void AddRequestOptions(CLI::App& command, AskingFlags& flags) {
  command.add_option("--request-code-file", flags.code_file,
                     "file with the code that was told apart from the link; asked for if not given");
}

}  // namespace

void AddExplainCommand(CLI::App& program, WalletAction& chosen) {
  CLI::App* explain = program.add_subcommand("explain", "what is asked of you, why, and what would be shown");
  const auto flags = std::make_shared<AskingFlags>();
  explain->add_option("REQUEST", flags->request, "the link of a request, or a file with one, - for standard input")
      ->required();
  AddRequestOptions(*explain, *flags);
  explain->callback(
      [flags, &chosen] { chosen = [flags](WalletSession& session) { return Explain(session, *flags); }; });
}

void AddPresentCommand(CLI::App& program, WalletAction& chosen) {
  CLI::App* present = program.add_subcommand("present", "give the least that answers a request; asks before it does");
  const auto flags = std::make_shared<AskingFlags>();
  present->add_option("REQUEST", flags->request, "the link of a request, or a file with one, - for standard input");
  AddRequestOptions(*present, *flags);
  present->add_option("--audience", flags->audience, "instead of a request: who put a challenge, like ods:RC9");
  present->add_option("--nonce", flags->nonce, "the challenge");
  present->add_option("--purpose", flags->purpose, "what it is for, a word like roster");
  present->add_option("--profile", flags->profile, "the role that is asked about");
  present->add_option("--on", flags->day, "the day in question, 2026-03-01; today if not given");
  present->add_flag("--new-employment", flags->employment, "for a new employer, not a placement");
  present->add_option("--out", flags->out,
                      "new file for the presentation, - for standard output, instead of giving it");
  present->add_flag("--decline", flags->decline, "say no");
  present->add_flag("--answer-only", flags->answer_only, "let them have the answer and none of the records");
  present->callback(
      [flags, &chosen] { chosen = [flags](WalletSession& session) { return Present(session, *flags); }; });
}

}  // namespace passport
