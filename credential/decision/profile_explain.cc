#include <string>
#include <vector>

#include "credential/decision/profile_check.h"
#include "credential/decision/profile_words.h"

namespace passport {
namespace {

constexpr std::string_view kIndent = "   ";

std::string Bracketed(const std::optional<Engagement>& when) {
  return when ? "(" + WordsOf(*when) + ") " : std::string();
}

// "one of these:", or nothing where a list of one says no more than what stands in it.
std::string_view WordsOfList(const Need& need) {
  switch (need.form) {
    case Need::Form::kAllOf:
      return "all of these:";
    case Need::Form::kAnyOf:
      return "one of these:";
    case Need::Form::kNoneOf:
      return "none of these:";
    case Need::Form::kRecord:
    case Need::Form::kTraining:
      return "";
  }
  return "";
}

bool SaysNothing(const Need& need) {
  return (need.form == Need::Form::kAllOf || need.form == Need::Form::kAnyOf) && need.children.size() == 1 &&
         !need.when;
}

void Explain(const Need& need, const Terms& terms, const std::string& indent, std::string_view bullet,
             std::vector<std::string>& lines) {
  if (SaysNothing(need)) return Explain(need.children.front(), terms, indent, bullet, lines);
  const std::string start = indent + std::string(bullet) + Bracketed(need.when);
  const bool is_list = !WordsOfList(need).empty();
  lines.push_back(start + (is_list ? std::string(WordsOfList(need)) : WordsOfRecordNeed(need, terms)));
  const std::string inner = indent + std::string(bullet.size(), ' ');
  for (const Need& child : need.children) Explain(child, terms, inner, "- ", lines);
}

void Explain(const RoleProfile& profile, std::size_t index, const Terms& terms, std::vector<std::string>& lines) {
  const Requirement& requirement = profile.requirements()[index];
  const std::string indent(kIndent);
  lines.push_back(std::to_string(index + 1) + ". " + Bracketed(requirement.when) + requirement.needs + " [" +
                  requirement.id + "]:");
  Explain(requirement.need, terms, indent, "", lines);
  if (!requirement.who.empty()) lines.push_back(indent + "Who can put it right: " + requirement.who);
  if (!requirement.how.empty()) lines.push_back(indent + "How: " + requirement.how);
  if (requirement.local == Requirement::Local::kReplaceable && !profile.extends())
    lines.push_back(indent + "An employer may put its own in the place of this.");
  if (!requirement.note.empty()) lines.push_back(indent + "Note: " + requirement.note);
}

}  // namespace

std::vector<std::string> ExplainProfile(const RoleProfile& profile, const Terms& terms) {
  std::vector<std::string> lines;
  lines.push_back(profile.title() + " (" + profile.id() + ", version " + std::to_string(profile.version()) +
                  ", in force from " + WordsOf(profile.effective_from()) + ")");
  if (!profile.standing().empty()) lines.push_back("Standing: " + profile.standing());
  if (profile.extends())
    lines.push_back("A local profile of " + profile.organisation()->text() + " on top of " +
                    profile.extends()->profile);
  if (!profile.note().empty()) lines.push_back("Note: " + profile.note());
  lines.push_back("Warns " + std::to_string(profile.expiring_within_days()) + " days before something ends.");
  lines.emplace_back("Needs all of these:");
  for (std::size_t i = 0; i < profile.requirements().size(); ++i) Explain(profile, i, terms, lines);
  return lines;
}

}  // namespace passport
