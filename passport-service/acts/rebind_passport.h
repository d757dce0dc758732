// Binds a passport to another key: after a move, a loss, or when two passports become one.
//
// The write that ends the old key makes the new one good, gives the passport its new code, and suspends everything that
// is bound to the old key; so at no instant are both good. Then everything is signed again for the new key, each by its
// own issuer (design decision 5), who is on record for it. After a move the old credential ends in the write that makes
// the new one durable; after a loss it waits, suspended, until the day is over in which the person can take it back.
//
// What is under way is a row of its own. Whoever asks again gets the same answer, what was cut off is finished by that,
// by FinishAll at the start, or by the next rebinding of the person; nothing is signed twice.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "passport-service/acts/issue_credentials.h"
#include "passport-service/acts/sealed_person.h"

namespace passport {

class RebindPassport {
 public:
  static constexpr Seconds kUndoTime{24 * 3600};

  struct Order {
    PersonId person;
    RebindingReason why = RebindingReason::kMoved;  // kMoved or kLost
    std::string request;                            // by which it is asked for again
    HeldAs held_as = HeldAs::kKept;
    std::optional<P256Point> key = {};  // for a file or a wallet; with kLost nothing is a key that is still to come
    bool end_shares = false;
    std::string id = {};          // of the rebinding, 128 random bits; made here when it is empty
    std::string invitation = {};  // what brings the key that is still to come
  };
  struct Outcome {
    std::string id;  // of the rebinding
    std::string passport_code;
    std::uint64_t signed_again = 0;
    std::vector<CredentialId> left_behind = {};  // could not be: good for nothing now
    std::optional<Instant> undo_until = {};
  };

  // What becomes of the person's shares once all is signed again (RenewShares); true: they end. It may be called again.
  using TurnShares = std::function<Result<void>(const PersonId& person, bool end_all)>;

  RebindPassport(Store& store, KeyStore& keys, PersonVault& vault, Random& random, const Clock& clock,
                 IssueCredentials& issue, TurnShares turn_shares)
      : store_(store),
        keys_(keys),
        vault_(vault),
        random_(random),
        clock_(clock),
        issue_(issue),
        turn_shares_(std::move(turn_shares)) {}

  // `with` is written together with the end of the old key: the audit row of whoever asked, an answer. Fails with
  // kNotFound (person), kAlreadyExists (the key is bound already), kStateConflict (a passport that was replaced today
  // is not moved; what was read has changed), kOutcomeUnknown (the person's passport is in hand elsewhere), and as
  // store, key store and signing do. When the old key is dead, what is left to be done is done by asking again.
  Result<Outcome> operator()(const Order& order, Changes with);
  // The new key of a passport that was lost, when it came later, for that loss and no other. `with` is told the code,
  // and how many credentials wait. Fails as above, with kStateConflict when that loss does not wait any more.
  struct Brought {
    PersonId person;
    std::string rebinding;  // id
    HeldAs held_as = HeldAs::kFile;
    P256Point key;
  };
  using With = std::function<Result<Changes>(const Outcome& foreseen)>;
  Result<Outcome> BringKey(const Brought& brought, const With& with);
  // Two passports of one person become one, that of `into`; the other person is gone. Fails as above, with
  // kStateConflict also when what an employer knows of the two contradicts itself.
  Result<Outcome> Join(const PersonRow& into, const PersonRow& other, const std::string& request, Changes with);
  // The old key of a loss is good again, the new one and what it was given are not; an invitation that waits for a key
  // is dead. The next replacement within a day is final. Fails as above.
  Result<Outcome> Undo(const RebindingRow& loss, const std::string& request, Changes with);
  // Finishes what was cut off and says how it ended. The row must be there.
  Result<Outcome> Finish(const PersonId& person);

  // All that was cut off, the losses whose day is over, and rows nobody asks for any more. Returns how many were
  // finished or over. One that fails does not stop the others; the first fault is returned then.
  Result<std::size_t> FinishAll();

  // Takes the keys that ended since the last call out of the store's files; at the first call whatever there is,
  // because a program that was killed may have left it. True when there was anything to do. Seconds for a region, so it
  // is not done for each passport. Fails as DataKeys::ForgetDeleted; then the next call does it.
  Result<bool> ForgetWhatEnded();
  // Another act has ended a key: the next call of ForgetWhatEnded takes that out, too.
  void KeyHasEnded() { to_forget_ = true; }

 private:
  struct Turn;
  class InHand;
  Result<void> SettleBefore(const PersonId& person, RebindingReason why);
  Result<std::optional<HolderKeyPair>> OldKeys(const PersonRow& person, bool lost);
  Result<std::string> OldThumbprint(const PersonRow& person, const std::optional<HolderKeyPair>& keys);
  Result<HolderKeyPair> NewKey(const Order& order) const;
  Result<void> EndOldKey(const PersonRow& person, const std::string& thumbprint, std::string_view why, Turn& turn);
  Result<void> SuspendHeld(const PersonId& person, Changes& changes);
  Result<void> EndItsInvitation(const RebindingRow& row, Turn& turn);
  Result<RebindingRow> Begin(const Order& order, const PersonRow& person, const std::optional<HolderKeyPair>& old_keys,
                             Turn& turn, RebindingSecrets& secrets);
  Result<void> CarryOver(const RebindingRow& before, RebindingRow& row, RebindingSecrets& secrets);
  Result<void> SettleWaiting(const RebindingRow& row);
  Result<void> PutHolder(PersonRow person, const HolderKeyPair& keys, const Digest& code, Turn& turn);
  Result<void> Write(Turn& turn, const RebindingRow& row, const RebindingSecrets& secrets);
  Result<Outcome> FinishRow(RebindingRow row);
  Result<void> SignAgain(const RebindingRow& row);
  Result<Changes> EndWhatIsLeft(RebindingRow& row);
  Result<Changes> MoveDisputes(const RebindingRow& row);
  Result<Changes> PassOver(const PersonId& from, const PersonId& to);
  Result<Changes> PassEmployment(const OrganisationId& organisation, const PersonId& from, const PersonId& to);
  enum class OldOnes : std::uint8_t { kComeBack, kWaitOn };
  Result<Changes> TakeBack(const RebindingRow& loss, OldOnes old_ones);
  Result<Changes> TakeBackOne(const RebindingRow& loss, const CredentialRow& old, const CredentialRow& successor);
  Result<void> EndDay(const RebindingRow& row);
  Result<void> EndUndo(RebindingRow row);
  Result<bool> EndRow(const RebindingRow& row, Instant now);
  Result<bool> EndListed(const RebindingRow& listed, Instant now);
  Result<Outcome> OutcomeOf(const RebindingRow& row);

  Store& store_;
  KeyStore& keys_;
  PersonVault& vault_;
  Random& random_;
  const Clock& clock_;
  IssueCredentials& issue_;
  const TurnShares turn_shares_;
  std::mutex mutex_;
  std::set<PersonId> in_hand_;
  std::atomic<bool> to_forget_ = true;
};

// What signs a credential again in a rebinding: always the same for the two, so that it is done once.
Result<RequestId> RebindingRequest(const RebindingRow& row, const CredentialId& credential);

// Everything a person holds, of every issuer and in every state.
Result<std::vector<CredentialRow>> AllHeldBy(Store& store, const PersonId& person);
// The same without badges, which are bound to no key: a move or a loss leaves them as they are.
Result<std::vector<CredentialRow>> AllBoundTo(Store& store, const PersonId& person);

// One credential changes its state because of a rebinding: bit, state, audit row of the service under its issuer,
// event.
Changes ChangeForRebinding(const CredentialRow& row, CredentialState to, std::string_view why, Instant now);

// 128 random bits, base64url.
std::string RandomToken(Random& random);

}  // namespace passport
