// SD-JWT VC Type Metadata of a kind: what wallets and receivers of other makers need to show its credentials to people
// and to know which claims a holder can keep back (SD-JWT VC, "Type Metadata"; docs/formats/type-metadata.md).
#pragma once

#include <string>

#include "credential/record/record_kind.h"

namespace passport {

// The JSON document, the same bytes for the same kind, so that a digest of it can be published (vct#integrity). Texts
// are in English ("en-GB"). Claims of the envelope (iss, cnf, status, held_as, ...) are not of the kind and not listed.
std::string TypeMetadataOf(const RecordKind& kind);

}  // namespace passport
