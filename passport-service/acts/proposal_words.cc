#include "passport-service/acts/proposal_words.h"

#include <algorithm>

#include "credential/vocabulary/instant_text.h"

namespace passport {
namespace {

std::string Hex(const Digest& digest) {
  std::string text;
  for (const std::uint8_t byte : digest) {
    text += "0123456789abcdef"[byte >> 4U];
    text += "0123456789abcdef"[byte & 15U];
  }
  return text;
}

std::string WordsOf(const AllowedKind& kind) {
  std::string words = kind.word + " from " + UtcText(kind.from);
  if (kind.until) words += " until " + UtcText(*kind.until);
  return words;
}

std::string WordsOf(const ProposedSystem& system) {
  std::string words = "system " + system.name + " as";
  for (const std::string_view role : system.roles.Words()) words += " " + std::string(role);
  words += " with";
  for (const Digest& certificate : system.certificates) words += " " + Hex(certificate);
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

std::string YesOrNo(bool yes) { return yes ? "yes" : "no"; }

// What a row says, in lines that are equal when nothing has changed.
std::vector<std::string> Lines(const OrganisationRow& row) {
  std::vector<std::string> lines = {"legal name \"" + row.legal_name + "\"", "type " + row.type,
                                    "registrar: " + YesOrNo(row.registrar), "two persons: " + YesOrNo(row.two_person)};
  if (row.registrar) {
    lines.push_back("registrars that must sign: " + std::to_string(row.registrars_needed));
  }
  for (const AllowedKind& kind : row.kinds) lines.push_back("may issue " + WordsOf(kind));
  for (const StateChange& change : row.history) lines.push_back(Words{}(change));
  for (const Succession& succession : row.successions) lines.push_back(Words{}(succession));
  return lines;
}

bool Holds(const std::vector<std::string>& lines, const std::string& line) {
  return std::find(lines.begin(), lines.end(), line) != lines.end();
}

}  // namespace

std::string WordsOf(const RegistryStep& step) {
  return step.organisation.text() + ": " + std::visit(Words{}, step.change);
}

std::vector<std::string> RowsInWords(const OrganisationRows& before, const OrganisationRows& after) {
  std::vector<std::string> words;
  for (const auto& [id, row] : after) {
    const auto old = before.find(id);
    const std::vector<std::string> was = old == before.end() ? std::vector<std::string>() : Lines(old->second);
    const std::vector<std::string> is = Lines(row);
    if (old == before.end()) words.push_back(id.text() + ": new");
    for (const std::string& line : was) {
      if (!Holds(is, line)) words.push_back(id.text() + ": no longer: " + line);
    }
    for (const std::string& line : is) {
      if (!Holds(was, line)) words.push_back(id.text() + ": now: " + line);
    }
  }
  return words;
}

}  // namespace passport
