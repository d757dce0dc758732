// Takes one row of a comma-separated file apart, strictly (libcsv): a quote stands around a whole field or nowhere.
//
// One thread at a time. Holds no more than the row it was given.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace passport {

// More columns than any format of ours has; further fields are counted, not kept.
inline constexpr std::size_t kFieldsMax = 200;

class CsvFields {
 public:
  CsvFields();
  ~CsvFields();
  CsvFields(CsvFields&&) noexcept;
  CsvFields& operator=(CsvFields&&) noexcept;

  // The fields of one row without its line end. False when the quoting is wrong; then fields() means nothing.
  bool Parse(std::string_view row);

  // Outer spaces are trimmed. Valid until the next Parse.
  const std::vector<std::string>& fields() const { return fields_; }
  // How many the row had; more than fields().size() only past kFieldsMax.
  std::size_t count() const { return count_; }
  std::size_t buffered_bytes() const;

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
  std::vector<std::string> fields_;
  std::size_t count_ = 0;
};

}  // namespace passport
