// Calls of ServiceClient that are about the passports of an employer's people.
#include "operator-cli/online/service_client_parts.h"

namespace passport {

namespace v1 = staffpassport::v1;

Result<BadgeAnswer> ServiceClient::IssueBadge(std::string_view request_id, const BadgeEntry& entry) {
  v1::IssueBadgeRequest request;
  request.set_request_id(std::string(request_id));
  request.set_employee_number(entry.employee_number);
  request.set_name(entry.name);
  request.set_role(entry.role);
  request.set_valid_through(entry.valid_through);
  request.set_photo_digest(entry.photo_digest);
  TRY_ASSIGN(const v1::IssueBadgeResponse response,
             parts_->Call(*parts_->passport, &v1::PassportService::Stub::IssueBadge, request));
  return BadgeAnswer{.credential_id = response.credential_id(), .badge = response.badge()};
}

}  // namespace passport
