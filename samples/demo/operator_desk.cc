#include "samples/demo/operator_desk.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <optional>
#include <thread>
#include <utility>

#include "credential/encoding/json.h"

namespace passport {
namespace {

constexpr std::chrono::seconds kProgramTime{60};
constexpr int kUsageExit = 64;
constexpr json::Limits kLineLimits{
    .bytes = 4 << 20, .depth = 16, .nodes = 50'000, .string_bytes = 64 * 1024, .members = 1000};

Result<ToolAnswer> Run(const std::string& program, std::vector<std::string> words) {
  TRY_ASSIGN(const ProcessEnd end,
             RunProcess({.program = program, .words = std::move(words), .log = ""}, In(kProgramTime)));
  if (end.signal != 0 || end.exit_code >= kUsageExit) {
    return Fault{Reason::kStateConflict, "", program + ": " + end.Text() + ", and it said: " + end.errors + end.output};
  }
  return ToolAnswer{.exit_code = end.exit_code, .output = end.output};
}

// Calls `found` with each line that holds `name`, or with each when it is empty.
template <class Found>
void EachLine(const ToolAnswer& answer, std::string_view name, const Found& found) {
  std::string_view rest = answer.output;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    json::Tree tree;
    const Result<json::Value*> line = tree.Parse(rest.substr(0, end), kLineLimits);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (!line.ok() || !(*line)->is_object()) continue;
    const json::Value* const object = name.empty() ? *line : (*line)->Find(name);
    if (object != nullptr && object->is_object()) found(*object);
  }
}

}  // namespace

Result<ToolLine> LastLine(const ToolAnswer& answer, std::string_view name) {
  std::optional<ToolLine> last;
  EachLine(answer, name, [&](const json::Value& object) {
    last.emplace();
    for (const json::Value& member : object) {
      const std::string key(member.name());
      if (const auto number = member.integer()) last->numbers[key] = static_cast<std::uint64_t>(*number);
      if (const auto text = member.text()) last->texts[key] = *text;
      if (const auto flag = member.boolean()) last->flags[key] = *flag;
      if (!member.is_array()) continue;
      for (const json::Value& part : member) {
        if (const auto text = part.text()) last->lists[key].emplace_back(*text);
      }
    }
  });
  if (!last) return Fault{Reason::kStateConflict, "", "a program said nothing of " + std::string(name)};
  return *last;
}

std::size_t LinesWith(const ToolAnswer& answer, std::string_view name) {
  std::size_t lines = 0;
  EachLine(answer, name, [&](const json::Value&) { ++lines; });
  return lines;
}

Result<ToolAnswer> AskOperator(const ServiceInFolder& service, std::string_view organisation,
                               std::vector<std::string> words) {
  std::vector<std::string> all = {"--server", service.address(), "--tls", service.client_folder(organisation),
                                  "--json"};
  all.insert(all.end(), words.begin(), words.end());
  return Run(service.Program("passportctl"), std::move(all));
}

Result<ToolAnswer> AskVerifier(const ServiceInFolder& service, std::vector<std::string> words) {
  words.emplace_back("--json");
  return Run(service.Program("passport-verify"), std::move(words));
}

Result<std::vector<std::string>> ChangeRegistry(const ServiceInFolder& service, std::string_view proposer,
                                                std::string_view registrar, std::vector<std::string> words) {
  const auto ask = [&](std::string_view who, std::vector<std::string> typed) -> Result<ToolLine> {
    TRY_ASSIGN(const ToolAnswer answer, AskOperator(service, who, std::move(typed)));
    if (answer.exit_code == 0) return LastLine(answer, "");
    return Fault{Reason::kStateConflict, "", "a change of the registry was refused: " + answer.output};
  };
  words.insert(words.begin(), {"registry", "propose"});
  TRY_ASSIGN(const ToolLine proposed, ask(proposer, std::move(words)));
  const std::string number = std::to_string(proposed.numbers.at("proposal"));
  TRY_ASSIGN(const ToolLine review, ask(registrar, {"registry", "review", number}));
  TRY(ask(registrar, {"registry", "sign", number, "--seen", review.texts.at("seen")}));
  WaitForTheNextSecond();
  const auto differences = review.lists.find("differences");
  return differences == review.lists.end() ? std::vector<std::string>() : differences->second;
}

void WaitForTheNextSecond() {
  const std::time_t now = std::time(nullptr);
  while (std::time(nullptr) == now) std::this_thread::sleep_for(std::chrono::milliseconds(20));
}

}  // namespace passport
