// The succession of keys as the service lives through it: under load, interrupted, and when a key is lost.
#include "passport-service/acts/keep_keys.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "tests/service/acts/key_steps.h"

namespace passport {
namespace {

constexpr std::int64_t kDay = 86'400;

// A key store whose n-th change fails: before it happened, or after it happened but was reported lost.
class FaultyKeys final : public KeyStore {
 public:
  enum class Fails { kBefore, kAfter };
  FaultyKeys(KeyStore& behind, int at, Fails how) : behind_(behind), left_(at), how_(how) {}

  Result<std::string> Generate(const KeyOwner& owner, KeyRole role, KeyState initial, Instant now) override {
    return Change([&] { return behind_.Generate(owner, role, initial, now); });
  }
  Result<void> ChangeState(std::string_view kid, KeyState to, Instant at) override {
    return Change([&] { return behind_.ChangeState(kid, to, at); });
  }
  Result<void> NotePublished(std::string_view kid, Instant at) override {
    return Change([&] { return behind_.NotePublished(kid, at); });
  }
  Result<void> Reload() override { return behind_.Reload(); }
  std::vector<KeyInfo> List() const override { return behind_.List(); }
  Result<std::shared_ptr<Signer>> SignerFor(const KeyOwner& owner, KeyRole role) const override {
    return behind_.SignerFor(owner, role);
  }
  Result<std::vector<std::uint8_t>> Seal(std::span<const std::uint8_t> plaintext,
                                         std::span<const std::uint8_t> context) const override {
    return behind_.Seal(plaintext, context);
  }
  Result<Secret> Unseal(std::span<const std::uint8_t> sealed, std::span<const std::uint8_t> context) const override {
    return behind_.Unseal(sealed, context);
  }
  Result<Digest> KeyedDigest(std::string_view context, std::string_view value) const override {
    return behind_.KeyedDigest(context, value);
  }
  Result<SealedHolderKey> MakeHolderKey(std::span<const std::uint8_t> context) const override {
    return behind_.MakeHolderKey(context);
  }
  Result<std::shared_ptr<Signer>> HolderSigner(std::span<const std::uint8_t> sealed,
                                               std::span<const std::uint8_t> context) const override {
    return behind_.HolderSigner(sealed, context);
  }
  bool failed() const { return left_ < 0; }

 private:
  template <class Work>
  auto Change(const Work& work) -> decltype(work()) {
    if (left_-- != 0) return work();
    if (how_ == Fails::kBefore) return Fault{Reason::kSigning, "", "the key store went away"};
    static_cast<void>(work().ok());
    return Fault{Reason::kOutcomeUnknown, "", "the key store went away before it answered"};
  }
  KeyStore& behind_;
  int left_;
  const Fails how_;
};

TEST(Rotation, RunsItsYearUnderLoadWithoutARefusedCall) {
  ActsWorld world;
  KeepKeys keep(world.store, *world.keys, world.trust_in_force, world.clock, kYearlyRotation);
  world.Enrol("1001");
  world.PublishNow();
  const Instant begin = world.clock.now;
  const std::string first = ActiveKid(*world.keys, world.trust.organisation, KeyRole::kIssue);
  std::atomic<int> serial = 0;
  std::atomic<int> refused = 0;
  for (const std::int64_t day : {1, 334, 335, 336, 340, 364, 365, 366, 367, 368, 369, 400}) {
    world.clock.now = begin + Seconds{day * kDay};
    std::vector<std::thread> callers;
    for (int caller = 0; caller < 3; ++caller) {
      callers.emplace_back([&] {
        for (int i = 0; i < 4; ++i) {
          const int number = ++serial;
          const std::string subject =
              std::string("course_") + static_cast<char>('a' + number % 26) + static_cast<char>('a' + number / 26);
          if (IssueOne(world, "load-" + std::to_string(number), subject) != "ok") ++refused;
        }
      });
    }
    for (int i = 0; i < 2; ++i) {
      const Result<void> done = Round(world, keep);
      EXPECT_TRUE(done.ok()) << "day " << day << ": " << done.fault().detail;
    }
    for (std::thread& caller : callers) caller.join();
    for (const KeyRole role : {KeyRole::kIssue, KeyRole::kStatus}) {
      const auto keys = KeysOf(*world.keys, world.trust.organisation, role);
      ASSERT_GE(Count(keys, KeyState::kActive), 1U) << "day " << day;
    }
  }
  EXPECT_EQ(refused, 0);
  EXPECT_NE(ActiveKid(*world.keys, world.trust.organisation, KeyRole::kIssue), first);
  const auto keys = KeysOf(*world.keys, world.trust.organisation, KeyRole::kIssue);
  EXPECT_EQ(Count(keys, KeyState::kRetired), 1U);
  EXPECT_EQ(Count(keys, KeyState::kActive), 1U);
  EXPECT_EQ(Count(KeysOf(*world.keys, KeyOwner::Service(), KeyRole::kSeal), KeyState::kActive), 1U);
  EXPECT_EQ(Count(KeysOf(*world.keys, KeyOwner::Service(), KeyRole::kRegistry), KeyState::kRetired), 0U);
  EXPECT_EQ(world.CredentialsOf(world.trust), static_cast<std::size_t>(serial));
  EXPECT_EQ(world.House(), "clean");
}

TEST(Rotation, EveryStepThatIsInterruptedIsDoneAgain) {
  for (const FaultyKeys::Fails how : {FaultyKeys::Fails::kBefore, FaultyKeys::Fails::kAfter}) {
    bool reached = true;
    int steps = 0;
    for (int at = 0; reached; ++at) {
      ActsWorld world;
      FaultyKeys faulty(*world.keys, at, how);
      Publish publish(world.store, faulty, world.files, world.trust_in_force, world.clock, world.chance,
                      {.registry_lifetime = {7 * kDay},
                       .status_lifetime = {kDay},
                       .status_ttl = {300},
                       .freshness = {.status_age_max = {900}, .registry_grace = {kDay}}});
      KeepKeys keep(world.store, faulty, world.trust_in_force, world.clock, kYearlyRotation);
      const Instant begin = world.clock.now;
      for (const std::int64_t day : {334, 335, 336, 366, 367, 368, 369}) {
        world.clock.now = begin + Seconds{day * kDay};
        for (int i = 0; i < 3; ++i) {
          // Whatever fails is left as it is; the next round begins from the keys as they are.
          static_cast<void>(keep.DoWhatIsDue().ok());
          static_cast<void>(publish().ok());
          static_cast<void>(keep.NotePublished().ok());
          for (const KeyRole role : {KeyRole::kIssue, KeyRole::kStatus}) {
            ASSERT_TRUE(world.keys->SignerFor(world.trust.organisation, role).ok()) << at << " day " << day;
          }
        }
      }
      reached = faulty.failed();
      steps += reached ? 1 : 0;
      for (const KeyRole role : {KeyRole::kIssue, KeyRole::kStatus}) {
        const auto keys = KeysOf(*world.keys, world.trust.organisation, role);
        EXPECT_EQ(Count(keys, KeyState::kActive), 1U) << at;
        EXPECT_EQ(Count(keys, KeyState::kStaged), 0U) << at;
        EXPECT_GE(Count(keys, KeyState::kRetired), 1U) << at;
      }
    }
    EXPECT_GT(steps, 15);
  }
}

TEST(Rotation, OfTheOthersGoesOnWhenOnesKeysAreStuck) {
  ActsWorld world;
  world.PublishNow();
  FaultyKeys faulty(*world.keys, 0, FaultyKeys::Fails::kBefore);
  KeepKeys keep(world.store, faulty, world.trust_in_force, world.clock, kYearlyRotation);
  world.clock.now = world.clock.now + Seconds{335 * kDay};
  EXPECT_EQ(WordsOf(keep.DoWhatIsDue()), "signing") << "the fault is told";
  const auto staged = [&] { return Count(world.keys->List(), KeyState::kStaged); };
  const std::size_t of_the_others = staged();
  EXPECT_GE(of_the_others, 6U);
  EXPECT_EQ(keep.DoWhatIsDue().value(), 1U) << "the one that was left";
  EXPECT_EQ(staged(), of_the_others + 1);
}

TEST(Rotation, CertifiesASuccessorBeforeItStepsInForALostKey) {
  ActsWorld world;
  KeepKeys keep(world.store, *world.keys, world.trust_in_force, world.clock, kYearlyRotation);
  world.PublishNow();
  const Caller own = OperatorOf(world.trust);
  const std::string lost = ActiveKid(*world.keys, world.trust.organisation, KeyRole::kIssue);
  const std::string next = keep.Rotate({own, Request("r1"), world.trust.organisation, KeyRole::kIssue}).value();
  EXPECT_FALSE(world.store.FindCertificate(next)->has_value()) << "nothing was published since";
  EXPECT_EQ(keep.MarkCompromised({own, Request("lost"), lost, world.clock.now, "stolen"}).value(), next);
  EXPECT_TRUE(world.store.FindCertificate(next)->has_value());
}

TEST(Rotation, ALostKeySignsNoMoreAndAnotherOneDoesAtOnce) {
  ActsWorld world;
  KeepKeys keep(world.store, *world.keys, world.trust_in_force, world.clock, kYearlyRotation);
  world.Enrol("1001");
  world.PublishNow();
  world.IssueTraining("1001");
  const std::string lost = ActiveKid(*world.keys, world.trust.organisation, KeyRole::kIssue);
  const Instant since = world.clock.now - Seconds{3 * kDay};
  world.clock.now = world.clock.now + Seconds{60};
  const KeepKeys::Compromise order{
      .by = OperatorOf(world.trust), .request = Request("lost-1"), .kid = lost, .since = since, .why = "stolen"};
  const Result<std::string> replaced = keep.MarkCompromised(order);
  ASSERT_TRUE(replaced.ok()) << replaced.fault().detail;
  EXPECT_EQ(ActiveKid(*world.keys, world.trust.organisation, KeyRole::kIssue), *replaced);
  EXPECT_EQ(keep.MarkCompromised(order).value(), *replaced) << "the same answer again";
  EXPECT_EQ(Count(KeysOf(*world.keys, world.trust.organisation, KeyRole::kIssue), KeyState::kActive), 1U);
  world.PublishNow();
  const auto trust = world.trust_in_force.Get().trust;
  const RegistryOrganisation* const registry = trust->registry().FindOrganisation(world.trust.organisation);
  ASSERT_NE(registry, nullptr);
  bool listed = false;
  for (const RegistryKey& key : registry->issue_keys) {
    if (key.kid != lost) continue;
    listed = true;
    EXPECT_EQ(key.compromised_since, since);
  }
  EXPECT_TRUE(listed) << "it stays in the list, marked";
  EXPECT_EQ(IssueOne(world, "after", "fire_safety"), "ok");
  EXPECT_EQ(world.Audited("key.compromised", "done", "stolen"), 1U);
}

TEST(Rotation, ALostStatusKeyTakesItsSignaturesAlong) {
  ActsWorld world;
  KeepKeys keep(world.store, *world.keys, world.trust_in_force, world.clock, kYearlyRotation);
  world.PublishNow();
  const std::string before = world.files.files.at("status/ods-RC9/1.jwt");
  const std::string lost = ActiveKid(*world.keys, world.trust.organisation, KeyRole::kStatus);
  ASSERT_TRUE(keep.MarkCompromised({OperatorOf(world.trust), Request("lost"), lost, world.clock.now, "copied"}).ok());
  world.PublishNow();
  EXPECT_NE(world.files.files.at("status/ods-RC9/1.jwt"), before) << "signed again at once, not at half its life";
}

TEST(Rotation, IsEveryonesOwnAndTheRegistrars) {
  ActsWorld world;
  KeepKeys keep(world.store, *world.keys, world.trust_in_force, world.clock, kYearlyRotation);
  const Caller own = OperatorOf(world.trust);
  const auto listed = keep.List({own, std::nullopt});
  for (const KeepKeys::ListedKey& key : *listed) {
    EXPECT_EQ(key.info.owner, KeyOwner(world.trust.organisation));
  }
  EXPECT_EQ(keep.List({own, std::nullopt})->size(), 2U);
  EXPECT_EQ(keep.List({world.registrar, std::nullopt})->size(), world.keys->List().size());
  EXPECT_EQ(WordsOf(keep.List({own, KeyOwner(world.council.organisation)})), "not_found");
  EXPECT_EQ(WordsOf(keep.List({own, KeyOwner::Service()})), "not_found");
  EXPECT_EQ(WordsOf(keep.Plan({own, KeyOwner(world.council.organisation)})), "not_found");
  EXPECT_EQ(WordsOf(keep.Rotate({own, Request("r1"), world.council.organisation, KeyRole::kIssue})), "not_found");
  EXPECT_EQ(WordsOf(keep.Rotate({own, Request("r2"), KeyOwner::Service(), KeyRole::kRegistry})), "not_found");
  const std::string others = ActiveKid(*world.keys, world.council.organisation, KeyRole::kIssue);
  const Instant now = world.clock.now;
  const auto of_others = keep.MarkCompromised({own, Request("r3"), others, now, "stolen"});
  const auto of_nobody = keep.MarkCompromised({own, Request("r4"), std::string(43, 'x'), now, "stolen"});
  ASSERT_FALSE(of_others.ok() || of_nobody.ok());
  EXPECT_EQ(of_others.fault().reason, of_nobody.fault().reason);
  EXPECT_EQ(of_others.fault().detail, of_nobody.fault().detail) << "nobody learns whose keys there are";
  EXPECT_TRUE(keep.MarkCompromised({world.registrar, Request("r5"), others, now, "stolen"}).ok());
}

TEST(Rotation, RefusesWhatWouldHarm) {
  ActsWorld world;
  KeepKeys keep(world.store, *world.keys, world.trust_in_force, world.clock, kYearlyRotation);
  const Instant now = world.clock.now;
  const std::string seal = ActiveKid(*world.keys, KeyOwner::Service(), KeyRole::kSeal);
  const std::string index = ActiveKid(*world.keys, KeyOwner::Service(), KeyRole::kIndex);
  EXPECT_EQ(WordsOf(keep.MarkCompromised({world.registrar, Request("a"), seal, now, "stolen"})), "state_conflict")
      << "everything that is sealed would be lost";
  EXPECT_EQ(WordsOf(keep.MarkCompromised({world.registrar, Request("b"), index, now, "stolen"})), "state_conflict");
  EXPECT_EQ(WordsOf(keep.Rotate({world.registrar, Request("c"), KeyOwner::Service(), KeyRole::kIndex})),
            "state_conflict");
  const std::string issue = ActiveKid(*world.keys, world.trust.organisation, KeyRole::kIssue);
  EXPECT_EQ(WordsOf(keep.MarkCompromised({world.registrar, Request("d"), issue, now + Seconds{1}, "stolen"})),
            "field_invalid");
  EXPECT_EQ(WordsOf(keep.MarkCompromised({world.registrar, Request("e"), issue, now, "a story"})), "field_invalid");
  EXPECT_EQ(ActiveKid(*world.keys, world.trust.organisation, KeyRole::kIssue), issue);
}

TEST(Rotation, OnOrderBeginsASuccessionOnceHoweverOftenItIsAsked) {
  ActsWorld world;
  KeepKeys keep(world.store, *world.keys, world.trust_in_force, world.clock, kYearlyRotation);
  const Caller own = OperatorOf(world.trust);
  const std::string next = keep.Rotate({own, Request("r1"), world.trust.organisation, KeyRole::kIssue}).value();
  EXPECT_EQ(keep.Rotate({own, Request("r1"), world.trust.organisation, KeyRole::kIssue}).value(), next);
  EXPECT_EQ(keep.Rotate({own, Request("r2"), world.trust.organisation, KeyRole::kIssue}).value(), next);
  EXPECT_EQ(WordsOf(keep.Rotate({own, Request("r1"), world.trust.organisation, KeyRole::kStatus})), "request_reused");
  ASSERT_TRUE(Round(world, keep).ok());
  std::string activation;
  const auto planned = keep.Plan({own, std::nullopt});
  for (const PlannedStep& step : *planned) {
    if (step.kid != next) continue;
    activation += std::string(WordOf(step.step)) + " ";
    EXPECT_EQ(step.due, world.clock.now + kYearlyRotation.published_ahead);
  }
  EXPECT_EQ(activation, "activate ") << "certified and published by now";
}

TEST(Rotation, ARegistryKeyIsAnnouncedBeforeItSigns) {
  ActsWorld world;
  KeepKeys keep(world.store, *world.keys, world.trust_in_force, world.clock, kYearlyRotation);
  world.PublishNow();
  const std::string old_kid = ActiveKid(*world.keys, KeyOwner::Service(), KeyRole::kRegistry);
  const std::string next =
      keep.Rotate({world.registrar, Request("r1"), KeyOwner::Service(), KeyRole::kRegistry}).value();
  ASSERT_TRUE(Round(world, keep).ok());
  const auto trust = world.trust_in_force.Get().trust;
  const auto& announced = trust->registry().content().registry_keys;
  EXPECT_TRUE(std::any_of(announced.begin(), announced.end(), [&](const RegistryKey& key) { return key.kid == next; }));
  world.clock.now = world.clock.now + kYearlyRotation.published_ahead;
  ASSERT_TRUE(Round(world, keep).ok());
  world.clock.now = world.clock.now + kYearlyRotation.overlap;
  ASSERT_TRUE(Round(world, keep).ok());
  EXPECT_EQ(ActiveKid(*world.keys, KeyOwner::Service(), KeyRole::kRegistry), next);
  EXPECT_EQ(Count(KeysOf(*world.keys, KeyOwner::Service(), KeyRole::kRegistry), KeyState::kRetired), 1U);
}

}  // namespace
}  // namespace passport
