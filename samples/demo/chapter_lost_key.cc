// A key is in other hands: what it signed counts no more, and is signed again with one command.
#include <algorithm>

#include "samples/demo/story.h"

namespace passport {

// True while the person's passport shows a record of that issuer that can be relied on.
Result<bool> Story::HasSoundRecordOf(std::size_t person, std::string_view issuer) {
  TRY_ASSIGN(ServiceClient* const desk, ClientOf(issuer));
  TRY_ASSIGN(const std::vector<HoldingAnswer> held, desk->ListHoldings(codes_[person]));
  return std::any_of(held.begin(), held.end(), [&](const HoldingAnswer& holding) {
    return holding.issuer == issuer && holding.state == "current";
  });
}

Result<void> Story::LoseAKey() {
  const std::size_t person = terms_.world.story.volunteer;
  TRY_ASSIGN(ServiceClient* const charity, ClientOf(kCharity));
  TRY_ASSIGN(const std::vector<KeyAnswer> keys, charity->ListKeys(kCharity));
  const auto stolen = std::find_if(keys.begin(), keys.end(),
                                   [](const KeyAnswer& key) { return key.role == "issue" && key.state == "active"; });
  TRY(Expect("the charity has a key that signs", stolen != keys.end()));
  TRY(charity->CompromiseKey("key-stolen", {.kid = stolen->kid, .since = stolen->created_at, .why = "stolen"}));
  TRY_ASSIGN(ServiceClient* const registrar, Registrar());
  TRY(registrar->Publish("publish-after-theft"));
  TRY_ASSIGN(const bool believed, HasSoundRecordOf(person, kCharity));
  TRY(Expect("a record signed with a stolen key is not believed", !believed));
  TRY_ASSIGN(const ToolAnswer affected, AskOperator(service_, kCharity, {"registry", "affected"}));
  TRY_ASSIGN(const ToolLine sum, LastLine(affected, ""));
  facts_.lost_key.credentials = sum.numbers.at("credentials");
  facts_.lost_key.people = sum.numbers.at("people");
  screen_.Say(NameOf(kCharity) +
              " learns that its signing key was copied, and says so (passportctl keys compromise). From the next "
              "publication on nothing that key signed counts, and " +
              FirstName(person) +
              "'s passport shows none of it any more. Who is affected (passportctl registry affected): " +
              Count(facts_.lost_key.credentials, "record", "records") + " of " +
              Count(facts_.lost_key.people, "person", "people") + ".");
  TRY_ASSIGN(const ToolAnswer again, AskOperator(service_, kCharity, {"reissue"}));
  TRY(Expect("exit code of reissue", 0, static_cast<std::size_t>(again.exit_code)));
  TRY_ASSIGN(const ToolLine done, LastLine(again, ""));
  facts_.lost_key.reissued = done.numbers.at("reissued");
  TRY(Expect("records signed again", facts_.lost_key.credentials, facts_.lost_key.reissued));
  TRY(registrar->Publish("publish-after-reissue"));
  TRY_ASSIGN(const VerificationAnswer sound, ShowOneRecord(person, kCharity, kCharity));
  facts_.lost_key.holds_again = sound.verdict == VerdictAnswer::kValid;
  TRY(Expect("a record signed again", WordOf(VerdictAnswer::kValid), WordOf(sound.verdict)));
  screen_.Say("One command (passportctl reissue) signs all " + Count(facts_.lost_key.reissued) +
              " again with the key that took its place and revokes the old ones. " + FirstName(person) +
              " shows one of them, and it is valid again.");
  return {};
}

}  // namespace passport
