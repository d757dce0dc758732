// What receivers ask of people and are given: what each change expects and does, on every store.
#include <gmock/gmock.h>

#include "tests/service/store/store_fixture.h"

namespace passport::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const OrganisationId& ShareReceiver() {
  static const OrganisationId id = Organisation("ods:RC9");
  return id;
}
const CredentialId& SharedCredential() {
  static const CredentialId id = passport::test::Credential("c1");
  return id;
}

ShareRow GivenShare(std::string_view id) {
  ShareRow row = SampleShare(ShareReceiver(), id);
  row.state = ShareState::kGiven;
  row.person = Person("anna");
  row.subject = "thumb";
  row.credentials = {SharedCredential()};
  row.given_at = kNoon;
  row.due = kNoon + Seconds{500};
  row.revision = 1;
  return row;
}

std::vector<std::string> IdsOf(const Result<Page<ShareRow>>& page) {
  std::vector<std::string> ids;
  for (const ShareRow& row : page->rows) ids.push_back(row.id.text());
  return ids;
}
std::vector<std::string> IdsOf(const Result<Page<ShareId>>& page) {
  std::vector<std::string> ids;
  for (const ShareId& id : page->rows) ids.push_back(id.text());
  return ids;
}
std::vector<std::string> IdsOf(const Result<std::vector<ShareId>>& shares) {
  std::vector<std::string> ids;
  for (const ShareId& id : *shares) ids.push_back(id.text());
  return ids;
}

TEST_P(StoreContract, AShareIsFoundByItsReceiverPersonCredentialAndDueTime) {
  ASSERT_EQ(Apply({AddShare{SampleShare(ShareReceiver(), "s1")}, AddShare{SampleShare(ShareReceiver(), "s2")}}), kDone);
  EXPECT_EQ(Apply({AddShare{SampleShare(ShareReceiver(), "s1")}}), Refused(0, Reason::kAlreadyExists));
  EXPECT_THAT(IdsOf(store().SharesDue(kNoon + Seconds{59}, 10)), IsEmpty());
  EXPECT_THAT(IdsOf(store().SharesDue(kNoon + Seconds{60}, 10)), ElementsAre("s1", "s2"));
  ASSERT_EQ(Apply({ReplaceShare{GivenShare("s1")}}), kDone);
  EXPECT_EQ(store().FindShare(ShareId::Parse("s1").value())->value().state, ShareState::kGiven);
  EXPECT_THAT(IdsOf(store().SharesDue(kNoon + Seconds{60}, 10)), ElementsAre("s2"));
  EXPECT_THAT(IdsOf(store().SharesDue(kNoon + Seconds{500}, 1)), ElementsAre("s2")) << "the longest due first";
  EXPECT_THAT(IdsOf(store().SharesOf(ShareReceiver(), "", 10)), ElementsAre("s1", "s2"));
  EXPECT_THAT(IdsOf(store().SharesOf(Organisation("ods:RC"), "", 10)), IsEmpty());
  EXPECT_THAT(IdsOf(store().SharesOfPerson(Person("anna"), "", 10)), ElementsAre("s1"));
  EXPECT_THAT(IdsOf(store().SharesWith(SharedCredential())), ElementsAre("s1"));
  EXPECT_THAT(IdsOf(store().SharesAbout(ShareReceiver(), "thumb")), ElementsAre("s1"));
  EXPECT_THAT(IdsOf(store().SharesAbout(ShareReceiver(), "thum")), IsEmpty());
  EXPECT_THAT(IdsOf(store().SharesAbout(Organisation("ods:RC"), "thumb")), IsEmpty());
  const auto first = store().AllShares("", 1);
  EXPECT_THAT(IdsOf(first), ElementsAre("s1"));
  EXPECT_THAT(IdsOf(store().AllShares(first->next, 5)), ElementsAre("s2"));
  const auto ids = store().ShareIds("", 1);
  EXPECT_THAT(IdsOf(ids), ElementsAre("s1"));
  EXPECT_THAT(IdsOf(store().ShareIds(ids->next, 5)), ElementsAre("s2"));
}

TEST_P(StoreContract, AShareThatIsOverIsNoLongerFoundByItsCredentials) {
  ASSERT_EQ(Apply({AddShare{SampleShare(ShareReceiver(), "s1")}}), kDone);
  EXPECT_EQ(Apply({ReplaceShare{GivenShare("s2")}}), Refused(0, Reason::kNotFound));
  ASSERT_EQ(Apply({ReplaceShare{GivenShare("s1")}}), kDone);
  EXPECT_EQ(Apply({ReplaceShare{GivenShare("s1")}}), Refused(0, Reason::kStateConflict)) << "another one was first";
  EXPECT_EQ(Apply({ExpectShare{ShareId::Parse("s1").value(), 0}}), Refused(0, Reason::kStateConflict));
  EXPECT_EQ(Apply({ExpectShare{ShareId::Parse("s2").value(), 0}}), Refused(0, Reason::kNotFound));
  EXPECT_EQ(Apply({ExpectShare{ShareId::Parse("s1").value(), 1}}), kDone);
  ShareRow ended = GivenShare("s1");
  ended.state = ShareState::kEnded;
  ended.due.reset();
  ended.revision = 2;
  ASSERT_EQ(Apply({ReplaceShare{ended}}), kDone);
  EXPECT_THAT(IdsOf(store().SharesWith(SharedCredential())), IsEmpty());
  EXPECT_THAT(IdsOf(store().SharesAbout(ShareReceiver(), "thumb")), IsEmpty());
  EXPECT_THAT(IdsOf(store().SharesDue(kNoon + Seconds{500}, 10)), IsEmpty());
  EXPECT_THAT(IdsOf(store().SharesOfPerson(Person("anna"), "", 10)), ElementsAre("s1")) << "the person still sees it";
  ended.person.reset();
  ended.revision = 3;
  ASSERT_EQ(Apply({ReplaceShare{ended}}), kDone);
  EXPECT_THAT(IdsOf(store().SharesOfPerson(Person("anna"), "", 10)), IsEmpty());
}

TEST_P(StoreContract, AShareThatIsDroppedIsFoundByNothing) {
  const ShareId id = ShareId::Parse("s1").value();
  ASSERT_EQ(Apply({AddShare{SampleShare(ShareReceiver(), "s1")}, AddShare{SampleShare(ShareReceiver(), "s2")}}), kDone);
  ASSERT_EQ(Apply({ReplaceShare{GivenShare("s1")}}), kDone);
  EXPECT_EQ(Apply({DropShare{id, 0}}), Refused(0, Reason::kStateConflict)) << "it has changed since";
  ASSERT_EQ(
      Apply({AppendShareLook{id, kNoon, "kb_nonce"}, AppendShareLook{ShareId::Parse("s2").value(), kNoon, "time"}}),
      kDone);
  ASSERT_EQ(Apply({DropShare{id, 1}}), kDone);
  EXPECT_EQ(Apply({DropShare{id, 1}}), Refused(0, Reason::kNotFound));
  EXPECT_FALSE(store().FindShare(id)->has_value());
  EXPECT_THAT(IdsOf(store().SharesOf(ShareReceiver(), "", 10)), ElementsAre("s2"));
  EXPECT_THAT(IdsOf(store().SharesOfPerson(Person("anna"), "", 10)), IsEmpty());
  EXPECT_THAT(IdsOf(store().SharesWith(SharedCredential())), IsEmpty());
  EXPECT_THAT(IdsOf(store().SharesDue(kNoon + Seconds{500}, 10)), ElementsAre("s2"));
  EXPECT_THAT(IdsOf(store().AllShares("", 5)), ElementsAre("s2"));
  EXPECT_TRUE(store().ShareLooks(id, 0, 10)->rows.empty());
  EXPECT_EQ(store().LastShareLook(id).value(), 0U);
  EXPECT_EQ(store().LastShareLook(ShareId::Parse("s2").value()).value(), 1U);
}

TEST_P(StoreContract, LooksIntoAShareAreNumberedAndStayWithIt) {
  const ShareId share = ShareId::Parse("s1").value();
  const ShareId other = ShareId::Parse("s2").value();
  EXPECT_EQ(Apply({AppendShareLook{share, kNoon, "answer"}}), Refused(0, Reason::kNotFound)) << "no such share";
  ASSERT_EQ(Apply({AddShare{SampleShare(ShareReceiver(), "s1")}, AddShare{SampleShare(ShareReceiver(), "s2")}}), kDone);
  EXPECT_EQ(store().LastShareLook(share).value(), 0U);
  ASSERT_EQ(Apply({AppendShareLook{share, kNoon, "answer"}, AppendShareLook{other, kNoon, "answer"},
                   AppendShareLook{share, kNoon + Seconds{5}, "kb_nonce"}}),
            kDone);
  ASSERT_EQ(Apply({AppendShareLook{share, kNoon + Seconds{9}, "answer"}}), kDone);
  const auto looks = [&](std::uint64_t after, std::size_t limit) {
    std::vector<std::string> all;
    const auto page = store().ShareLooks(share, after, limit);
    for (const ShareLookRow& row : page->rows) all.push_back(std::to_string(row.sequence) + " " + row.outcome);
    return all;
  };
  EXPECT_THAT(looks(0, 10), ElementsAre("1 answer", "2 kb_nonce", "3 answer"));
  EXPECT_THAT(looks(1, 1), ElementsAre("2 kb_nonce"));
  EXPECT_EQ(store().LastShareLook(share).value(), 3U);
  EXPECT_EQ(store().LastShareLook(other).value(), 1U);
}

TEST_P(StoreContract, NoticesOfAReceiverAreNumberedAndForgottenOldestFirst) {
  const ShareId share = ShareId::Parse("s1").value();
  const OrganisationId other = Organisation("ods:RC");
  EXPECT_EQ(store().LastShareNotice(ShareReceiver()).value(), 0U);
  ASSERT_EQ(Apply({AppendShareNotice{ShareReceiver(), share, kNoon}, AppendShareNotice{other, share, kNoon},
                   AppendShareNotice{ShareReceiver(), share, kNoon + Seconds{5}}}),
            kDone);
  ASSERT_EQ(Apply({AppendShareNotice{ShareReceiver(), share, kNoon + Seconds{9}}}), kDone);
  const auto sequences = [&](std::uint64_t after, std::size_t limit) {
    std::vector<std::uint64_t> all;
    const auto page = store().ShareNotices(ShareReceiver(), after, limit);
    for (const ShareNoticeRow& row : page->rows) all.push_back(row.sequence);
    return all;
  };
  EXPECT_THAT(sequences(0, 10), ElementsAre(1U, 2U, 3U));
  EXPECT_THAT(sequences(1, 1), ElementsAre(2U));
  EXPECT_EQ(store().LastShareNotice(other).value(), 1U);
  ASSERT_EQ(Apply({PruneShareNotices{ShareReceiver(), kNoon + Seconds{9}, 1}}), kDone);
  EXPECT_THAT(sequences(0, 10), ElementsAre(2U, 3U));
  ASSERT_EQ(Apply({PruneShareNotices{ShareReceiver(), kNoon + Seconds{9}, 10}}), kDone);
  EXPECT_THAT(sequences(0, 10), ElementsAre(3U));
  ASSERT_EQ(Apply({AppendShareNotice{ShareReceiver(), share, kNoon + Seconds{9}}}), kDone);
  EXPECT_THAT(sequences(3, 10), ElementsAre(4U)) << "numbers are not given twice";
}

TEST_P(StoreContract, ACursorMovesFromWhereItIs) {
  EXPECT_EQ(store().FindCursor("shares").value(), 0U);
  EXPECT_EQ(Apply({MoveCursor{"shares", 1, 2}}), Refused(0, Reason::kStateConflict));
  ASSERT_EQ(Apply({MoveCursor{"shares", 0, 7}}), kDone);
  EXPECT_EQ(Apply({MoveCursor{"shares", 0, 8}}), Refused(0, Reason::kStateConflict)) << "another reader was first";
  EXPECT_EQ(store().FindCursor("shares").value(), 7U);
  EXPECT_EQ(store().FindCursor("share").value(), 0U);
}

TEST_P(StoreContract, KnowsTheLastEvent) {
  EXPECT_EQ(store().LastEvent().value(), 0U);
  ASSERT_EQ(Apply({AppendEvent{{kNoon, "profile.put", "profile/a"}}, AppendEvent{{kNoon, "profile.put", "profile/b"}}}),
            kDone);
  EXPECT_EQ(store().LastEvent().value(), 2U);
  ASSERT_EQ(Apply({AppendEvent{{kNoon, "profile.put", "profile/c"}}}), kDone);
  EXPECT_EQ(store().LastEvent().value(), store().EventRows(0, 10)->rows.back().sequence);
}

TEST_P(StoreContract, KnowsWhoHasReliedOnAKey) {
  ASSERT_EQ(Apply(Found(ShareReceiver())), kDone);
  ASSERT_EQ(Apply({AppendReliance{SampleReliance(ShareReceiver(), "a")},
                   AppendReliance{SampleReliance(ShareReceiver(), "a")}}),
            kDone);
  EXPECT_THAT(store().ReliersOn("a").value(), ElementsAre(ShareReceiver()));
  EXPECT_THAT(store().ReliersOn("b").value(), IsEmpty());
}

}  // namespace
}  // namespace passport::test
