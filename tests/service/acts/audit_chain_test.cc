// The audit trail of a service: published, exported, and looked at before the service starts.
#include <gtest/gtest.h>

#include <functional>

#include "passport-service/acts/audit_refusal.h"
#include "passport-service/acts/audit_start.h"
#include "passport-service/acts/audited.h"
#include "passport-service/acts/clocked_keys.h"
#include "passport-service/acts/export_audit.h"
#include "passport-service/acts/publish_audit.h"
#include "tests/service/acts/relying_world.h"

namespace passport {
namespace {

struct AuditWorld : RelyingWorld {
  PublishAudit publishing_audit{store, *keys, files, clock};
  ExportAudit exporting{store, *keys, clock};

  bool PublishHead() {
    const Result<bool> anew = publishing_audit();
    EXPECT_TRUE(anew.ok()) << WordsOf(anew);
    return anew.ok() && *anew;
  }
  // Lines of an export without their ends; empty when it is refused.
  std::vector<std::string> Lines(const ExportAudit::Order& order) {
    std::vector<std::string> lines;
    auto under_way = exporting.Begin(order);
    if (!under_way.ok()) return lines;
    lines.push_back(AuditFileHeader(under_way->signed_head, under_way->registry_token));
    for (bool more = true; more;) {
      const auto rows = exporting.Next(*under_way, 3);
      EXPECT_TRUE(rows.ok());
      for (const AuditRow& row : *rows) lines.push_back(AuditFileRow(row));
      more = rows.ok() && !rows->empty();
    }
    for (std::string& line : lines) line.pop_back();
    return lines;
  }
  // "ok" and how many rows, checked against all the days that are published.
  std::string Checked(const std::vector<std::string>& lines) {
    if (lines.empty()) return "refused";
    AuditCheck check(Pinned());
    const auto head = check.Begin(lines.front());
    if (!head.ok()) return head.fault().detail;
    for (const auto& [path, token] : files.files) {
      if (!path.starts_with("audit/")) continue;
      const auto day = check.Remember(token, path);
      if (!day.ok()) return day.fault().detail;
    }
    for (std::size_t i = 1; i < lines.size(); ++i) {
      const auto row = check.Next(lines[i]);
      if (!row.ok()) return row.fault().detail;
    }
    const auto end = check.End();
    return end.ok() ? "ok " + std::to_string(lines.size() - 1) : end.fault().detail;
  }
  Result<Instant> Start(Store& of, const AuditAcceptance& accepted = {}) {
    return CheckAuditAtStart(of, files, *keys, clock.Now(), accepted);
  }
};

TEST(AuditChain, IsPublishedForEachDayAndNeverTouchedAfterIt) {
  AuditWorld world;
  EXPECT_TRUE(world.PublishHead());
  EXPECT_FALSE(world.PublishHead()) << "nothing was done since";
  const std::string saturday = "audit/2026-11-21.jwt";
  ASSERT_TRUE(world.files.files.contains(saturday));
  const std::string first = world.files.files[saturday];
  EXPECT_EQ(world.files.files["audit/newest.jwt"], first);
  world.Enrol("3001");
  EXPECT_TRUE(world.PublishHead());
  const std::string second = world.files.files[saturday];
  EXPECT_NE(second, first) << "the day goes on";
  world.clock.now = world.clock.now + Seconds{86'400};
  EXPECT_TRUE(world.PublishHead());
  EXPECT_EQ(world.files.files[saturday], second);
  EXPECT_EQ(world.files.files["audit/2026-11-22.jwt"], world.files.files["audit/newest.jwt"]);
  EXPECT_EQ(world.Audited(kAuditDayAction, "done"), 2U);
  // Another process of the same day goes on where this one was.
  PublishAudit again(world.store, *world.keys, world.files, world.clock);
  ASSERT_TRUE(again().ok());
  EXPECT_EQ(world.Audited(kAuditDayAction, "done"), 2U);
}

TEST(AuditChain, IsExportedToAnOrganisationAsItsOwnAndToARegistrarWhole) {
  AuditWorld world;
  world.PublishNow();
  const auto holder = world.Hire("3001");
  ASSERT_TRUE(world.Rely(world.council, holder).ok());
  world.PublishHead();
  const std::vector<std::string> own = world.Lines({.by = world.trust, .whole = false});
  ASSERT_GT(own.size(), 3U);
  EXPECT_EQ(world.Checked(own), "ok " + std::to_string(own.size() - 1));
  for (std::size_t i = 1; i < own.size(); ++i) {
    EXPECT_NE(own[i].find("\"actor\":\"ods:RC9\""), std::string::npos);
    EXPECT_NE(own[i].find("\"system\":\"hr\""), std::string::npos);
  }
  EXPECT_NE(own.back().find("audit.exported"), std::string::npos) << "the export itself is the last of it";
  const std::vector<std::string> whole = world.Lines({.by = world.registrar, .whole = true});
  EXPECT_EQ(world.Checked(whole), "ok " + std::to_string(world.store.LastAuditRow()->value().sequence));
  EXPECT_EQ(WordsOf(world.exporting.Begin({.by = world.trust, .whole = true})), "not_permitted");
  EXPECT_EQ(WordsOf(world.exporting.Begin({.by = world.stranger, .whole = false})), "caller_unknown");
}

TEST(AuditChain, EveryRowSaysWhichSystemItWas) {
  AuditWorld world;
  const auto holder = world.Hire("3001");
  ASSERT_TRUE(world.Rely(world.council, holder).ok());
  const Page<AuditRow> page = world.store.AuditRows(0, 10'000).value();
  for (const AuditRow& row : page.rows) {
    EXPECT_EQ(row.entry.system.empty(), row.entry.actor == kAuditService) << row.entry.action;
  }
}

TEST(AuditChain, OfPeopleEveryRowSaysWhatProvedTheCall) {
  const PersonId person = PersonId::Parse("anna").value();
  const ProvenKey key{.point = {}, .thumbprint = "thumb"};
  const OrganisationId trust = OrganisationId::Parse("ods:RC9").value();
  const auto named = [](const HolderCaller& by) { return AuditedOfPeople(Instant{1}, by, {.what = "x"}).entry.system; };
  EXPECT_EQ(named({.person = person, .key = key, .held_as = HeldAs::kWallet}), "key") << "and not which";
  EXPECT_EQ(named({.person = {}, .key = key}), "key") << "of nobody yet";
  EXPECT_EQ(named({.person = person, .key = {}}), "code");
  EXPECT_EQ(named({.person = person, .key = {}, .session_of = trust}), "session ods:RC9");
  EXPECT_EQ(named({}), "") << "nothing came";
}

// No chain of the trail is about one person: what people do themselves is one for all of them.
TEST(AuditChain, PeopleHaveOneChainTogether) {
  AuditWorld world;
  for (const char* const person : {"anna", "ben", "anna"}) {
    const HolderCaller by{.person = PersonId::Parse(person).value(), .key = {}};
    ASSERT_TRUE(
        ApplyNow(world.store, {AuditedOfPeople(world.clock.now, by, {.what = "passport.received", .object = person})})
            .ok());
  }
  const std::vector<AuditRow> rows = world.store.AuditRowsOf(kAuditPeople, 0, 10)->rows;
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows.back().actor_sequence, 3U);
  EXPECT_EQ(rows.back().entry.system, "code");
  const std::vector<std::string> whole = world.Lines({.by = world.registrar, .whole = true});
  EXPECT_EQ(world.Checked(whole), "ok " + std::to_string(world.store.LastAuditRow()->value().sequence));
  for (const std::string& line : world.Lines({.by = world.trust, .whole = false})) {
    EXPECT_EQ(line.find("anna"), std::string::npos) << "an employer's own trail shows nothing of it";
  }
}

// A store put back from a backup: it has the same rows, but fewer.
struct OlderStore : AuditWorld {
  OlderStore() {
    Copy(store, older);
    Enrol("3001");
    PublishHead();
  }
  static void Copy(Store& from, Store& to) {
    const Page<AuditRow> page = from.AuditRows(0, 10'000).value();
    for (const AuditRow& row : page.rows) EXPECT_EQ(to.Apply({AppendAudit{row.entry}}).outcome, CommitOutcome::kDone);
  }
  MemoryStore older;
};

TEST(AuditChain, AStoreOlderThanWhatWasPublishedIsNoticedAtTheStart) {
  OlderStore world;
  EXPECT_TRUE(world.Start(world.store).ok());
  const Result<Instant> start = world.Start(world.older);
  ASSERT_EQ(WordsOf(start), "store_older");
  EXPECT_NE(start.fault().detail.find("was published on 2026-11-21T"), std::string::npos) << start.fault().detail;
  MemoryStore empty;
  EXPECT_EQ(WordsOf(world.Start(empty)), "store_older");
  // As many rows as were published, but others.
  for (int i = 0; i < 10; ++i) {
    ASSERT_EQ(world.older
                  .Apply({AppendAudit{{.at = world.clock.now,
                                       .actor = kAuditService,
                                       .action = "other",
                                       .object = "",
                                       .request = "",
                                       .outcome = "done"}}})
                  .outcome,
              CommitOutcome::kDone);
  }
  EXPECT_EQ(WordsOf(world.Start(world.older)), "store_older");
}

TEST(AuditChain, AnOlderStoreIsTakenOnceAndOnRecordWhenTheOperatorSaysWhy) {
  OlderStore world;
  EXPECT_EQ(WordsOf(world.Start(world.older, {.older_store = "Disk lost!", .clock = {}})), "field_invalid");
  const std::string lost = world.files.files["audit/newest.jwt"];
  ASSERT_TRUE(world.Start(world.older, {.older_store = "disk_lost", .clock = {}}).ok());
  const AuditRow row = world.older.LastAuditRow()->value();
  EXPECT_EQ(row.entry.action, "store.older.accepted");
  EXPECT_EQ(row.entry.why, "disk_lost");
  EXPECT_EQ(world.files.files.at(row.entry.object), lost) << "what was published stays to be seen";
  EXPECT_EQ(WordsOf(world.Start(world.older)), "store_older") << "until the service has published";
  PublishAudit publish(world.older, *world.keys, world.files, world.clock);
  ASSERT_TRUE(publish().ok());
  EXPECT_TRUE(world.Start(world.older).ok());
}

TEST(AuditChain, APublishedHeadThatIsGoneOrForgedIsNoticed) {
  OlderStore world;
  const std::string newest = world.files.files["audit/newest.jwt"];
  world.files.files["audit/newest.jwt"][newest.size() / 2] ^= 1;
  EXPECT_EQ(WordsOf(world.Start(world.store)), "store_older");
  world.files.files["audit/newest.jwt"] = "nothing";
  EXPECT_EQ(WordsOf(world.Start(world.store)), "store_older");
  world.files.files.erase("audit/newest.jwt");
  EXPECT_EQ(WordsOf(world.Start(world.store)), "store_older");
  world.files.files["audit/newest.jwt"] = newest;
  EXPECT_TRUE(world.Start(world.store).ok());
  AuditWorld fresh;
  EXPECT_TRUE(fresh.Start(fresh.store).ok()) << "a service that never published has nothing to compare";
}

// The row of the first day may lie long before the last rows, and that of a later day long after the first.
TEST(AuditChain, AHeadThatIsGoneIsMissedHoweverMuchHappenedSince) {
  const auto rows = [](AuditWorld& world, const std::string& actor, std::string_view action, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      const AuditEntry entry{.at = world.clock.now,
                             .actor = actor,
                             .action = std::string(action),
                             .object = "",
                             .request = "",
                             .outcome = "done"};
      ASSERT_EQ(world.store.Apply({AppendAudit{entry}}).outcome, CommitOutcome::kDone);
    }
  };
  struct Part {
    const char* actor;
    const char* action;
    std::size_t count;
  };
  const struct {
    const char* what;
    std::vector<Part> parts;
    const char* verdict;
  } trails[] = {
      {"never published", {{kAuditService, "key.staged", 1500}, {"ods:RC9", "credential.read", 1500}}, "ok"},
      {"somebody else's word for it", {{"ods:RC9", kAuditDayAction, 1}}, "ok"},
      {"published, then calls",
       {{kAuditService, kAuditDayAction, 1}, {"ods:RC9", "credential.read", 1500}},
       "store_older"},
      {"published, then work",
       {{kAuditService, kAuditDayAction, 1}, {kAuditService, "key.staged", 1500}},
       "store_older"},
      {"work, then published and calls",
       {{kAuditService, "key.staged", 1500}, {kAuditService, kAuditDayAction, 1}, {"ods:RC9", "credential.read", 1500}},
       "store_older"},
  };
  for (const auto& trail : trails) {
    AuditWorld world;
    for (const Part& part : trail.parts) rows(world, part.actor, part.action, part.count);
    EXPECT_EQ(WordsOf(world.Start(world.store)), trail.verdict) << trail.what;
  }
}

TEST(AuditChain, DaysWhoseFilesAreMissingAreLookedPast) {
  OlderStore world;
  for (int day = 0; day < 3; ++day) {
    world.clock.now = world.clock.now + Seconds{86'400};
    world.Enrol("40" + std::to_string(day));
    ASSERT_TRUE(world.PublishHead());
  }
  EXPECT_EQ(world.files.files.erase("audit/2026-11-21.jwt") + world.files.files.erase("audit/2026-11-23.jwt"), 2U);
  EXPECT_TRUE(world.Start(world.store).ok());
  const Result<Instant> start = world.Start(world.older);
  ASSERT_EQ(WordsOf(start), "store_older");
  EXPECT_NE(start.fault().detail.find("was published on 2026-11-24T"), std::string::npos) << start.fault().detail;
  const std::vector<std::string> whole = world.Lines({.by = world.registrar, .whole = true});
  EXPECT_EQ(world.Checked(whole), "ok " + std::to_string(world.store.LastAuditRow()->value().sequence));
}

TEST(AuditChain, IsWholeForTheRoleRegistrarOfARegistrarOnly) {
  AuditWorld world;
  const struct {
    const char* what;
    OrganisationId organisation;
    Roles roles;
    const char* verdict;
  } callers[] = {
      {"the registrar", world.registrar.organisation, {Role::kRegistrar}, "ok"},
      {"an auditor of the registrar", world.registrar.organisation, {Role::kAuditor}, "not_permitted"},
      {"everything else of the registrar",
       world.registrar.organisation,
       {Role::kAuditor, Role::kOperator, Role::kIssuerClerk, Role::kApprover, Role::kVerifier},
       "not_permitted"},
      {"an auditor of the trust", world.trust.organisation, {Role::kAuditor}, "not_permitted"},
      {"the role in a trust", world.trust.organisation, {Role::kRegistrar, Role::kAuditor}, "not_permitted"},
  };
  for (const auto& each : callers) {
    const Caller by{each.organisation, "desk", each.roles};
    const std::size_t before = world.Audited("audit.exported", "done");
    EXPECT_EQ(WordsOf(world.exporting.Begin({.by = by, .whole = true})), each.verdict) << each.what;
    EXPECT_EQ(world.Audited("audit.exported", "done") - before, each.verdict == std::string("ok") ? 1U : 0U);
    EXPECT_EQ(WordsOf(world.exporting.Begin({.by = by, .whole = false})), "ok") << each.what << ", its own";
  }
}

TEST(AuditChain, AClockThatWasSetBackIsNoticedAtTheStart) {
  AuditWorld world;
  world.Enrol("3001");
  const Instant noon = world.clock.now;
  world.clock.now = noon - Seconds{2};
  EXPECT_EQ(world.Start(world.store).value(), noon) << "calls end a little after they began";
  world.clock.now = noon - Seconds{3};
  EXPECT_EQ(WordsOf(world.Start(world.store)), "clock_back");
  EXPECT_EQ(WordsOf(world.Start(world.store, {.older_store = "disk_lost", .clock = {}})), "clock_back");
  EXPECT_EQ(world.Start(world.store, {.older_store = {}, .clock = "clock_was_ahead"}).value(), world.clock.now);
  EXPECT_EQ(world.Audited("clock.accepted", "done", "clock_was_ahead"), 1U);
  EXPECT_TRUE(world.Start(world.store).ok()) << "once is enough";
  world.clock.now = noon - Seconds{10};
  EXPECT_EQ(WordsOf(world.Start(world.store)), "clock_back") << "but only for that time";
}

TEST(AuditChain, ARefusalWithAClockSetBackDoesNotMakeTheNextStartGood) {
  AuditWorld world;
  world.Enrol("3001");
  world.clock.now = world.clock.now - Seconds{3600};
  AuditRefusal refuse(world.store, world.clock);
  ASSERT_TRUE(
      refuse({.by = world.stranger, .call = "GetCredential", .request = {}, .why = Reason::kCallerUnknown}).ok());
  EXPECT_EQ(WordsOf(world.Start(world.store)), "clock_back");
}

TEST(AuditChain, NothingIsSignedWhileTheClockIsBack) {
  AuditWorld world;
  world.Enrol("3001");
  world.PublishNow();
  const Instant noon = world.clock.now;
  ClockedKeys keys(*world.keys, world.clock, noon);
  const auto sign = [&] { return WordsOf(keys.SignerFor(world.trust.organisation, KeyRole::kIssue)); };
  EXPECT_EQ(sign(), "ok");
  world.clock.now = noon + Seconds{3600};
  EXPECT_EQ(sign(), "ok");
  for (const Instant back : {noon + Seconds{3597}, noon}) {
    world.clock.now = back;
    EXPECT_EQ(sign(), "clock_back");
    Publish publish(world.store, keys, world.files, world.trust_in_force, world.clock, world.chance,
                    {.registry_lifetime = Seconds{86'400},
                     .status_lifetime = Seconds{86'400},
                     .status_ttl = Seconds{300},
                     .freshness = {.status_age_max = Seconds{900}, .registry_grace = Seconds{86'400}}});
    EXPECT_EQ(WordsOf(publish()), "clock_back");
    ExportAudit exporting(world.store, keys, world.clock);
    EXPECT_EQ(WordsOf(exporting.Begin({.by = world.trust, .whole = false})), "clock_back");
  }
  world.clock.now = noon + Seconds{3598};
  EXPECT_EQ(sign(), "ok") << "a second or two are no setting back";
}

TEST(AuditChain, NoKeyIsDatedWhileTheClockIsBackButALostOneIsGivenUp) {
  AuditWorld world;
  ClockedKeys keys(*world.keys, world.clock, world.clock.now);
  const KeyOwner owner(world.trust.organisation);
  const std::string kid = keys.Generate(owner, KeyRole::kIssue, KeyState::kStaged, world.clock.now).value();
  world.clock.now = world.clock.now - Seconds{3600};
  const Instant now = world.clock.now;
  EXPECT_EQ(WordsOf(keys.Generate(owner, KeyRole::kIssue, KeyState::kStaged, now)), "clock_back");
  EXPECT_EQ(WordsOf(keys.NotePublished(kid, now)), "clock_back");
  EXPECT_EQ(WordsOf(keys.ChangeState(kid, KeyState::kActive, now)), "clock_back");
  EXPECT_EQ(WordsOf(keys.ChangeState(kid, KeyState::kRetired, now)), "clock_back");
  EXPECT_EQ(WordsOf(keys.ChangeState(kid, KeyState::kCompromised, now)), "ok");
}

TEST(AuditChain, NoAuditNoAnswerForReadsToo) {
  AuditWorld world;
  world.PublishNow();
  const auto holder = world.Hire("3001");
  ASSERT_TRUE(world.Rely(world.council, holder).ok());
  const std::string nonce = world.Ask();
  const struct {
    const char* what;
    std::function<std::string()> read;
  } reads[] = {
      {"credential",
       [&] {
         return WordsOf(ReadCredentials(world.store, *world.vault, world.clock).Get(world.trust, holder.training));
       }},
      {"credentials",
       [&] { return WordsOf(ReadCredentials(world.store, *world.vault, world.clock).List(world.trust, "", 10)); }},
      {"holdings", [&] { return WordsOf(world.Presenting().Holdings(world.trust, holder.code)); }},
      {"presentation",
       [&] {
         return WordsOf(world.PresentTo(nonce, holder.code, {{holder.training, {}}}));
       }},
      {"overrides", [&] { return WordsOf(world.ReadingOverrides()(world.council, "", 10)); }},
      {"evidence",
       [&] {
         return WordsOf(world.ReadingEvidence().Begin({world.council, {}, {}}));
       }},
      {"audit", [&] { return WordsOf(world.exporting.Begin({.by = world.trust, .whole = false})); }},
  };
  for (const auto& each : reads) {
    const std::uint64_t rows = world.store.LastAuditRow()->value().sequence;
    world.store.OnApply([](const Changes&) {
      return MemoryStore::Failure{MemoryStore::Failure::When::kBefore, CommitOutcome::kRetry, Reason::kStoreFull};
    });
    EXPECT_EQ(each.read(), "store_full") << each.what;
    EXPECT_EQ(world.store.LastAuditRow()->value().sequence, rows) << each.what;
    world.store.OnApply({});
    EXPECT_EQ(each.read(), "ok") << each.what;
    EXPECT_GT(world.store.LastAuditRow()->value().sequence, rows) << each.what << " leaves a row";
  }
}

}  // namespace
}  // namespace passport
