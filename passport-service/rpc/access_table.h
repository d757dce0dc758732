// Who may make which call: the option `access` of every rpc, read once from the descriptors.
#pragma once

#include <google/protobuf/descriptor.h>

#include <initializer_list>
#include <map>
#include <optional>
#include <string>

#include "passport-service/acts/admit_holder.h"
#include "passport-service/acts/caller.h"

namespace passport {

struct CallAccess {
  std::string method;  // "GetCredential"
  Roles roles;         // any one is enough; none: nobody may
  bool reads_personal_data = false;
  std::optional<HolderNeeds> holder;  // SCOPE_HOLDER: for the person who proves it so, and no role
  std::string path;                   // "/staffpassport.v1.IssuerService/GetCredential"
};

// Immutable once made; any thread may ask.
class AccessTable {
 public:
  // Of these services, by full name. A call whose option is missing, or lacks roles or scope, or of SCOPE_HOLDER the
  // proof, nobody may make.
  AccessTable(std::initializer_list<const char*> services);
  // The call whose request this is; for a message that belongs to no call of these services, a call nobody may make.
  const CallAccess& Of(const google::protobuf::Descriptor& request) const;

 private:
  std::map<const google::protobuf::Descriptor*, CallAccess> calls_;
};

// What the option of one call says.
CallAccess AccessOf(const google::protobuf::MethodDescriptor& method);

}  // namespace passport
