// Which account an address pays from.
#include "passport-service/rpc/holder_of_call.h"

#include <gtest/gtest.h>

namespace passport {
namespace {

TEST(HolderOfCall, AnAddressIsOneAccountWhateverItsPort) {
  EXPECT_EQ(AccountOfPeer("ipv4:192.0.2.7:50211"), "address 192.0.2.7");
  EXPECT_EQ(AccountOfPeer("ipv4:192.0.2.7:1"), AccountOfPeer("ipv4:192.0.2.7:2"));
  EXPECT_NE(AccountOfPeer("ipv4:192.0.2.7:1"), AccountOfPeer("ipv4:192.0.2.8:1"));
  EXPECT_EQ(AccountOfPeer("ipv6:[::ffff:192.0.2.7]:1"), AccountOfPeer("ipv4:192.0.2.7:2"));
}

TEST(HolderOfCall, ANetworkOfTheNewerKindIsOneAccount) {
  const std::string one = AccountOfPeer("ipv6:[2001:db8:0:1::7]:50211");
  EXPECT_EQ(one, AccountOfPeer("ipv6:[2001:db8:0:1:ffff::8]:2"));
  EXPECT_EQ(one, AccountOfPeer("ipv6:%5B2001:db8:0:1::9%5D:3"));
  EXPECT_NE(one, AccountOfPeer("ipv6:[2001:db8:0:2::7]:50211"));
  EXPECT_EQ(AccountOfPeer("ipv6:[fe80::1%25eth0]:5"), AccountOfPeer("ipv6:[fe80::2]:5"));
}

TEST(HolderOfCall, WhatIsNoAddressSharesOneAccount) {
  for (const char* const peer : {"", "unix:/tmp/socket", "ipv6:", "ipv6:[x]:1"}) {
    EXPECT_EQ(AccountOfPeer(peer), "address unknown") << peer;
  }
}

}  // namespace
}  // namespace passport
