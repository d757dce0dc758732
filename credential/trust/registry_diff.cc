#include "credential/trust/registry_diff.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>

#include "credential/vocabulary/instant_text.h"

namespace passport {
namespace {

class Differences {
 public:
  void Tell(std::string words) { all_.push_back({.rewrites_history = false, .words = std::move(words)}); }
  void Warn(std::string words) { all_.push_back({.rewrites_history = true, .words = std::move(words)}); }
  std::vector<RegistryDifference> Take() && { return std::move(all_); }

 private:
  std::vector<RegistryDifference> all_;
};

std::string On(Instant at) { return UtcText(at); }

std::string NameOf(const RegistryOrganisation& organisation) {
  return organisation.legal_name + " (" + organisation.id.text() + ")";
}

// "urn:staff-passport:mandatory-training:1" is "mandatory training".
std::string KindName(std::string_view vct) {
  constexpr std::string_view kPrefix = "urn:staff-passport:";
  if (!vct.starts_with(kPrefix)) return std::string(vct);
  vct.remove_prefix(kPrefix.size());
  std::string name(vct.substr(0, vct.find(':')));
  std::replace(name.begin(), name.end(), '-', ' ');
  return name;
}

std::string Window(Instant from, const std::optional<Instant>& until) {
  return "from " + On(from) + (until ? " until " + On(*until) : "");
}

void CompareText(const std::string& who, std::string_view what, std::string_view before, std::string_view after,
                 Differences& out) {
  if (before != after)
    out.Tell(who + ": " + std::string(what) + " \"" + std::string(before) + "\" becomes \"" + std::string(after) + '"');
}

void CompareEnd(const std::string& what, const std::optional<Instant>& before, const std::optional<Instant>& after,
                Differences& out) {
  if (before == after) return;
  if (!after) return out.Warn(what + ": its end on " + On(*before) + " is taken back");
  out.Tell(what + " ends on " + On(*after) + (before ? " instead of " + On(*before) : ""));
}

void CompareKeys(const std::string& role, const std::vector<RegistryKey>& before, const std::vector<RegistryKey>& after,
                 Differences& out) {
  const auto find = [](const std::vector<RegistryKey>& keys, const PublicKey& key) {
    return std::find_if(keys.begin(), keys.end(), [&](const RegistryKey& one) { return one.key == key; });
  };
  for (const RegistryKey& key : after) {
    const std::string what = role + " " + key.kid;
    const auto known = find(before, key.key);
    if (known == before.end()) {
      out.Tell("new " + what + ", " + Window(key.valid_from, key.valid_until));
      continue;
    }
    if (known->valid_from != key.valid_from)
      out.Warn(what + " begins on " + On(key.valid_from) + " instead of " + On(known->valid_from));
    CompareEnd(what, known->valid_until, key.valid_until, out);
    if (known->certificate != key.certificate) out.Tell(what + " has another certificate");
    if (known->compromised_since == key.compromised_since) continue;
    if (key.compromised_since) {
      out.Tell(what + " is compromised since " + On(*key.compromised_since) + ": nothing it signed counts");
    } else {
      out.Warn(what + " is no longer called compromised");
    }
  }
  for (const RegistryKey& key : before) {
    if (find(after, key.key) == after.end()) out.Warn(role + " " + key.kid + " is no longer listed");
  }
}

void CompareKinds(const std::string& who, const RegistryOrganisation& before, const RegistryOrganisation& after,
                  Differences& out) {
  const auto key_of = [](const KindWindow& kind) { return std::pair(kind.vct, kind.from); };
  std::map<std::pair<std::string, Instant>, std::optional<Instant>> known;
  for (const KindWindow& kind : before.kinds) known.emplace(key_of(kind), kind.until);
  for (const KindWindow& kind : after.kinds) {
    const auto found = known.find(key_of(kind));
    if (found == known.end()) {
      out.Tell(who + " may issue " + KindName(kind.vct) + " " + Window(kind.from, kind.until));
      continue;
    }
    if (found->second != kind.until)
      out.Tell(who + " may issue " + KindName(kind.vct) + " " + Window(kind.from, kind.until) + " instead of " +
               Window(kind.from, found->second));
    known.erase(found);
  }
  for (const auto& [kind, until] : known)
    out.Warn(who + ": that it could issue " + KindName(kind.first) + " " + Window(kind.second, until) +
             " is struck off");
}

std::string InWords(const StateChange& change) {
  return std::string(WordOf(change.state)) + " since " + On(change.since) + " (" + change.reason + ")";
}

std::string InWords(const Succession& succession) {
  return "from " + On(succession.at) + " " + succession.successor.text() + " answers for what it issued (" +
         std::string(WordOf(succession.kind)) + ")";
}

bool Same(const StateChange& a, const StateChange& b) {
  return std::tie(a.state, a.since, a.reason) == std::tie(b.state, b.since, b.reason);
}
bool Same(const Succession& a, const Succession& b) {
  return std::tie(a.kind, a.successor, a.at) == std::tie(b.kind, b.successor, b.at);
}

// Lists that only grow at their end.
template <class Entry>
void CompareHistory(const std::string& who, std::string_view what, const std::vector<Entry>& before,
                    const std::vector<Entry>& after, Differences& out) {
  const std::size_t shared = std::min(before.size(), after.size());
  for (std::size_t i = 0; i < shared; ++i) {
    if (Same(before[i], after[i])) continue;
    out.Warn(who + ": its " + std::string(what) + " were rewritten: \"" + InWords(before[i]) + "\" became \"" +
             InWords(after[i]) + '"');
  }
  for (std::size_t i = shared; i < before.size(); ++i)
    out.Warn(who + ": \"" + InWords(before[i]) + "\" was struck from its " + std::string(what));
  for (std::size_t i = shared; i < after.size(); ++i) out.Tell(who + ": " + InWords(after[i]));
}

std::string ServicesOf(const RegistryOrganisation& organisation) {
  std::string words;
  for (const RegistryService service : organisation.services) {
    if (!words.empty()) words += ", ";
    words += WordOf(service);
  }
  return words;
}

void Compare(const RegistryOrganisation& before, const RegistryOrganisation& after, Differences& out) {
  const std::string who = NameOf(after);
  CompareText(who, "its legal name", before.legal_name, after.legal_name, out);
  CompareText(who, "its type", before.type, after.type, out);
  CompareText(who, "its services", ServicesOf(before), ServicesOf(after), out);
  CompareText(who, "its issuer address", before.issuer, after.issuer, out);
  CompareText(who, "its status address", before.status_uri_prefix, after.status_uri_prefix, out);
  CompareText(who, "the way to its keys", WordOf(before.mechanism), WordOf(after.mechanism), out);
  if (before.valid_from != after.valid_from)
    out.Warn(who + " takes part from " + On(after.valid_from) + " instead of " + On(before.valid_from));
  CompareEnd(who, before.valid_until, after.valid_until, out);
  CompareHistory(who, "states", before.history, after.history, out);
  CompareHistory(who, "successions", before.successions, after.successions, out);
  CompareKinds(who, before, after, out);
  CompareKeys(who + ": issue key", before.issue_keys, after.issue_keys, out);
  CompareKeys(who + ": status key", before.status_keys, after.status_keys, out);
}

void TellNew(const RegistryOrganisation& organisation, Differences& out) {
  const std::string who = NameOf(organisation);
  out.Tell(who + " joins as " + organisation.type + " " + Window(organisation.valid_from, organisation.valid_until) +
           "; services: " + ServicesOf(organisation));
  RegistryOrganisation nothing = organisation;
  nothing.kinds.clear();
  nothing.issue_keys.clear();
  nothing.status_keys.clear();
  nothing.history.resize(1);
  nothing.successions.clear();
  Compare(nothing, organisation, out);
}

void CompareOrganisations(const RegistryContent& before, const RegistryContent& after, Differences& out) {
  std::map<OrganisationId, const RegistryOrganisation*> known;
  for (const RegistryOrganisation& organisation : before.organisations) known.emplace(organisation.id, &organisation);
  for (const RegistryOrganisation& organisation : after.organisations) {
    const auto found = known.find(organisation.id);
    if (found == known.end()) {
      TellNew(organisation, out);
      continue;
    }
    Compare(*found->second, organisation, out);
    known.erase(found);
  }
  for (const auto& [id, organisation] : known) out.Warn(NameOf(*organisation) + " is no longer listed");
}

void CompareAuthorities(const RegistryContent& before, const RegistryContent& after, Differences& out) {
  const auto find = [](const std::vector<IssuingAuthority>& all, const std::string& certificate) {
    return std::find_if(all.begin(), all.end(),
                        [&](const IssuingAuthority& one) { return one.certificate == certificate; });
  };
  for (const IssuingAuthority& authority : after.issuing_authorities) {
    const auto known = find(before.issuing_authorities, authority.certificate);
    if (known == before.issuing_authorities.end()) {
      out.Tell("new issuing authority for certificates");
    } else if (known->compromised_since != authority.compromised_since) {
      if (authority.compromised_since) {
        out.Tell("an issuing authority is compromised since " + On(*authority.compromised_since));
      } else {
        out.Warn("an issuing authority is no longer called compromised");
      }
    }
  }
  for (const IssuingAuthority& authority : before.issuing_authorities) {
    if (find(after.issuing_authorities, authority.certificate) == after.issuing_authorities.end())
      out.Warn("an issuing authority is no longer listed");
  }
}

void CompareDocuments(const RegistryContent& before, const RegistryContent& after, Differences& out) {
  using Name = std::tuple<DocumentKind, std::string, int>;
  const auto name_of = [](const RegistryDocument& document) {
    return Name(document.kind, document.id, document.version);
  };
  const auto words_of = [](const RegistryDocument& document) {
    std::string kind(WordOf(document.kind));
    std::replace(kind.begin(), kind.end(), '_', ' ');
    return kind + " " + document.id + " version " + std::to_string(document.version);
  };
  std::map<Name, const RegistryDocument*> known;
  for (const RegistryDocument& document : before.documents) known.emplace(name_of(document), &document);
  for (const RegistryDocument& document : after.documents) {
    const auto found = known.find(name_of(document));
    if (found == known.end()) {
      out.Tell("new " + words_of(document));
      continue;
    }
    if (found->second->digest != document.digest) out.Warn(words_of(document) + " has another text");
    if (found->second->path != document.path) out.Tell(words_of(document) + " lies at another path");
    if (!found->second->withdrawn_at && document.withdrawn_at)
      out.Tell(words_of(document) + " is withdrawn on " + On(*document.withdrawn_at));
    if (found->second->withdrawn_at && found->second->withdrawn_at != document.withdrawn_at)
      out.Warn(words_of(document) + ": when it was withdrawn was rewritten");
    known.erase(found);
  }
  for (const auto& [name, document] : known) out.Warn(words_of(*document) + " is no longer listed");
}

}  // namespace

std::vector<RegistryDifference> DiffRegistries(const RegistryContent& before, const RegistryContent& after) {
  Differences out;
  CompareText("the registry", "its operator", before.operator_name, after.operator_name, out);
  CompareOrganisations(before, after, out);
  CompareKeys("registry key", before.registry_keys, after.registry_keys, out);
  CompareKeys("receipt key", before.receipt_keys, after.receipt_keys, out);
  CompareAuthorities(before, after, out);
  CompareDocuments(before, after, out);
  return std::move(out).Take();
}

}  // namespace passport
