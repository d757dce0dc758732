// The include law holds, and the checkers would notice if it did not.
#include "tests/tidy/include_law.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace passport::tidy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Tidy, AnUpwardIncludeIsFound) {
  const std::vector<File> files = {
      {"credential/vocabulary/a.h", "#include <string>\n#include \"credential/sdjwt/b.h\"\n"},
      {"credential/sdjwt/b.cc", "#include \"credential/sdjwt/b.h\"\n#include \"credential/vocabulary/a.h\"\n"},
      {"credential/sdjwt/c.cc", "#include \"credential/status/c.h\"\n#include \"b.h\"\n"},
      {"passport-service/store/d.cc", "#include \"staffpassport/v1/x.pb.h\"\n"},
      {"nowhere/e.cc", ""}};
  EXPECT_THAT(CheckFolderLaw(files, FolderLaws()),
              ElementsAre(HasSubstr("credential/vocabulary/a.h:2:"), HasSubstr("credential/sdjwt/c.cc:1:"),
                          HasSubstr("c.cc:2: name the header"), HasSubstr("passport-service/store may not include"),
                          HasSubstr("no row")));
}

TEST(Tidy, AForeignHeaderInTheWrongPlaceIsFound) {
  const std::vector<File> files = {{"credential/crypto/a.cc", "#include <openssl/evp.h>\n#include <cstdint>\n"},
                                   {"credential/sdjwt/b.cc", "#include <openssl/evp.h>\n"},
                                   {"credential/encoding/c.h", "#include <zlib.h>\n"},
                                   {"credential/encoding/c.cc", "#include <zlib.h>\n"},
                                   {"credential/status/d.cc", "#include <unistd.h>\n#include <fstream>\n"},
                                   {"passport-service/main.cc", "#include <grpcpp/server.h>\n#include <unistd.h>\n"},
                                   {"passport-service/acts/e.cc", "#include <rocksdb/db.h>\n"}};
  EXPECT_THAT(CheckHeaderLaw(files, HeaderLaws()),
              ElementsAre(HasSubstr("sdjwt/b.cc:1:"), HasSubstr("encoding/c.h:1:"), HasSubstr("status/d.cc:1:"),
                          HasSubstr("status/d.cc:2:"), HasSubstr("acts/e.cc:1:")));
}

TEST(Tidy, UsesAndIncludesAreCompared) {
  const Targets targets = TargetsOf({{"a/CMakeLists.txt", "passport_library(a SOURCES a.cc)"},
                                     {"b/CMakeLists.txt", "passport_library(b SOURCES b.cc USES a)"},
                                     {"c/CMakeLists.txt", "passport_library(c SOURCES c.cc USES b)"},
                                     {"d/CMakeLists.txt", "passport_library(d SOURCES d.cc d2.cc USES a b)"}});
  const std::vector<File> files = {{"a/a.cc", "#include \"a/a.h\"\n#include \"c/c.h\"\n"},
                                   {"b/b.cc", "#include \"a/a.h\"\n"},
                                   {"c/c.h", "#include \"b/b.h\"\n"},
                                   {"c/c.cc", "#include \"a/a.h\"\n"},
                                   {"d/d.cc", "#include \"a/under/a.h\"\n"}};
  EXPECT_THAT(CheckIncludesAgainstUses(files, targets), ElementsAre(HasSubstr("a/a.cc:2: USES of a does not reach c"),
                                                                    HasSubstr("d USES b but includes nothing")));
}

TEST(Tidy, IncludesFollowTheHouse) {
  const auto files = LawfulFiles(Tree());
  EXPECT_GT(files.size(), 0U);
  const auto complaints = CheckFolderLaw(files, FolderLaws());
  EXPECT_THAT(complaints, IsEmpty()) << Lines(complaints);
}

TEST(Tidy, IncludesFollowTheirUses) {
  const auto complaints = CheckIncludesAgainstUses(LawfulFiles(Tree()), TargetsOf(Tree()));
  EXPECT_THAT(complaints, IsEmpty()) << Lines(complaints);
}

TEST(Tidy, ForeignHeadersStayInTheirRooms) {
  const auto complaints = CheckHeaderLaw(LawfulFiles(Tree()), HeaderLaws());
  EXPECT_THAT(complaints, IsEmpty()) << Lines(complaints);
}

}  // namespace
}  // namespace passport::tidy
