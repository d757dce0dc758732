// What is asked of every page that is printed.
#pragma once

#include <gmock/gmock.h>

#include <string>

namespace passport {

// Nothing that runs, nothing from elsewhere, and text from outside as text.
inline void ExpectHarmless(const std::string& html) {
  using ::testing::HasSubstr;
  using ::testing::Not;
  EXPECT_THAT(html, HasSubstr("<!DOCTYPE html>\n<html lang=\"en-GB\">"));
  for (const char* const part : {"<script", "href=", "src=", "url(", "@import", "onload"}) {
    EXPECT_THAT(html, Not(HasSubstr(part)));
  }
}

}  // namespace passport
