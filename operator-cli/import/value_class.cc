#include "operator-cli/import/value_class.h"

#include <array>

namespace passport {
namespace {

// In the order of the enum.
constexpr std::array<ValueClassText, kValueClasses> kTexts = {{
    {"the row as a whole", "Correct the row in the system the file came from and export it again."},
    {"empty", "Fill the cell in, or leave the whole row out."},
    {"something where nothing is due", "Empty the cell: the record has no place for it."},
    {"too long", "Shorten the text to what the column is for."},
    {"too few or too many characters", "Copy the number whole; a spreadsheet drops zeros in front."},
    {"a character that can not be seen", "Type the cell anew."},
    {"letters where digits are due", "Copy the number from the document; O is not 0 and l is not 1."},
    {"another form", "Write it as the page of the format shows."},
    {"not in the list", "Use a word of the list on the page of the format."},
    {"not a day in a form of this file", "Write the day as the page of the format shows."},
    {"a spreadsheet's day number", "Format the column as a day, yyyy-mm-dd, and save again."},
    {"a year of two digits", "Write the year with four digits."},
    {"a day with a time", "Export the day alone."},
    {"a day that does not exist", "Look the day up and correct it."},
    {"a day in the future", "Correct the day; what has not happened is no record."},
    {"a day before one it must follow", "Correct whichever of the two days is wrong."},
    {"does not go with another cell of the row", "Correct whichever of the two cells is wrong."},
    {"a course that is not completed", "Leave it out until it is completed."},
    {"another date of birth than before", "Find out which row is whose and correct the other."},
    {"not in the table of competences", "Correct the title, or give the table a row for it and import again."},
}};

static_assert(static_cast<std::size_t>(ValueClass::kUnknownCourse) + 1 == kValueClasses);

}  // namespace

const ValueClassText& TextOf(ValueClass value_class) { return kTexts[static_cast<std::size_t>(value_class)]; }

}  // namespace passport
