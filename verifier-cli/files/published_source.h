// Where published files are read from: the folder of a published tree, or a bundle of one. What is read proves nothing
// by where it lay.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "credential/bundle/bundle.h"

namespace passport {

// Immutable; any thread may read.
class PublishedSource {
 public:
  virtual ~PublishedSource() = default;
  // A whole file without one line end at its end; one byte more than allowed at most, so that whoever judges it sees
  // that it is too long. Fails with kFileUnreadable.
  virtual Result<std::string> Read(std::string_view path, std::size_t bytes_max) const = 0;
  // Names of the files below a folder that end in ".jwt", sorted.
  virtual std::vector<std::string> NamesIn(std::string_view folder) const = 0;
};

std::shared_ptr<const PublishedSource> SourceOf(std::filesystem::path folder);
std::shared_ptr<const PublishedSource> SourceOf(std::shared_ptr<const Bundle> bundle);

}  // namespace passport
