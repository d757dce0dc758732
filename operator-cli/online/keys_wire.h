// Keys and what will become of them, to the wire and back.
#pragma once

#include <string_view>

#include "operator-cli/online/answers.h"
#include "staffpassport/v1/keys_service.pb.h"

namespace passport {

staffpassport::v1::CompromiseKeyRequest ToWire(std::string_view request_id, const KeyLoss& loss);

KeyAnswer FromWire(const staffpassport::v1::KeyEntry& message);
KeyStepAnswer FromWire(const staffpassport::v1::KeyStep& message);

}  // namespace passport
