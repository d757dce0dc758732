// Being asked to stop.
#pragma once

namespace passport {

// From here on SIGTERM and SIGINT wait to be taken, in this thread and all it starts. A reader that goes away is an
// error of its write, not the end of us. Call before the first thread.
void HoldSignals();

// Waits until one of them comes.
void WaitForStop();

}  // namespace passport
