// Requests that change something are done once, however often they are sent.
//
// The first answer is stored in the same batch as the change; the same request id with the same content gets it again,
// with other content kRequestReused. An unknown outcome is resolved by looking for the answer, never by guessing.
#pragma once

#include <optional>
#include <string>

#include "passport-service/acts/caller.h"
#include "passport-service/ports/store.h"

namespace passport {

struct RequestKey {
  OrganisationId by;
  RequestId id;
  Digest digest;  // of everything that was asked
};

// Digest over the parts of a request, each with its length.
Digest RequestDigest(std::initializer_list<std::string_view> parts);

// The answer given before, or nothing. Fails with kRequestReused.
Result<std::optional<std::string>> FindAnswer(Answers& answers, const RequestKey& key);

// The same to answer a caller with: that the request was repeated is on record before the answer is given again. Fails
// as the store does, too.
Result<std::optional<std::string>> RepeatAnswer(Store& store, const RequestKey& key, const Caller& by, Instant now);

// Applies changes that end in RememberAnswer for `key`. Retries what may be retried; kUnknown is resolved through the
// answer. Fails with kOutcomeUnknown, kStoreFull, kStoreUnavailable, the reason of the refused expectation, or
// kStateConflict when the same request was answered by another call in the meantime.
Result<void> ApplyOnce(Store& store, const Changes& changes, const RequestKey& key);
// The same for changes without a request: an unknown outcome stays kOutcomeUnknown.
Result<void> ApplyNow(Ledger& ledger, const Changes& changes);

}  // namespace passport
