#include "operator-cli/import/registration_number.h"

#include <array>
#include <cstddef>

#include "credential/vocabulary/text_forms.h"

namespace passport {
namespace {

// A form is a row of pieces: 'A' one capital letter, '9' one digit, 'd' an optional digit, anything else itself.
struct Form {
  std::string_view regulator;
  std::string_view pieces;
};

constexpr std::array kForms = {
    Form{"NMC", "99A9999A"},   Form{"GMC", "9999999"},  Form{"HCPC", "AA9ddddd"},
    Form{"HCPC", "AAA9ddddd"}, Form{"SWE", "SW9ddddd"}, Form{"GPhC", "9999999"},
    Form{"GDC", "9999dd"},     Form{"GDC", "CD9999dd"}, Form{"GOC", "99-9999dd"},
};

bool FitsPieces(std::string_view pieces, std::string_view number) {
  std::size_t i = 0;
  for (const char piece : pieces) {
    const char c = i < number.size() ? number[i] : '\0';
    const bool fits = piece == 'A' ? IsCapital(c) : (piece == '9' || piece == 'd' ? IsDigit(c) : c == piece);
    if (fits) {
      ++i;
    } else if (piece != 'd') {
      return false;
    }
  }
  return i == number.size();
}

std::string UpperCase(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return upper;
}

}  // namespace

Result<std::string> ParseRegistrationNumber(std::string_view regulator, std::string_view number) {
  std::string normal = UpperCase(number);
  if (regulator == "GMC" && normal.size() == 8U && normal.front() == 'C') normal.erase(0, 1);
  for (const Form& form : kForms) {
    if (form.regulator == regulator && FitsPieces(form.pieces, normal)) return normal;
  }
  return Fault{Reason::kRecordField, "", "the number has not the form of its regulator"};
}

}  // namespace passport
