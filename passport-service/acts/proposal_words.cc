#include "passport-service/acts/proposal_words.h"

#include <algorithm>

#include "credential/crypto/digest_text.h"
#include "credential/vocabulary/instant_text.h"

namespace passport {
namespace {

std::string WordsOf(const AllowedKind& kind) {
  std::string words = kind.word + " from " + UtcText(kind.from);
  if (kind.until) words += " until " + UtcText(*kind.until);
  return words;
}

std::string WordsOf(const ProposedSystem& system) {
  std::string words = "system " + system.name + " as";
  for (const std::string_view role : system.roles.Words()) words += " " + std::string(role);
  words += " with";
  for (const Digest& certificate : system.certificates) words += " " + HexOf(certificate);
  return words;
}

struct Words {
  std::string operator()(const Enrolment& change) const {
    std::string words = "enrol as \"" + change.legal_name + "\", " + change.type;
    if (change.registrar) words += ", a registrar";
    words += change.kinds.empty() ? "; it issues nothing" : "; it may issue";
    for (const AllowedKind& kind : change.kinds) words += (&kind == &change.kinds.front() ? " " : ", ") + WordsOf(kind);
    if (change.two_person) words += "; two persons";
    for (const ProposedSystem& system : change.systems) words += "; " + WordsOf(system);
    return words;
  }
  std::string operator()(const Amendment& change) const {
    std::string words = "amend";
    if (change.legal_name) words += "; legal name \"" + *change.legal_name + "\"";
    if (change.type) words += "; type " + *change.type;
    for (const AllowedKind& kind : change.kinds) words += "; it may issue " + WordsOf(kind);
    for (const KindEnd& end : change.ends) words += "; it may not issue " + end.word + " from " + UtcText(end.at);
    if (change.two_person) words += *change.two_person ? "; two persons" : "; one person is enough";
    if (change.registrars_needed) {
      words += "; " + std::to_string(*change.registrars_needed) + " registrars must sign what changes the registry";
    }
    return words;
  }
  std::string operator()(const StateChange& change) const {
    return std::string(WordOf(change.state)) + " from " + UtcText(change.since) + ", because " + change.reason;
  }
  std::string operator()(const Succession& change) const {
    return std::string(WordOf(change.kind)) + ": " + change.successor.text() + " answers for it from " +
           UtcText(change.at);
  }
  std::string operator()(const RegistrarReplacement& change) const {
    return "hands the registrar's office over to " + change.successor.text();
  }
};

std::vector<std::string> Settings(const OrganisationRow& row) {
  std::vector<std::string> lines;
  lines.emplace_back(row.registrar ? "is a registrar" : "is no registrar");
  if (row.registrar) lines.push_back("asks for " + std::to_string(row.registrars_needed) + " signatures of registrars");
  lines.emplace_back(row.two_person ? "has two persons sign" : "has one person sign");
  return lines;
}

bool Holds(const std::vector<std::string>& lines, const std::string& line) {
  return std::find(lines.begin(), lines.end(), line) != lines.end();
}

}  // namespace

std::string WordsOf(const RegistryStep& step) {
  return step.organisation.text() + ": " + std::visit(Words{}, step.change);
}

std::vector<std::string> SettingsInWords(const OrganisationRows& before, const OrganisationRows& after) {
  std::vector<std::string> words;
  for (const auto& [id, row] : after) {
    const auto old = before.find(id);
    const std::vector<std::string> was = old == before.end() ? std::vector<std::string>() : Settings(old->second);
    for (const std::string& line : Settings(row)) {
      if (!Holds(was, line)) words.push_back(row.legal_name + " (" + id.text() + ") " + line);
    }
  }
  return words;
}

}  // namespace passport
