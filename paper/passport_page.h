// A passport on paper: HTML that prints to one or two A4 pages. It is for reading: paper proves nothing, and the page
// says so, and how what it says is checked. Headings and tables are tagged; no scripts, nothing from elsewhere;
// everything from outside is escaped.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "credential/vocabulary/instant.h"
#include "credential/vocabulary/result.h"

namespace passport {

// As many records as two pages hold; the rest is counted.
inline constexpr std::size_t kPageRecordsMax = 32;

struct PageRecord {
  std::string kind;                                        // label
  std::vector<std::pair<std::string, std::string>> facts;  // label and value
  std::string issuer;                                      // name
  std::string state;                                       // in words
};

struct PassportPage {
  std::string name;    // of the person, as a signed record has it; empty: none has
  std::string held;    // where the key is, in words
  std::string holder;  // name of the holder key (RFC 7638), as presentations and receipts name it
  std::string badge;   // the newest badge in force, as text; empty: none
  Instant made_at;
  std::vector<PageRecord> records;  // those not revoked
};

// The code on it is the badge, which is checked with passport-verify; without one the name of the holder key, which a
// presentation made for the reader must name too. Fails with kLimit when no code can be made.
Result<std::string> PassportPageHtml(const PassportPage& page);

}  // namespace passport
