#include "terminal/json_text.h"

#include "terminal/plain_text.h"

namespace passport {

void AppendText(json::Tree& tree, json::Value& object, std::string_view name, std::string_view text) {
  object.Append(name, tree.String(Plain(text)));
}

void AppendTexts(json::Tree& tree, json::Value& object, std::string_view name, const std::vector<std::string>& texts) {
  json::Value& array = tree.Array();
  for (const std::string& text : texts) array.Append(tree.String(Plain(text)));
  object.Append(name, array);
}

void AppendNumber(json::Tree& tree, json::Value& object, std::string_view name, std::uint64_t number) {
  object.Append(name, tree.Integer(static_cast<std::int64_t>(number)));
}

json::Value& ReasonObject(json::Tree& tree, Reason reason, std::string_view detail) {
  const ReasonText& text = TextOf(reason);
  json::Value& object = tree.Object();
  AppendText(tree, object, "reason", text.word);
  AppendText(tree, object, "happened", text.happened);
  AppendText(tree, object, "detail", detail);
  AppendText(tree, object, "who", text.who);
  AppendText(tree, object, "remedy", text.remedy);
  return object;
}

}  // namespace passport
