#include "operator-cli/import/csv_fields.h"

#include <csv.h>

#include <cstdlib>

namespace passport {

struct CsvFields::Parser {
  Parser() { Start(); }
  ~Parser() { csv_free(&state); }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  void Start() {
    if (csv_init(&state, CSV_STRICT | CSV_STRICT_FINI) != 0) std::abort();
  }
  // After a refused row libcsv stays where it was; begin anew.
  void Restart() {
    csv_free(&state);
    Start();
  }

  csv_parser state{};
};

namespace {

struct Collector {
  std::vector<std::string>* fields;
  std::size_t count;
};

std::string_view Trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1U);
}

void OnField(void* text, std::size_t size, void* context) {
  auto& collector = *static_cast<Collector*>(context);
  if (collector.count < kFieldsMax) {
    const std::string_view field =
        text == nullptr ? std::string_view() : std::string_view(static_cast<char*>(text), size);
    collector.fields->emplace_back(Trimmed(field));
  }
  ++collector.count;
}

void OnRowEnd(int, void*) {}

}  // namespace

CsvFields::CsvFields() : parser_(std::make_unique<Parser>()) {}
CsvFields::~CsvFields() = default;
CsvFields::CsvFields(CsvFields&&) noexcept = default;
CsvFields& CsvFields::operator=(CsvFields&&) noexcept = default;

bool CsvFields::Parse(std::string_view row) {
  fields_.clear();
  Collector collector{.fields = &fields_, .count = 0};
  csv_parser* const state = &parser_->state;
  const bool taken = csv_parse(state, row.data(), row.size(), OnField, OnRowEnd, &collector) == row.size() &&
                     csv_fini(state, OnField, OnRowEnd, &collector) == 0;
  count_ = collector.count;
  if (taken) return true;
  if (csv_error(state) == CSV_ENOMEM) std::abort();  // as operator new would end it
  parser_->Restart();
  return false;
}

std::size_t CsvFields::buffered_bytes() const {
  std::size_t bytes = csv_get_buffer_size(&parser_->state);
  for (const std::string& field : fields_) bytes += sizeof(std::string) + field.capacity();
  return bytes;
}

}  // namespace passport
