// Whose passport a call of a person opens.
//
// The proof comes with the call: made with the holder key (credential/passport/holder_proof.h), or the passport code.
// A proof is taken once. That is kept in memory, as long as a proof could be sent again: so proofs of before the start
// of the service are refused.
#pragma once

#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "credential/crypto/sha256.h"
#include "credential/passport/holder_proof.h"
#include "passport-service/acts/holder_caller.h"
#include "passport-service/ports/clock.h"
#include "passport-service/ports/store.h"

namespace passport {

// What must be proved for a call to go on: HolderProof of access.proto, where each call says it.
enum class HolderNeeds : std::uint8_t {
  kSession,    // as kPassport; or a session code, where the service keeps the key
  kPassport,   // a good key; the passport code, where the service keeps the key
  kAnyCode,    // a good key; the passport code, however the passport is held
  kAnyKey,     // any key, also one that is bound to nobody or has ended; the passport code, where the service keeps it
  kActJudges,  // nothing: the act looks at what was proved, if anything was
};

// How a person was let in.
struct HolderAdmission {
  HolderCaller caller;
  std::optional<Digest> code;  // SHA-256 of the passport code or session code, where it was proved with one
};

// Proofs that were used, for as long as they are good. A full memory refuses, it never forgets.
class UsedProofs {
 public:
  explicit UsedProofs(std::size_t most) : most_(most) {}
  bool Has(const Digest& name) const { return names_.contains(name); }
  // False when there is no room.
  bool Take(const Digest& name, Instant good_until, Instant now);

 private:
  const std::size_t most_;
  std::set<Digest> names_;                           // of key and jti
  std::set<std::pair<std::int64_t, Digest>> until_;  // the same, by the last second they are good
};

// Any thread may call.
class AdmitHolder {
 public:
  // Together about 30 MB. Of keys that are bound to nobody fewer, and apart: anybody can make such keys, and must not
  // keep out those who have a passport.
  static constexpr std::size_t kProofsMax = 160'000;
  static constexpr std::size_t kProofsOfNobodyMax = 40'000;
  struct Order {
    std::optional<std::string> proof;  // one of the two, or nothing
    std::optional<std::string> passport_code;
    ProvenCall call;
    HolderNeeds needs = HolderNeeds::kPassport;
  };
  // `names`: those the service goes by among people (IsServiceName); a proof for another is refused. None: every proof.
  AdmitHolder(Store& store, const Clock& clock, std::vector<std::string> names)
      : store_(store), clock_(clock), started_(clock.Now()), names_(std::move(names)) {}
  // By these from now on.
  void GoBy(std::vector<std::string> names);
  // Fails with kHolderUnknown, in the same words whether the key is bound to nobody, has ended, or no passport has the
  // code; with kFieldInvalid when both were sent, as VerifyHolderProof and Prove do, and as the store does.
  Result<HolderAdmission> operator()(const Order& order);

  // A key that proves a call, whoever it is bound to, as the new key of a passport that moves. The proof is used up.
  // Fails as VerifyHolderProof does, with kKbNonce when it was used before, and kBusy.
  Result<ProvenKey> Prove(std::string_view proof, const ProvenCall& call);

  // Whether what let the caller in is still so. Fails with kHolderUnknown and as the store does.
  Result<void> StillHolds(const HolderAdmission& admission);

 private:
  Result<HolderProof> Check(std::string_view proof, const ProvenCall& call, Instant now);
  Result<void> TakeOnce(const HolderProof& proof, bool bound, Instant now);
  Result<HolderAdmission> ByKey(const Order& order);
  Result<HolderAdmission> ByCode(const Order& order);
  Result<HolderAdmission> ByUnlock(const Order& order, const Digest& code);

  Store& store_;
  const Clock& clock_;
  const Instant started_;
  std::mutex mutex_;  // guards all below
  std::vector<std::string> names_;
  UsedProofs of_people_{kProofsMax};
  UsedProofs of_nobody_{kProofsOfNobodyMax};
};

// Where the passport of a person is now: as their one good key says, or kept when there is no row of any.
Result<HeldAs> HeldNow(Store& store, const PersonId& person);

}  // namespace passport
