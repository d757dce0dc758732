// Proposals to change the registry: numbered, replaced by their next revision.
#include <gmock/gmock.h>

#include "tests/service/store/store_fixture.h"

namespace passport::test {
namespace {

TEST_P(StoreContract, ProposalsAreNumberedWithoutGaps) {
  EXPECT_EQ(*store().NewestProposal(), 0U);
  EXPECT_EQ(Apply({AddProposal{SampleProposal(trust_, 0)}}), Refused(0, Reason::kStateConflict));
  EXPECT_EQ(Apply({AddProposal{SampleProposal(trust_, 2)}}), Refused(0, Reason::kStateConflict));
  ASSERT_EQ(Apply({AddProposal{SampleProposal(trust_, 1)}, AddProposal{SampleProposal(trust_, 2)}}), kDone);
  EXPECT_EQ(Apply({AddProposal{SampleProposal(trust_, 2)}}), Refused(0, Reason::kAlreadyExists));
  EXPECT_EQ(Apply({AddProposal{SampleProposal(trust_, 4)}}), Refused(0, Reason::kStateConflict));
  EXPECT_EQ(*store().NewestProposal(), 2U);
  EXPECT_EQ(store().FindProposal(2)->value().steps.size(), 5U);
  EXPECT_FALSE(store().FindProposal(3)->has_value());
  const auto first = store().ProposalRows(0, 1);
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(first->rows.front().number, 1U);
  EXPECT_EQ(first->next, "1");
  const auto rest = store().ProposalRows(1, 10);
  ASSERT_TRUE(rest.ok());
  EXPECT_EQ(rest->rows.size(), 1U);
  EXPECT_EQ(rest->next, "");
}

TEST_P(StoreContract, AProposalIsReplacedByItsNextRevisionOnly) {
  ProposalRow row = SampleProposal(trust_, 1);
  row.revision = 1;
  EXPECT_EQ(Apply({ReplaceProposal{row}}), Refused(0, Reason::kNotFound));
  ASSERT_EQ(Apply({AddProposal{SampleProposal(trust_, 1)}}), kDone);
  row.state = ProposalState::kInForce;
  EXPECT_EQ(Apply({ReplaceProposal{row}}), kDone);
  EXPECT_EQ(Apply({ReplaceProposal{row}}), Refused(0, Reason::kStateConflict));
  EXPECT_EQ(store().FindProposal(1)->value().state, ProposalState::kInForce);
}

}  // namespace
}  // namespace passport::test
