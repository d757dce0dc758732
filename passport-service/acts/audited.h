// The audit row of what somebody did.
//
// Every act writes its row through here, so that no row lacks who it was: the organisation and which of its systems; of
// people, what proved the call.
#pragma once

#include <string>
#include <string_view>

#include "passport-service/acts/caller.h"
#include "passport-service/acts/holder_caller.h"
#include "passport-service/ports/changes.h"

namespace passport {

// Words and opaque ids only; what stands here is read by auditors in clear.
struct Deed {
  std::string_view what;     // "credential.issued": AuditEntry::action
  std::string object = {};   // opaque id, or empty
  std::string why = {};      // word: purpose of a read, reason of a change; empty where `what` says it all
  std::string request = {};  // request id, or empty
  std::string_view outcome = "done";
};

AppendAudit Audited(Instant at, const Caller& by, Deed deed);
// Of what a person did with their own passport: their id is the object, never the actor.
AppendAudit AuditedOfPeople(Instant at, const HolderCaller& by, Deed deed);
// What proved a call, as it stands in the row: "key"; "code"; "session ods:RC9", of the organisation that recognised
// the person; nothing where nothing did.
std::string ProofNamed(const HolderCaller& by);
// Of what the service does by itself.
AppendAudit AuditedOfService(Instant at, Deed deed);

}  // namespace passport
