#include "credential/taxonomy/entry_reader.h"

#include <algorithm>

#include "credential/encoding/json_members.h"
#include "credential/vocabulary/text_forms.h"

namespace passport {
namespace {

constexpr std::size_t kTextBytesMax = 1000;
constexpr std::size_t kCodeBytesMax = 40;

}  // namespace

Window AllDays() { return {*CivilDay::Of(1900, 1, 1), std::nullopt}; }

Fault EntryReader::Wrong(std::string_view what) const {
  return {Reason::kFieldInvalid, "", "taxonomy" + place_ + ": " + std::string(what)};
}

Result<void> EntryReader::Only(std::initializer_list<std::string_view> known) const {
  if (!entry_->is_object()) return Wrong("not an object");
  if (json::FirstUnknown(*entry_, known) != nullptr) return Wrong("unknown member");
  return {};
}

Result<std::string> EntryReader::Text(std::string_view name) const {
  const json::Value* value = entry_->Find(name);
  if (value == nullptr || !value->is_string() || value->text()->empty() || value->text()->size() > kTextBytesMax ||
      std::any_of(value->text()->begin(), value->text()->end(),
                  [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; })) {
    return Wrong(std::string(name) + " is not a text of 1 to 1000 bytes without control characters");
  }
  return std::string(*value->text());
}

Result<std::string> EntryReader::TextIfAny(std::string_view name) const {
  if (!Has(name)) return std::string();
  return Text(name);
}

Result<std::string> EntryReader::Word(std::string_view name) const {
  const json::Value* value = entry_->Find(name);
  if (value == nullptr || !value->is_string() || !IsWord(*value->text())) {
    return Wrong(std::string(name) + " is not a word of a-z, 0-9 and _, at most 60");
  }
  return std::string(*value->text());
}

Result<std::vector<std::string>> EntryReader::Words(std::string_view name) const {
  std::vector<std::string> words;
  if (!Has(name)) return words;
  TRY_ASSIGN(const json::Value* const list, List(name));
  for (const json::Value& each : *list) {
    if (!each.is_string() || !IsWord(*each.text()))
      return Wrong(std::string(name) + " holds something that is no word");
    if (std::find(words.begin(), words.end(), *each.text()) != words.end()) {
      return Wrong(std::string(name) + " holds a word twice");
    }
    words.emplace_back(*each.text());
  }
  return words;
}

Result<std::string> EntryReader::Code(std::string_view name) const {
  const json::Value* value = entry_->Find(name);
  const auto fits = [](char c) { return IsSmall(c) || IsCapital(c) || IsDigit(c) || c == '.' || c == '-' || c == '/'; };
  if (value == nullptr || !value->is_string() || value->text()->empty() || value->text()->size() > kCodeBytesMax ||
      !std::all_of(value->text()->begin(), value->text()->end(), fits)) {
    return Wrong(std::string(name) + " is not a code of letters, digits and . - /, at most 40");
  }
  return std::string(*value->text());
}

Result<bool> EntryReader::Flag(std::string_view name) const {
  const json::Value* value = entry_->Find(name);
  const auto flag = value == nullptr ? std::nullopt : value->boolean();
  if (!flag) return Wrong(std::string(name) + " is not true or false");
  return *flag;
}

Result<int> EntryReader::Whole(std::string_view name, int least, int most) const {
  const json::Value* value = entry_->Find(name);
  const auto number = value == nullptr ? std::nullopt : value->integer();
  if (!number || *number < least || *number > most) {
    return Wrong(std::string(name) + " is not a whole number of " + std::to_string(least) + " to " +
                 std::to_string(most));
  }
  return static_cast<int>(*number);
}

Result<CivilDay> EntryReader::Day(std::string_view name) const {
  const json::Value* value = entry_->Find(name);
  if (value == nullptr || !value->is_string()) return Wrong(std::string(name) + " is not a day");
  const Result<CivilDay> day = CivilDay::Parse(*value->text());
  if (!day.ok()) return Wrong(std::string(name) + " is not a day");
  return *day;
}

Result<const json::Value*> EntryReader::List(std::string_view name) const {
  const json::Value* value = entry_->Find(name);
  if (value == nullptr || !value->is_array()) return Wrong(std::string(name) + " is not an array");
  return value;
}

Result<Window> EntryReader::Days() const {
  Window window = AllDays();
  if (Has("from")) {
    TRY_ASSIGN(window.from, Day("from"));
  }
  if (Has("until")) {
    TRY_ASSIGN(const CivilDay until, Day("until"));
    if (until < window.from) return Wrong("until lies before from");
    window.until = until;
  }
  return window;
}

}  // namespace passport
