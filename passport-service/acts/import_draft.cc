#include "passport-service/acts/import_draft.h"

#include <algorithm>
#include <cassert>
#include <charconv>

namespace passport {
namespace {

constexpr std::size_t kImportIdDigits = 32;
constexpr std::string_view kChecker = "checker";

std::string PlaceOf(const DraftRow& row) {
  return "draft " + row.organisation.text() + " " + row.request.text() + " " + row.kind;
}

// Texts with their lengths, one after the other.
void Append(std::string_view text, std::string& out) {
  out += std::to_string(text.size());
  out += ':';
  out += text;
}

class Texts {
 public:
  explicit Texts(std::string_view all) : rest_(all) {}
  std::string Next() {
    std::size_t size = 0;
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), size);
    const auto digits = static_cast<std::size_t>(end - rest_.data());
    if (error != std::errc() || digits >= rest_.size() || rest_[digits] != ':' || rest_.size() - digits - 1 < size) {
      whole_ = false;
      rest_ = {};
      return "";
    }
    std::string text(rest_.substr(digits + 1, size));
    rest_.remove_prefix(digits + 1 + size);
    return text;
  }
  std::size_t NextCount() {
    const std::string text = Next();
    std::size_t count = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), count).ec != std::errc()) whole_ = false;
    return whole_ ? count : 0;
  }
  bool whole() const { return whole_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool whole_ = true;
};

Fault DamagedDraft() { return {Reason::kStoreUnavailable, "", "a draft of an import can not be read"}; }

}  // namespace

Result<std::string> SealContent(PersonVault& vault, const DraftRow& row, const DraftContent& content) {
  std::string text;
  const RowKeys& of = content.keys;
  for (const std::string_view part : {std::string_view(of.employee_number), std::string_view(of.assignment_number),
                                      std::string_view(of.national_insurance_number), std::string_view(of.name),
                                      std::string_view(of.date_of_birth)}) {
    Append(part, text);
  }
  Append(std::to_string(static_cast<int>(content.decided)), text);
  Append(std::to_string(of.registration_numbers.size()), text);
  for (const std::string& registration : of.registration_numbers) Append(registration, text);
  Append(std::to_string(content.fields.size()), text);
  for (const auto& [name, value] : content.fields) {
    Append(name, text);
    Append(value, text);
  }
  return vault.Seal(owner::Employee(row.organisation, row.number), PlaceOf(row), text);
}

Result<DraftContent> OpenContent(PersonVault& vault, const DraftRow& row) {
  TRY_ASSIGN(const std::optional<std::string> opened,
             vault.Open(owner::Employee(row.organisation, row.number), PlaceOf(row), row.sealed_fields));
  if (!opened) return Fault{Reason::kNotFound, "", "what the row said was erased"};
  return ReadContent(*opened);
}

Result<DraftContent> ReadContent(std::string_view text) {
  Texts texts(text);
  DraftContent content;
  content.keys.employee_number = texts.Next();
  content.keys.assignment_number = texts.Next();
  content.keys.national_insurance_number = texts.Next();
  content.keys.name = texts.Next();
  content.keys.date_of_birth = texts.Next();
  const std::size_t decided = texts.NextCount();
  if (decided > static_cast<std::size_t>(Decided::kKnownPerson)) return DamagedDraft();
  content.decided = static_cast<Decided>(decided);
  for (std::size_t left = texts.NextCount(); left > 0; --left)
    content.keys.registration_numbers.push_back(texts.Next());
  for (std::size_t left = texts.NextCount(); left > 0; --left) {
    std::string name = texts.Next();
    content.fields.emplace_back(std::move(name), texts.Next());
  }
  if (!texts.whole()) return DamagedDraft();
  return content;
}

Result<std::string> SealChecker(PersonVault& vault, const ImportRow& row, std::string_view checker) {
  return vault.Seal(owner::Import(row.organisation, row.import), kChecker, checker);
}

Result<std::string> OpenChecker(PersonVault& vault, const ImportRow& row) {
  TRY_ASSIGN(const std::optional<std::string> checker,
             vault.Open(owner::Import(row.organisation, row.import), kChecker, row.sealed_checker));
  return checker.value_or("");
}

Result<RequestId> ImportIdOf(PersonVault& vault, const OrganisationId& organisation, const RequestId& file) {
  TRY_ASSIGN(const Digest digest, vault.IndexDigest("import", organisation.text() + " " + file.text()));
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < kImportIdDigits / 2; ++i) {
    text += kDigits[digest[i] >> 4U];
    text += kDigits[digest[i] & 15U];
  }
  return RequestId::Parse(text);
}

RequestId DraftRequest(const RequestId& import, std::uint64_t line, std::uint32_t part) {
  Result<RequestId> request = RequestId::Parse(import.text() + "-" + std::to_string(line) + "-" + std::to_string(part));
  assert(request.ok());  // 32 + 1 + 20 + 1 + 10 characters fill the 64 to the last
  return std::move(request).value();
}

std::optional<RequestId> ImportOfRequest(const RequestId& request) {
  const std::string& text = request.text();
  if (text.size() < kImportIdDigits + 4 || text[kImportIdDigits] != '-') return std::nullopt;
  const std::string_view id = std::string_view(text).substr(0, kImportIdDigits);
  const bool hex =
      std::all_of(id.begin(), id.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
  Result<RequestId> import = RequestId::Parse(id);
  if (!hex || !import.ok()) return std::nullopt;
  return std::move(import).value();
}

}  // namespace passport
