// Lines of a file or pipe, with a bound on their length.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "credential/vocabulary/result.h"
#include "verifier-cli/files/input.h"

namespace passport {

struct Line {
  std::string text;        // without its end; empty when it is over-long
  bool over_long = false;  // it was skipped without being held
};

// Used by one thread. The input must outlive it.
class LineReader {
 public:
  LineReader(InputFile& input, std::size_t line_bytes_max);
  // Appends the lines that one read completes, possibly none; at the end the last line, if it has no end. False when
  // there is nothing more. Lines come as soon as they are there: a writer that waits for an answer gets one. Fails with
  // kFileUnreadable.
  Result<bool> Read(std::vector<Line>& lines);

 private:
  void Take(std::string_view piece);
  void Finish(std::vector<Line>& lines);

  InputFile& input_;
  std::size_t line_bytes_max_;
  std::vector<char> block_;
  std::string partial_;
  bool over_long_ = false;
};

}  // namespace passport
