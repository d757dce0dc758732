// Values that occur in several messages: times, days, records, states. There and back where both ways are needed.
#pragma once

#include <google/protobuf/timestamp.pb.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "credential/decision/role_profile.h"
#include "credential/record/record.h"
#include "credential/vocabulary/held_as.h"
#include "credential/vocabulary/instant.h"
#include "passport-service/acts/change_standing.h"
#include "staffpassport/v1/credential.pb.h"
#include "staffpassport/v1/decision.pb.h"
#include "staffpassport/v1/held_as.pb.h"
#include "staffpassport/v1/record.pb.h"

namespace passport {

google::protobuf::Timestamp ToTimestamp(Instant at);
// Whole seconds; a part of a second is cut off.
Instant ToInstant(const google::protobuf::Timestamp& at);
// A time that a request may name; nothing unless it is `there`. Fails with kFieldInvalid naming the field outside of
// the years 1970 to 9999.
Result<std::optional<Instant>> ToMoment(bool there, const google::protobuf::Timestamp& at, std::string_view field);

// Empty is no day. Fails with kFieldInvalid naming the field.
Result<std::optional<CivilDay>> ToDay(std::string_view text, std::string_view field);

// Name and value of every fact, in the order of their names.
using Fields = std::vector<Record::Field>;
Fields ToFields(const staffpassport::v1::Record& record);
void Fill(const Record& record, staffpassport::v1::Record& message);

staffpassport::v1::CredentialState ToMessage(CredentialState state);
staffpassport::v1::HeldAs ToMessage(HeldAs held_as);
// Fails with kFieldInvalid for unspecified and for numbers of a newer version.
Result<HeldAs> ToHeldAs(staffpassport::v1::HeldAs held_as);
// The word the act knows. Fails with kFieldInvalid for unspecified and for numbers of a newer version.
Result<std::string> ToWord(staffpassport::v1::StandingReason reason);

// Unspecified is a placement. Fails with kFieldInvalid for numbers of a newer version.
Result<Engagement> ToEngagement(staffpassport::v1::Engagement engagement);

// Ids, with the field's name in the fault.
Result<RequestId> ToRequestId(std::string_view text);
Result<CredentialId> ToCredentialId(std::string_view text);
// Empty is none: the caller's own.
Result<std::optional<OrganisationId>> ToOrganisationIfNamed(std::string_view text);

}  // namespace passport
