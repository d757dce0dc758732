#include "passport-service/rpc/access_table.h"

#include "passport-service/rpc/convert_system.h"
#include "staffpassport/v1/access.pb.h"

namespace passport {

namespace v1 = staffpassport::v1;

namespace {

std::optional<HolderNeeds> NeedsOf(v1::HolderProof proof) {
  switch (proof) {
    case v1::HOLDER_PROOF_SESSION:
      return HolderNeeds::kSession;
    case v1::HOLDER_PROOF_PASSPORT:
      return HolderNeeds::kPassport;
    case v1::HOLDER_PROOF_ANY_CODE:
      return HolderNeeds::kAnyCode;
    case v1::HOLDER_PROOF_ANY_KEY:
      return HolderNeeds::kAnyKey;
    case v1::HOLDER_PROOF_JUDGED:
      return HolderNeeds::kActJudges;
    default:
      return std::nullopt;
  }
}

}  // namespace

CallAccess AccessOf(const google::protobuf::MethodDescriptor& method) {
  CallAccess call{.method = method.name(),
                  .roles = {},
                  .holder = {},
                  .path = "/" + method.service()->full_name() + "/" + method.name()};
  const v1::Access& access = method.options().GetExtension(v1::access);
  call.reads_personal_data = access.reads_personal_data();
  if (access.scope() == v1::SCOPE_UNSPECIFIED) return call;
  if (access.scope() == v1::SCOPE_HOLDER) {
    if (access.roles().empty()) call.holder = NeedsOf(access.proof());
    return call;
  }
  Roles roles;
  for (const int number : access.roles()) {
    const Result<Role> role = ToRole(static_cast<v1::Role>(number));
    if (!role.ok()) return call;
    roles.Add(*role);
  }
  call.roles = roles;
  return call;
}

AccessTable::AccessTable(std::initializer_list<const char*> services) {
  const google::protobuf::DescriptorPool& pool = *google::protobuf::DescriptorPool::generated_pool();
  for (const char* const name : services) {
    const google::protobuf::ServiceDescriptor* const service = pool.FindServiceByName(name);
    for (int i = 0; service != nullptr && i < service->method_count(); ++i) {
      calls_.emplace(service->method(i)->input_type(), AccessOf(*service->method(i)));
    }
  }
}

const CallAccess& AccessTable::Of(const google::protobuf::Descriptor& request) const {
  static const CallAccess kNobody{.method = "unknown", .roles = {}, .holder = {}, .path = {}};
  const auto call = calls_.find(&request);
  return call == calls_.end() ? kNobody : call->second;
}

}  // namespace passport
