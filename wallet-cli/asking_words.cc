#include "wallet-cli/asking_words.h"

#include "credential/passport/carried_record.h"
#include "credential/vocabulary/instant_text.h"
#include "terminal/plain_text.h"
#include "wallet-cli/person_words.h"

namespace passport {
namespace {

std::string LabelOfPurpose(const ShareRequestAnswer& request) {
  return Plain(request.purpose_label.empty() ? InPlainWords(request.purpose) : request.purpose_label);
}

std::string FactsInWords(std::string_view kind, const std::vector<std::string>& facts) {
  std::string text;
  for (const std::string& fact : facts) text += (text.empty() ? "" : ", ") + Plain(FactLabel(kind, fact));
  return text;
}

void TellShowing(WalletSession& session, const Showable& showable, const CarriedPassport& carried) {
  std::ostream& out = session.world().output;
  const CarriedCredential* const credential = carried.Find(showable.credential.text());
  if (credential == nullptr) return;
  out << "- " << session.In(Colour::kStrong, KindLabel(credential->kind)) << ", issued by "
      << Plain(credential->issuer_name.empty() ? credential->issuer : credential->issuer_name) << "\n";
  const Result<Record> record = RecordOf(*credential);
  for (const std::string& fact : showable.facts) {
    const auto value = record.ok() ? record->Find(fact) : std::nullopt;
    out << "    " << Plain(FactLabel(credential->kind, fact)) << ": " << Plain(value.value_or("")) << "\n";
  }
}

void TellShortfall(WalletSession& session, const Answering& answering) {
  std::ostream& out = session.world().output;
  for (const std::string& kind : answering.missing) {
    out << session.In(Colour::kWarning, "not there") << ": " << Plain(KindLabel(kind)) << "\n";
  }
  if (!answering.decision) return;
  for (const DecisionLine& line : answering.decision->lines) {
    if (line.outcome <= Outcome::kMetExpiring) continue;
    const bool unsure = line.outcome == Outcome::kCannotTell;
    out << session.In(Colour::kWarning, unsure ? "can not be told" : "would not be met") << ": " << Plain(line.needs)
        << "\n    " << Plain(line.who) << ": " << Plain(line.how) << "\n";
  }
}

}  // namespace

void TellAsking(WalletSession& session, const ShareRequestAnswer& request, const Answering* answering,
                const CarriedPassport& carried) {
  std::ostream& out = session.world().output;
  const std::string who =
      request.receiver_name.empty() ? "An organisation whose name is not known here" : request.receiver_name;
  out << session.In(Colour::kStrong, Plain(who)) << " (" << Plain(request.receiver) << ") asks, for "
      << LabelOfPurpose(request) << "\n";
  if (!request.profile.empty()) out << "for the role " << Plain(request.profile);
  if (!request.profile.empty() && !request.day.empty()) out << " on " << Plain(request.day);
  if (!request.profile.empty()) out << "\n";
  out << (request.keep_through.empty()
              ? "They look at it once, within a week, and keep none of it.\n"
              : "They may keep it through " + Plain(request.keep_through) + ", unless you end it before.\n");
  if (request.answer_enough) out << "An answer alone, without any record, is enough for them: --answer-only.\n";
  if (request.expires_at) out << "It can be answered until " << UtcText(*request.expires_at) << ".\n";
  if (!request.records.empty()) out << "They ask for:\n";
  for (const AskedRecordAnswer& asked : request.records) {
    out << "- " << Plain(KindLabel(asked.kind));
    if (!asked.facts.empty()) out << " (" << FactsInWords(asked.kind, asked.facts) << ")";
    if (!asked.needs.empty()) out << ", because: " << Plain(asked.needs);
    out << "\n";
  }
  if (answering == nullptr) return;
  out << (answering->showing.empty() ? "Nothing in your passport answers it.\n" : "They would see this and no more:\n");
  for (const Showable& showable : answering->showing) TellShowing(session, showable, carried);
  TellShortfall(session, *answering);
}

void PrintAskingJson(WalletSession& session, const ShareRequestAnswer& request, const Answering* answering,
                     const CarriedPassport& carried) {
  json::Tree tree;
  json::Value& line = tree.Object();
  AppendText(tree, line, "receiver", request.receiver);
  AppendText(tree, line, "receiver_name", request.receiver_name);
  AppendText(tree, line, "purpose", request.purpose);
  AppendText(tree, line, "profile", request.profile);
  AppendText(tree, line, "keep_through", request.keep_through);
  json::Value& asked = tree.Array();
  for (const AskedRecordAnswer& record : request.records) {
    json::Value& each = tree.Object();
    AppendText(tree, each, "kind", record.kind);
    AppendTexts(tree, each, "facts", record.facts);
    AppendText(tree, each, "needs", record.needs);
    asked.Append(each);
  }
  line.Append("asked", asked);
  if (answering != nullptr) {
    json::Value& shown = tree.Array();
    for (const Showable& showable : answering->showing) {
      json::Value& each = tree.Object();
      const CarriedCredential* const credential = carried.Find(showable.credential.text());
      AppendText(tree, each, "credential_id", showable.credential.text());
      if (credential != nullptr) AppendText(tree, each, "kind", credential->kind);
      AppendTexts(tree, each, "facts", showable.facts);
      shown.Append(each);
    }
    line.Append("would_show", shown);
    if (answering->decision) AppendText(tree, line, "outcome", WordOf(answering->decision->outcome));
    AppendTexts(tree, line, "missing", answering->missing);
  }
  session.PrintJson(line);
}

}  // namespace passport
