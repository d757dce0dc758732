// What everybody did, read by somebody who trusts nobody.
#include <filesystem>

#include "samples/demo/story.h"
#include "samples/process/temporary_folder.h"

namespace passport {

Result<void> Story::ShowTheAuditor() {
  const std::string folder = At("audit");
  TRY_ASSIGN(const ToolAnswer exported,
             AskOperator(service_, service_.registrar(), {"audit", "export", "--whole", "--out", folder}));
  TRY(Expect("exit code of the audit export", 0, static_cast<std::size_t>(exported.exit_code)));
  TRY_ASSIGN(const ToolAnswer checked, AskVerifier(service_, {"audit", folder, "--registry-key", service_.anchor()}));
  TRY(Expect("exit code for the audit trail", 0, static_cast<std::size_t>(checked.exit_code)));
  TRY_ASSIGN(const ToolLine told, LastLine(checked, ""));
  facts_.audit.holds = told.flags.at("holds");
  facts_.audit.rows = told.numbers.at("rows");
  screen_.Say(
      "Every change, every look at somebody's data and every refusal above left a row: who, what, when and why, "
      "and nobody's name. The registrar hands the trail over (passportctl audit export), and the auditor checks "
      "it without the service (passport-verify audit): " +
      Count(facts_.audit.rows, "row", "rows") +
      ", none changed, removed or moved. The person who was erased is not missed: no row held anything of her.");
  return TamperWithTheTrail(folder);
}

// Somebody takes a row out of the middle.
Result<void> Story::TamperWithTheTrail(const std::string& folder) {
  TRY_ASSIGN(std::string text, ReadWholeFile(folder + "/audit.jsonl"));
  const std::size_t row = text.find('\n', text.size() / 2) + 1;
  text.erase(row, text.find('\n', row) + 1 - row);
  const std::string shorter = At("audit-shortened");
  std::error_code error;
  std::filesystem::create_directory(shorter, error);
  if (error) return Fault{Reason::kFileUnreadable, "", shorter + ": " + error.message()};
  TRY(WriteWholeFile(shorter + "/audit.jsonl", text));
  TRY_ASSIGN(const ToolAnswer checked, AskVerifier(service_, {"audit", shorter, "--registry-key", service_.anchor()}));
  TRY(Expect("exit code for a trail with a row taken out", 1, static_cast<std::size_t>(checked.exit_code)));
  facts_.audit.tampering_found = true;
  screen_.Say("A copy with one row taken out of its middle does not hold, exit code 1.");
  return {};
}

}  // namespace passport
