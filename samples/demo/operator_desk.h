// passportctl as an HR officer types it, and passport-verify as an inspector does.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "credential/vocabulary/result.h"
#include "samples/demo/service_in_folder.h"

namespace passport {

struct ToolAnswer {
  int exit_code;
  std::string output;  // JSON lines
};

// The last line of its output that holds `name`: an object, its numbers and texts; all members when `name` is empty.
struct ToolLine {
  std::map<std::string, std::uint64_t> numbers;
  std::map<std::string, std::string> texts;
  std::map<std::string, std::vector<std::string>> lists;  // of texts
  std::map<std::string, bool> flags;
};
// Fails with kStateConflict when there is none.
Result<ToolLine> LastLine(const ToolAnswer& answer, std::string_view name);
// How many lines hold it.
std::size_t LinesWith(const ToolAnswer& answer, std::string_view name);

// Runs passportctl --json with these words, as that organisation. Fails with kStateConflict when it does not come to an
// end or says that the question is wrong.
Result<ToolAnswer> AskOperator(const ServiceInFolder& service, std::string_view organisation,
                               std::vector<std::string> words);
// A change of the registry: `proposer` asks for it with these words of `registry propose`, the registrar reviews and
// signs what the review showed. Returns, when it is in force, what the registry says anew. Fails with kStateConflict
// when a step is refused.
Result<std::vector<std::string>> ChangeRegistry(const ServiceInFolder& service, std::string_view proposer,
                                                std::string_view registrar, std::vector<std::string> words);
// A change of the registry is in force from the second after its last signature.
void WaitForTheNextSecond();

// Runs passport-verify with these words and --json.
Result<ToolAnswer> AskVerifier(const ServiceInFolder& service, std::vector<std::string> words);

}  // namespace passport
