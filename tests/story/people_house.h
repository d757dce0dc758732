// A service with its port for people, two employers, and people with passport-wallet: everything as it is typed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/story/story_house.h"

namespace passport {

inline constexpr std::string_view kStoryPractice = "ods:X0B";
inline constexpr std::string_view kStoryPassphrase = "long words of mine";

// What a receiver learned from one presentation.
struct Shown {
  int exit_code = -1;
  std::string verdict;
  std::string held_as;
  std::string standing;  // of the first record
  std::string outcome;   // for the role "mover"
  std::string said;
};

class PeopleHouse : public StoryHouse {
 protected:
  // Flags of passport-wallet that say which passport.
  using Where = std::vector<std::string>;

  // Runs, with the trust and the practice enrolled, the taxonomies and the roles "mover" (moving and handling) and
  // "warden" (fire safety of the last 12 months) published.
  void SetUp() override;
  // More flags of `passport-service run`.
  virtual std::vector<std::string> MoreRunFlags() const { return {}; }
  // Whether a service that is started again is where it was.
  virtual bool KeepsAddress() const { return false; }

  std::string At(std::string_view name) const { return folder() + "/" + std::string(name); }
  // A file for its owner only, with a line end. Its path.
  std::string Write(std::string_view name, std::string_view text) const;
  static std::string Read(const std::string& path);
  static std::string Today();

  Where InFile(std::string_view name) const { return {"--file", At(name)}; }
  static Where InProgram() { return {}; }
  // Kept by the service; the code is in the file of that name.
  Where Kept(std::string_view code_name);
  Where ServicePlace();
  Where PublishedPlace();

  // What passport-wallet does with these words. No one is there to be asked.
  ProcessEnd Wallet(const Where& where, const std::vector<std::string>& words);
  ProcessOrder WalletOrder(const Where& where, const std::vector<std::string>& words) const;
  static void ExpectDone(const ProcessEnd& end);
  // The last JSON line the wallet says to these words, which it does.
  ToolLine WalletLine(const Where& where, std::vector<std::string> words);
  // How many lines of `list --json` say `part`.
  std::size_t Listed(const Where& where, std::string_view part);

  // An employer's invitation of a new number; the code goes into the file of that name.
  std::string Invite(std::string_view employer, const std::string& number, std::string_view code_name);
  // Makes a passport and takes the invitation up; the passport code goes into the file of that name. Whose it is.
  std::string TakeUp(const Where& where, const std::string& invitation, std::string_view invitation_code,
                     std::string_view passport_code);
  // Of somebody whom the trust has as 1001, with an identity check and moving and handling, received.
  std::string TakeUpWithRecords(const Where& where, std::string_view passport_code);

  // The id of what was issued.
  std::string IssueIdentityCheck(std::string_view employer, const std::string& number);
  std::string IssueTraining(std::string_view employer, const std::string& number, const std::string& subject,
                            const std::string& level, const std::string& day);
  std::string IssueEmployment(std::string_view employer, const std::string& number);
  std::string Moving(std::string_view employer, const std::string& number) {
    return IssueTraining(employer, number, "moving_and_handling", "2", "2026-03-01");
  }

  // The words of a person's replacement by the trust, recognised on that day.
  std::vector<std::string> Replacing(const std::string& day, std::string_view code_name,
                                     const std::vector<std::string>& more) const;

  // Puts a challenge as the trust, answers it from there, and asks the service about the answer.
  Shown Show(const Where& where);
  Shown ShowKept(std::string_view code_name);
  Shown Verify(const std::string& presentation, const std::string& nonce);
  // Nonce of a new challenge of the trust.
  std::string Challenge();
  std::vector<std::string> Presenting(const std::string& nonce, const std::string& out) const;
  // The old key, or the old code, opens nothing and shows nothing that holds.
  void ExpectDead(const Where& where);

  std::string Said(const ToolAnswer& answer, std::string_view member);
  std::string PeoplePort() const;

 private:
  void EnrolEverybody();
};

}  // namespace passport
