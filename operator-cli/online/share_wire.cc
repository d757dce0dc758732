#include "operator-cli/online/share_wire.h"

namespace passport {

namespace v1 = staffpassport::v1;

Result<std::string> ShareStateWord(v1::ShareState state) {
  switch (state) {
    case v1::SHARE_STATE_ASKED:
      return std::string("asked");
    case v1::SHARE_STATE_GIVEN:
      return std::string("given");
    case v1::SHARE_STATE_RENEWING:
      return std::string("renewing");
    case v1::SHARE_STATE_DECLINED:
      return std::string("declined");
    case v1::SHARE_STATE_ENDED:
      return std::string("ended");
    case v1::SHARE_STATE_LAPSED:
      return std::string("lapsed");
    default:
      return Fault{Reason::kSchemaNewer, "", "the service says a state of a share that this program does not know"};
  }
}

}  // namespace passport
