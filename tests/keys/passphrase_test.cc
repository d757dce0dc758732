#include "keys/passphrase.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <string>
#include <string_view>

#include "tests/keys/key_store_fixture.h"

namespace passport {
namespace {

std::string TextOf(const Secret& secret) { return {secret.bytes().begin(), secret.bytes().end()}; }

class Passphrase : public ::testing::Test {
 protected:
  Result<Secret> Read(std::string_view content, ::mode_t mode = 0600) {
    WriteText(path(), content, mode);
    return ReadPassphraseFile(path());
  }
  std::filesystem::path path() const { return folder_.path() / "passphrase"; }
  TemporaryFolder folder_;
};

TEST_F(Passphrase, LosesExactlyOneNewline) {
  EXPECT_EQ(TextOf(Read("horse").value()), "horse");
  EXPECT_EQ(TextOf(Read("horse\n").value()), "horse");
  EXPECT_EQ(TextOf(Read("horse\n\n").value()), "horse\n");
  EXPECT_EQ(TextOf(Read("horse\r\n").value()), "horse\r");
  EXPECT_EQ(TextOf(Read(" two words \n").value()), " two words ");
  EXPECT_EQ(TextOf(Read(std::string_view("a\0b\n", 4)).value()), std::string("a\0b", 3));
}

TEST_F(Passphrase, IsNotEmpty) {
  EXPECT_EQ(FaultOf(Read("")).reason, Reason::kPassphrase);
  EXPECT_EQ(FaultOf(Read("\n")).reason, Reason::kPassphrase);
}

TEST_F(Passphrase, HasAtMost1024Bytes) {
  const std::string longest(kPassphraseBytesMax, 'x');
  EXPECT_EQ(Read(longest).value().size(), kPassphraseBytesMax);
  EXPECT_EQ(Read(longest + "\n").value().size(), kPassphraseBytesMax);
  EXPECT_EQ(FaultOf(Read(longest + "x")).reason, Reason::kPassphrase);
  EXPECT_EQ(FaultOf(Read(longest + "x\n")).reason, Reason::kPassphrase);
  EXPECT_EQ(FaultOf(Read(longest + "\n\n")).reason, Reason::kPassphrase);
  EXPECT_EQ(FaultOf(Read(std::string(1'000'000, 'x'))).reason, Reason::kPassphrase);
}

TEST_F(Passphrase, IsNotReadFromAFileOthersCanRead) {
  for (const ::mode_t mode : {0604U, 0602U, 0620U, 0644U, 0666U, 0777U}) {
    const Fault fault = FaultOf(Read("horse\n", mode));
    EXPECT_EQ(fault.reason, Reason::kKeyPermissions) << std::oct << mode;
    EXPECT_NE(fault.detail.find("passphrase"), std::string::npos);
    EXPECT_EQ(fault.detail.find("horse"), std::string::npos);
  }
  EXPECT_TRUE(Read("horse\n", 0400).ok());
}

TEST_F(Passphrase, GroupReadIsForRootsFilesOnly) {
  if (::geteuid() != 0) {
    EXPECT_EQ(FaultOf(Read("horse\n", 0440)).reason, Reason::kKeyPermissions);
    return;
  }
  EXPECT_TRUE(Read("horse\n", 0440).ok());
  ASSERT_EQ(::chown(path().c_str(), 0, 65534), 0);
  EXPECT_EQ(FaultOf(ReadPassphraseFile(path())).reason, Reason::kKeyPermissions);
  ASSERT_EQ(::chown(path().c_str(), 65534, 0), 0);
  ASSERT_EQ(::chmod(path().c_str(), 0400), 0);
  EXPECT_EQ(FaultOf(ReadPassphraseFile(path())).reason, Reason::kKeyPermissions);
}

TEST_F(Passphrase, IsNotReadFromAnythingButAFile) {
  EXPECT_EQ(FaultOf(ReadPassphraseFile(path())).reason, Reason::kFileUnreadable);
  EXPECT_EQ(FaultOf(ReadPassphraseFile(folder_.path())).reason, Reason::kFileUnreadable);
  ASSERT_EQ(::mkfifo(path().c_str(), 0600), 0);
  EXPECT_EQ(FaultOf(ReadPassphraseFile(path())).reason, Reason::kFileUnreadable);
}

TEST_F(Passphrase, ComesThroughAPipe) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  ASSERT_EQ(::write(ends[1], "hor", 3), 3);
  ASSERT_EQ(::write(ends[1], "se\n", 3), 3);
  ::close(ends[1]);
  EXPECT_EQ(TextOf(ReadPassphraseDescriptor(ends[0]).value()), "horse");
  ::close(ends[0]);
  EXPECT_EQ(FaultOf(ReadPassphraseDescriptor(-1)).reason, Reason::kFileUnreadable);
}

}  // namespace
}  // namespace passport
