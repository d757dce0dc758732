// Organisations that come, merge, end or are taken over, judged from the registry alone.
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "credential/crypto/jwk.h"
#include "credential/trust/issuer_authority.h"
#include "tests/credential/trust/trust_suite.h"
#include "tests/credential/trust/trust_world.h"

namespace passport {
namespace {

constexpr std::string_view kVct = "urn:staff-passport:mandatory-training:1";
constexpr Instant kFirstDay = kNow - Seconds{365 * 86400};

using Change = std::function<void(RegistryOrganisation&)>;

// What becomes of a record that the trust signed at `issued_at`, asked at kNow.
std::string Judge(const Change& change, Instant issued_at, std::string_view vct = kVct) {
  RegistryOrganisation entry = World().trust.Entry();
  change(entry);
  const Result<Reason> answer =
      JudgeAuthority(entry, {.vct = vct, .key = entry.issue_keys[0], .issued_at = issued_at}, kNow);
  return answer.ok() ? std::string(WordOf(*answer)) : Words(answer.fault());
}

StateChange To(EntryState state, Instant since) { return {.state = state, .since = since, .reason = "by_order"}; }

TEST(Succession, AnIssuerIsJudgedByWhatWasTrueWhenItSignedAndWhatIsKnownNow) {
  const auto at = [](int days) { return kNow + Seconds{days * 86400}; };
  const Change nothing = [](auto&) {};
  const Change ceased = [&](auto& entry) { entry.history.push_back(To(EntryState::kCeased, at(-10))); };
  const Change ceases_later = [&](auto& entry) { entry.history.push_back(To(EntryState::kCeased, at(10))); };
  const Change suspended = [&](auto& entry) { entry.history.push_back(To(EntryState::kSuspended, at(-10))); };
  const Change back = [&](auto& entry) {
    entry.history.push_back(To(EntryState::kSuspended, at(-10)));
    entry.history.push_back(To(EntryState::kActive, at(-5)));
  };
  const Change compromised = [&](auto& entry) { entry.history.push_back(To(EntryState::kCompromised, at(-10))); };
  const Change reinstated = [&](auto& entry) {
    entry.history.push_back(To(EntryState::kCompromised, at(-10)));
    entry.history.push_back(To(EntryState::kActive, at(-5)));
  };
  const Change key_lost = [&](auto& entry) { entry.issue_keys[0].compromised_since = at(-10); };
  const Change key_retired = [&](auto& entry) { entry.issue_keys[0].valid_until = at(-10); };
  const Change key_new = [&](auto& entry) { entry.issue_keys[0].valid_from = at(-10); };
  const Change left = [&](auto& entry) { entry.valid_until = at(-10); };
  const Change acquired = [&](auto& entry) {
    entry.successions.push_back({SuccessionKind::kAcquired, World().council.id, at(-10)});
  };
  const Change acquired_later = [&](auto& entry) {
    entry.successions.push_back({SuccessionKind::kAcquired, World().council.id, at(10)});
  };
  struct Row {
    std::string_view name;
    Change change;
    int issued_days_ago;
    std::string_view answer;
  };
  const Row rows[] = {
      {"active all the time", nothing, 20, "none"},
      {"signed before it took part", nothing, 366, "issuer TRUST-06"},
      {"signed on the first day", nothing, 365, "none"},
      {"ceased, signed before", ceased, 11, "none"},
      {"ceased, signed afterwards", ceased, 9, "issuer TRUST-06"},
      {"ceased, signed in that very second", ceased, 10, "issuer TRUST-06"},
      {"its end is announced only", ceases_later, 1, "none"},
      {"suspended, signed before", suspended, 20, "issuer_suspended"},
      {"suspended, signed afterwards", suspended, 9, "issuer TRUST-06"},
      {"suspended once, signed before", back, 20, "none"},
      {"suspended once, signed meanwhile", back, 7, "issuer TRUST-06"},
      {"suspended once, signed afterwards", back, 4, "none"},
      {"compromised, by its date signed before", compromised, 300, "compromised"},
      {"compromised, signed afterwards", compromised, 9, "compromised"},
      {"compromised once, by its date signed before", reinstated, 300, "compromised"},
      {"compromised once, signed since it is active again", reinstated, 4, "none"},
      {"key compromised, by its date signed before", key_lost, 300, "compromised"},
      {"key retired, signed before", key_retired, 11, "none"},
      {"key retired, signed afterwards", key_retired, 9, "issuer TRUST-06"},
      {"key not yet in use", key_new, 11, "issuer TRUST-06"},
      {"left, signed before", left, 11, "none"},
      {"left, signed afterwards", left, 9, "issuer TRUST-06"},
      {"acquired, signed before", acquired, 11, "none"},
      {"acquired, signed under the old name afterwards", acquired, 9, "issuer TRUST-06"},
      {"acquired on a day to come", acquired_later, 1, "none"},
  };
  for (const Row& row : rows) EXPECT_EQ(Judge(row.change, at(-row.issued_days_ago)), row.answer) << row.name;
}

TEST(Succession, TRUST07_AKindIsIssuedInItsWindowsOnly) {
  const auto windows = [](auto& entry) {
    entry.kinds = {{std::string(kVct), kNow - Seconds{100}, kNow - Seconds{50}},
                   {std::string(kVct), kNow - Seconds{20}, std::nullopt}};
  };
  EXPECT_EQ(Judge(windows, kNow - Seconds{101}), "issuer TRUST-07");
  EXPECT_EQ(Judge(windows, kNow - Seconds{100}), "none");
  EXPECT_EQ(Judge(windows, kNow - Seconds{51}), "none");
  EXPECT_EQ(Judge(windows, kNow - Seconds{50}), "issuer TRUST-07");
  EXPECT_EQ(Judge(windows, kNow - Seconds{20}), "none");
  for (const std::string_view vct : {"urn:staff-passport:employment:1", "urn:staff-passport:mandatory-training:1/",
                                     "URN:staff-passport:mandatory-training:1", ""}) {
    EXPECT_EQ(Judge(windows, kNow - Seconds{20}, vct), "issuer TRUST-07") << vct;
  }
}

// A registry in which the council takes over the trust as of `at`.
RegistryContent Acquired(Instant at) {
  RegistryContent content = World().Content();
  content.organisations[0].successions.push_back({SuccessionKind::kAcquired, World().council.id, at});
  return content;
}

TrustRegistry Read(const RegistryContent& content) {
  return TrustRegistry::Read(World().RegistryToken(content), World().pinned, kNow, kMinute).value();
}

std::string TrustsList(PrivateKey& by, Instant issued_at) {
  const StatusList list = StatusList::Make(2, 1024).value();
  const StatusTokenTerms terms{
      .uri = World().trust.list_uri(), .issued_at = issued_at, .expires_at = issued_at + kDay, .ttl = Seconds{300}};
  return SignStatusToken(terms, list, Thumbprint(by.public_key().point()), by, 6).value();
}

std::string AddList(const RegistryContent& content, PrivateKey& by, Instant issued_at) {
  const std::string token = TrustsList(by, issued_at);
  TrustSnapshot::Builder builder(std::make_shared<const TrustRegistry>(Read(content)), kFreshness);
  return Verdict(builder.AddStatusToken(World().trust.list_uri(), token, kNow, kMinute));
}

TEST(Succession, FromThatDayTheSuccessorAndNobodyElseTellsTheStatus) {
  const Instant day = kNow - Seconds{600};
  const RegistryContent content = Acquired(day);
  PrivateKey& old_key = World().trust.status_key;
  PrivateKey& new_key = World().council.status_key;
  EXPECT_EQ(AddList(content, new_key, day), "ok");
  EXPECT_EQ(AddList(content, new_key, kNow), "ok");
  EXPECT_EQ(AddList(content, new_key, day - Seconds{1}), "status TSL-08") << "not yet its list";
  EXPECT_EQ(AddList(content, old_key, day - Seconds{1}), "ok") << "published the evening before";
  EXPECT_EQ(AddList(content, old_key, day), "status TSL-08");
  EXPECT_EQ(AddList(content, old_key, kNow), "status TSL-08");
  EXPECT_EQ(AddList(content, World().council.issue_key, kNow), "status TSL-07");
  EXPECT_EQ(AddList(content, World().stranger, kNow), "status TSL-07");
  EXPECT_EQ(AddList(World().Content(), new_key, kNow), "status TSL-07") << "nothing was taken over";
  EXPECT_EQ(AddList(Acquired(kNow + kDay), new_key, kNow), "status TSL-07") << "announced, not in force";
}

TEST(Succession, AStatusKeySpeaksInItsTimeAndNeverOnceItIsCompromised) {
  RegistryContent content = World().Content();
  RegistryKey& key = content.organisations[0].status_keys[0];
  key.valid_until = kNow;
  EXPECT_EQ(AddList(content, World().trust.status_key, kNow - Seconds{1}), "ok");
  EXPECT_EQ(AddList(content, World().trust.status_key, kNow), "status TRUST-06");
  key.valid_until = std::nullopt;
  key.valid_from = kNow;
  EXPECT_EQ(AddList(content, World().trust.status_key, kNow - Seconds{1}), "status TRUST-06");
  key.valid_from = kFirstDay;
  key.compromised_since = kNow - Seconds{5};
  EXPECT_EQ(AddList(content, World().trust.status_key, kNow - Seconds{60}), "status TRUST-06");
}

// What the trust's list, signed by the council that took the trust over, says about a record of the trust.
std::string StatusByTheCouncil(const std::vector<StateChange>& of_council) {
  RegistryContent content = Acquired(kNow - Seconds{600});
  auto& history = content.organisations[1].history;
  history.insert(history.end(), of_council.begin(), of_council.end());
  TrustSnapshot::Builder builder(std::make_shared<const TrustRegistry>(Read(content)), kFreshness);
  const std::string token = TrustsList(World().council.status_key, kNow - Seconds{30});
  EXPECT_EQ(Verdict(builder.AddStatusToken(World().trust.list_uri(), token, kNow, kMinute)), "ok");
  const auto snapshot = std::move(builder).Build();
  const TrustedIssuer* issuer = snapshot->registry().Find(World().trust.issuer);
  return Verdict(snapshot->Read({.uri = World().trust.list_uri(), .index = 1}, *issuer, kNow));
}

TEST(Succession, ASuccessorThatIsCompromisedTellsNoStatus) {
  EXPECT_EQ(StatusByTheCouncil({}), "ok");
  EXPECT_EQ(StatusByTheCouncil({To(EntryState::kCompromised, kNow)}), "compromised TRUST-06");
  EXPECT_EQ(StatusByTheCouncil({To(EntryState::kCompromised, kNow + Seconds{1})}), "ok") << "announced, not in force";
  EXPECT_EQ(StatusByTheCouncil({To(EntryState::kSuspended, kNow - Seconds{60})}), "ok");
}

TEST(Succession, ResponsibilityIsFollowedToItsEnd) {
  RegistryContent content = Acquired(kNow - Seconds{100});
  RegistryOrganisation third = World().council.Entry();
  third.id = OrganisationId::Parse("charity:1091156").value();
  third.issuer = "https://passport.example/issuers/charity-1091156";
  third.status_uri_prefix = "https://passport.example/status/charity-1091156/";
  third.issue_keys.clear();
  third.status_keys = {ListedKey(World().stranger)};
  content.organisations.push_back(third);
  content.organisations[1].successions.push_back({SuccessionKind::kRenamed, third.id, kNow - Seconds{50}});
  const TrustRegistry registry = Read(content);
  const RegistryOrganisation& trust = registry.organisations()[0];
  EXPECT_EQ(registry.ResponsibleFor(trust, kNow - Seconds{101}).id, World().trust.id);
  EXPECT_EQ(registry.ResponsibleFor(trust, kNow - Seconds{100}).id, World().council.id);
  EXPECT_EQ(registry.ResponsibleFor(trust, kNow - Seconds{50}).id, third.id);
  const TrustedIssuer* issuer = registry.Find(World().trust.issuer);
  ASSERT_NE(issuer, nullptr);
  EXPECT_EQ(registry.Responsible(*issuer, kNow)->id, third.id);
  EXPECT_EQ(registry.Responsible(*issuer, kNow - kDay), nullptr);
  EXPECT_EQ(AddList(content, World().stranger, kNow), "ok");
  EXPECT_EQ(AddList(content, World().council.status_key, kNow), "status TSL-07");
}

TEST(Succession, OfASplitTheLastInTheListAnswers) {
  RegistryContent content = Acquired(kNow - kDay);
  content.organisations[0].successions[0].kind = SuccessionKind::kSplit;
  RegistryOrganisation other = World().council.Entry();
  other.id = OrganisationId::Parse("charity:1091156").value();
  other.services = {RegistryService::kVerify};
  other.issuer.clear();
  other.status_uri_prefix.clear();
  other.kinds.clear();
  other.issue_keys.clear();
  other.status_keys.clear();
  content.organisations.push_back(other);
  auto& successions = content.organisations[0].successions;
  successions.insert(successions.begin(), {SuccessionKind::kSplit, other.id, kNow - kDay});
  const TrustRegistry registry = Read(content);
  EXPECT_EQ(registry.ResponsibleFor(registry.organisations()[0], kNow).id, World().council.id);
}

TEST(Succession, TRUST04_RefusesSuccessorsThatLeadNowhere) {
  const auto read = [](const std::function<void(RegistryContent&)>& change) {
    RegistryContent content = Acquired(kNow);
    change(content);
    return Verdict(TrustRegistry::Read(World().RegistryToken(content), World().pinned, kNow, kMinute));
  };
  EXPECT_EQ(read([](auto&) {}), "ok");
  EXPECT_EQ(read([](auto& content) { content.organisations.pop_back(); }), "registry TRUST-04");
  EXPECT_EQ(read([](auto& content) { content.organisations[0].successions[0].successor = World().trust.id; }),
            "registry TRUST-04");
  EXPECT_EQ(read([](auto& content) {
              content.organisations[1].successions.push_back({SuccessionKind::kMerged, World().trust.id, kNow});
            }),
            "registry TRUST-04");
  EXPECT_EQ(
      read([](auto& content) {
        content.organisations[0].successions.push_back({SuccessionKind::kMerged, World().council.id, kNow - kDay});
      }),
      "registry TRUST-04");
}

TEST(Succession, SDVC05_ATokenCarriesTheCertificateOfTheRegistryWhereItGoesByCertificates) {
  RegistryOrganisation entry = World().trust.Entry();
  RegistryKey key = entry.issue_keys[0];
  key.certificate = "not read here, compared byte by byte";
  const std::string listed = "bm90IHJlYWQgaGVyZSwgY29tcGFyZWQgYnl0ZSBieSBieXRl";
  EXPECT_EQ(Verdict(CheckMechanism(entry, key, "")), "ok");
  entry.mechanism = KeyMechanism::kX5c;
  EXPECT_EQ(Verdict(CheckMechanism(entry, key, listed)), "ok");
  EXPECT_EQ(Verdict(CheckMechanism(entry, key, "")), "key SDVC-05");
  EXPECT_EQ(Verdict(CheckMechanism(entry, key, listed + "\n")), "key SDVC-05");
  EXPECT_EQ(Verdict(CheckMechanism(entry, key, listed.substr(0, listed.size() - 4))), "key SDVC-05");
  EXPECT_EQ(Verdict(CheckMechanism(entry, entry.issue_keys[0], "")), "key SDVC-05") << "no certificate, no token";
}

}  // namespace
}  // namespace passport
