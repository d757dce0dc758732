// An inspector's export: made by the trust, checked without it.
#include "samples/demo/story.h"
#include "samples/process/temporary_folder.h"

namespace passport {

Result<void> Story::ShowTheInspector() {
  const std::string file = At("evidence.jsonl");
  const std::string page = At("evidence.html");
  TRY_ASSIGN(const ToolAnswer exported, AskOperator(service_, kAcuteTrust, {"evidence", "export", "--out", file}));
  TRY(Expect("exit code of the export", 0, static_cast<std::size_t>(exported.exit_code)));
  const std::string published = At("usb-stick-of-the-inspector");
  TRY(CopyPublished(published));
  TRY_ASSIGN(const ToolAnswer checked, AskVerifier(service_, {"evidence", file, "--registry-key", service_.anchor(),
                                                              "--page", page, "--published", published}));
  TRY(Expect("exit code for the evidence", 0, static_cast<std::size_t>(checked.exit_code)));
  TRY_ASSIGN(const ToolLine told, LastLine(checked, ""));
  facts_.evidence.holds = true;
  facts_.evidence.items = told.numbers.at("items");
  facts_.evidence.overrides = told.numbers.at("overrides");
  TRY_ASSIGN(const std::string html, ReadWholeFile(page));
  facts_.evidence.page_bytes = html.size();
  TRY(Expect("the override is on the page", html.find("Testy Example-Matron") != std::string::npos));
  screen_.Say("An inspector comes to " + NameOf(kAcuteTrust) +
              ". The trust exports what it relied on; the inspector checks the file on a laptop of her own, with "
              "nothing but the registry's public key: it holds, " +
              Count(facts_.evidence.items, "item", "items") + " and " +
              Count(facts_.evidence.overrides, "override", "overrides") +
              ", nothing changed, removed or added. It is also a page that prints, in the order of Schedule 3 (" +
              Count(facts_.evidence.page_bytes) + " bytes): who checked what and when, and on what it was relied.");
  TRY(TamperWithEvidence(file));
  return CheckAReceipt();
}

// Somebody leaves out the last line.
Result<void> Story::TamperWithEvidence(const std::string& file) {
  TRY_ASSIGN(std::string text, ReadWholeFile(file));
  text.resize(text.find_last_of('\n', text.size() - 2) + 1);
  const std::string shorter = At("evidence-shortened.jsonl");
  TRY(WriteWholeFile(shorter, text));
  TRY_ASSIGN(const ToolAnswer checked,
             AskVerifier(service_, {"evidence", shorter, "--registry-key", service_.anchor()}));
  TRY(Expect("exit code for shortened evidence", 1, static_cast<std::size_t>(checked.exit_code)));
  facts_.evidence.tampering_found = true;
  screen_.Say("A copy in which the last line was left out does not hold, exit code 1.");
  return {};
}

Result<void> Story::CheckAReceipt() {
  const std::string file = At("receipt.jwt");
  TRY(WriteWholeFile(file, receipt_ + "\n"));
  TRY_ASSIGN(const ToolAnswer checked,
             AskVerifier(service_, {"receipt", file, "--registry", At("usb-stick-of-the-inspector/registry.jwt"),
                                    "--registry-key", service_.anchor()}));
  TRY(Expect("exit code for the receipt", 0, static_cast<std::size_t>(checked.exit_code)));
  facts_.evidence.receipt_holds = true;
  screen_.Say(
      "The receipt from the care worker's personnel file holds, too, and will in years: it is checked against "
      "the published registry, whatever has become of the service.");
  return {};
}

}  // namespace passport
