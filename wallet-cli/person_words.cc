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
    {Reason::kKeyPermissions,
     {"Others may read a file with a secret of yours.", "Make it readable by you alone: chmod 600 FILE."}},
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
    {Reason::kMalformed,
     {"What was read is not of the form it should be.", "Ask whoever gave it to you for a new one."}},
    {Reason::kStateConflict,
     {"That can not be done as things stand.",
      "What stands in brackets says why; put that right, or wait, and try again."}},
    {Reason::kAlreadyExists, {"It is there already.", "Use what is there, or name another place."}},
    {Reason::kFieldInvalid,
     {"Something that was typed, or sent to you, is not as it should be.",
      "What stands in brackets says what; correct it, or ask whoever sent it."}},
    {Reason::kRequestReused, {"This request id was used for something else.", "Leave --request-id out."}},
    {Reason::kRecordMissing,
     {"Your passport has nothing that answers this.",
      "Fetch what is new: passport-wallet receive. If it is still missing, ask your employer for the record."}},
    {Reason::kKbTime, {"The clock of this computer is wrong, or it took too long.", "Set the clock and try again."}},
    {Reason::kKbNonce, {"The same call came twice.", "Try again."}},
    {Reason::kKbAud,
     {"The answer would go to somebody else than the one who asks.",
      "Give nothing. Ask the organisation itself for a new request."}},
    {Reason::kClaims,
     {"What is asked and what would be given do not go together.",
      "Give nothing. Ask the organisation itself for a new request."}},
    {Reason::kRegistry,
     {"The published files are not what they should be, so nothing of them is believed.",
      "Get them again from your employer, and the public key with them another way."}},
    {Reason::kRegistryStale,
     {"The published files here are too old.", "Get new ones and name their folder: --published FOLDER."}},
    {Reason::kNotPermitted, {"The service does not allow it.", "Ask your employer."}},
    {Reason::kBusy, {"The service has too much to do just now.", "Wait a minute and try again."}},
    {Reason::kStoreUnavailable,
     {"The service can not do it now.", "Try again in a while. If it goes on, tell your employer."}},
    {Reason::kStoreFull,
     {"The service can not do it now.", "Try again in a while. If it goes on, tell your employer."}},
    {Reason::kSigning, {"The service can not sign now.", "Try again in a while. If it goes on, tell your employer."}},
    {Reason::kOutcomeUnknown,
     {"It is not known whether it was done.",
      "Try again with the request id below, if there is one: then it is done once, whatever happened."}},
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
