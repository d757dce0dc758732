// The life of the service's keys: what there are, what is due, a succession begun early, a key in other hands.
//
// An operator answers for the keys of its own organisation, the registrar for all; what others have does not exist for
// an operator. What is due is done in small steps, each of which leaves the keys in order, so that a step that was
// interrupted (a crash, a full disk, a hardware module that went away) is simply due again.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "keys/key_store.h"
#include "keys/rotation_plan.h"
#include "passport-service/acts/caller.h"
#include "passport-service/acts/current_trust.h"
#include "passport-service/acts/request_answers.h"
#include "passport-service/ports/clock.h"

namespace passport {

// Any thread may call.
class KeepKeys {
 public:
  struct Query {
    Caller by;
    std::optional<KeyOwner> owner;  // nothing: all that the caller answers for
  };
  struct Rotation {
    Caller by;
    RequestId request;
    KeyOwner owner;
    KeyRole role;
  };
  struct Compromise {
    Caller by;
    RequestId request;
    std::string kid;
    Instant since;    // not in the future
    std::string why;  // "stolen", "lost", "copied", "precaution"
  };
  struct ListedKey {
    KeyInfo info;
    bool certified;
  };
  KeepKeys(Store& store, KeyStore& keys, const CurrentTrust& trust, const Clock& clock, RotationPolicy policy)
      : store_(store), keys_(keys), trust_(trust), clock_(clock), policy_(policy) {}

  // By owner, role, then time of making. Fail with kNotFound for an owner that is not the caller's, and as the store
  // does.
  Result<std::vector<ListedKey>> List(const Query& query);
  // By due time.
  Result<std::vector<PlannedStep>> Plan(const Query& query);

  // Makes the next key now; it signs when it has been published long enough, or as soon as the service has looked where
  // none signs. Returns its id, or that of the successor
  // that is under way already. Fails with kNotFound, kStateConflict for a role that has no succession or an owner that
  // has no such key, kLimit when the owner has had too many keys of this role (100, for a registrar 190: all of them
  // stand in the registry), kRequestReused, and as store and key store do.
  Result<std::string> Rotate(const Rotation& order);
  // The key signs no more, nothing it signed counts from `since` on, and another one signs in its place. Returns the id
  // of that; empty when none is needed, or when the owner has had as many keys as Rotate would refuse the caller: then
  // nothing signs until a registrar orders a rotation. Marking twice changes nothing. Fails with kNotFound,
  // kFieldInvalid, kStateConflict for a key that more depends on than signatures, kRequestReused, and as store and key
  // store do; what fails half-way is finished by the next call or by what is due.
  Result<std::string> MarkCompromised(const Compromise& order);

  // What the service does by itself before it publishes: everything that is due but certificates and publication, which
  // publishing does, and replacements of keys of an owner who has had 100 of that role. Returns how many steps were
  // done. Fails as store and key store do, with the first fault, after it has done what could be done for other owners
  // and roles.
  Result<std::size_t> DoWhatIsDue();
  // And after it has published: notes which keys receivers can read from now on.
  Result<void> NotePublished();

 private:
  Result<KeyRing> Ring(Instant now);
  Result<void> Do(const PlannedStep& step, Instant now);
  Result<KeyInfo> FindOf(const Caller& by, std::string_view kid) const;

  Store& store_;
  KeyStore& keys_;
  const CurrentTrust& trust_;
  const Clock& clock_;
  const RotationPolicy policy_;
  std::mutex mutex_;  // one change at a time
};

}  // namespace passport
