#include "wallet-cli/person_words.h"

#include "keys/passport_file.h"

namespace passport {
namespace {

struct WordsForPerson {
  Reason reason;
  PersonText text;
};

// Where the words of the reason speak to an employer or a receiver.
constexpr WordsForPerson kWordsForPerson[] = {
    {Reason::kPassphrase,
     {"The passphrase does not open this passport, or the file was altered on purpose.",
      "Type it again; if you are sure of it, use a copy of the file, or report the passport lost."}},
    {Reason::kSchemaNewer,
     {"The passport file or the service is of a newer version than this program.",
      "Install the newer passport-wallet."}},
    {Reason::kLimit, {"Something is larger than allowed.", "Ask the organisation that sent it."}},
    {Reason::kNotFound,
     {"There is no such thing, or it is not yours, or its code is wrong or used up.",
      "Check what you typed; ask whoever gave it to you for a new one."}},
    {Reason::kHolderUnknown,
     {"The service knows no passport with this key or code, or none any more.",
      "If it was moved or replaced, use it where it is now; a new one takes up an invitation first: "
      "passport-wallet join LINK."}},
    {Reason::kServiceUnreachable,
     {"The service does not answer.", "Check the network and the address, and try again."}},
};

}  // namespace

PersonText TextForPerson(const Fault& fault) {
  const bool damaged = fault.detail.ends_with(kPassportFileCutShort) || fault.detail.ends_with(kPassportFileAltered);
  if (damaged) {
    return {"The passport file is damaged.",
            "Use a copy of the file; if there is none, report the passport lost: passport-wallet lost."};
  }
  for (const WordsForPerson& words : kWordsForPerson) {
    if (words.reason == fault.reason) return words.text;
  }
  const ReasonText& text = TextOf(fault.reason);
  return {text.happened, text.remedy};
}

std::string InPlainWords(std::string_view word) {
  std::string words(word);
  for (char& c : words) c = c == '_' ? ' ' : c;
  return words;
}

std::string StateForPerson(std::string_view state) {
  if (state == "current" || state == "good") return "in force";
  if (state == "cannot_tell") return "not known now";
  return InPlainWords(state);
}

}  // namespace passport
