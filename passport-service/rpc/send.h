// One message of a stream on its way out.
#pragma once

#include "passport-service/rpc/open_stream.h"

namespace passport {

// Sends it and counts it. Fails with what the caller may not go on for, and when the other side is gone.
template <class Stream, class Response>
Result<void> Send(Stream& stream, const Response& response, OpenStream& call) {
  if (!stream.Write(response)) return call.Gone();
  return call.GoOn(response.ByteSizeLong());
}

}  // namespace passport
