// The suite Import counts the cases its tables ran and prints the sum.
#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdio>

namespace passport {

class Import : public testing::Test {
 protected:
  // One row of a table, or one whole check, was run.
  static void Case() { ++cases_; }
  static void TearDownTestSuite() {
    RecordProperty("cases", std::to_string(cases_));
    std::printf("Import: %zu cases\n", cases_);
  }

 private:
  inline static std::size_t cases_ = 0;
};

}  // namespace passport
