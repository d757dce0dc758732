// What the demo says to people: numbered chapters, lines of at most 96 columns.
#pragma once

#include <ostream>
#include <string>
#include <string_view>

namespace passport {

class Screen {
 public:
  static constexpr std::size_t kColumns = 96;

  // `out` must outlive it. Every line is out as soon as it is said.
  explicit Screen(std::ostream& out) : out_(out) {}

  // "3. Employers bring their records"
  void Chapter(std::string_view title);
  // A paragraph, wrapped.
  void Say(std::string_view text);
  // A point below the paragraph before, wrapped.
  void Point(std::string_view text);
  // A row of a small table: a name of fixed width, then text.
  void Row(std::string_view name, std::string_view text);
  // Something to type: never wrapped, so that it can be copied.
  void Command(std::string_view line);
  void Gap();

 private:
  void Wrap(std::string_view first, std::string_view next, std::string_view text);
  std::ostream& out_;
  int chapter_ = 0;
};

// "5,000": as people write counts.
std::string Count(std::size_t number);
// "1 record", "5,000 records".
std::string Count(std::size_t number, std::string_view one, std::string_view many);

}  // namespace passport
