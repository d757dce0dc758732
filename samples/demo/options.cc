#include "samples/demo/options.h"

namespace passport {

const std::string_view kDemoHelp =
    R"(passport-demo [--json FILE] [--serve] [--keep]

Tells the whole story of the staff passport with real processes, real TLS and a real store, in a temporary folder.
  --json FILE  write the facts of the story there
  --serve      leave the world running at the end, with commands to try; Ctrl-C ends it
  --keep       leave the folder there at the end, and say where it is
Exit code: 0 told to its end, 1 it did not go as told, 64 not a question.
)";

Result<DemoOptions> ReadDemoOptions(std::span<const std::string_view> words) {
  DemoOptions options;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--serve") {
      options.serve = true;
    } else if (words[i] == "--keep") {
      options.keep = true;
    } else if (words[i] == "--help") {
      options.help = true;
    } else if (words[i] == "--json") {
      if (++i == words.size() || words[i].empty()) return Fault{Reason::kFieldInvalid, "", "--json needs a file"};
      options.json = words[i];
    } else {
      return Fault{Reason::kFieldInvalid, "", "there are --json FILE, --serve and --keep"};
    }
  }
  return options;
}

}  // namespace passport
