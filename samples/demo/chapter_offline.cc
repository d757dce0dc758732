// The same bytes, a copy of the published folder, no network.
#include <filesystem>

#include "samples/demo/story.h"

namespace passport {

// The service goes on publishing meanwhile; a file that is being written, ".fresh-...", is none yet.
Result<void> Story::CopyPublished(const std::string& to) {
  namespace fs = std::filesystem;
  const fs::path from = service_.published();
  std::error_code error;
  fs::create_directories(to, error);
  for (fs::recursive_directory_iterator at(from, error), end; !error && at != end; at.increment(error)) {
    const fs::path name = at->path().lexically_relative(from);
    if (name.filename().string().starts_with(".fresh-")) continue;
    if (at->is_directory(error)) {
      fs::create_directory(to / name, error);
    } else {
      fs::copy_file(at->path(), to / name, error);
    }
    if (error) break;
  }
  if (error) return Fault{Reason::kFileUnreadable, "", "can not copy the published folder: " + error.message()};
  return {};
}

Result<void> Story::DecideOffline() {
  first_copy_ = At("usb-stick");
  TRY(CopyPublished(first_copy_));
  first_copied_at_ = std::chrono::steady_clock::now();
  screen_.Say(
      "The same text reaches a ward that has no network. Somebody once brought the published folder on a USB "
      "stick. The ward runs the small program passport-verify: it reads files, asks nobody, and trusts one key "
      "that it was given by hand (the anchor).");
  TRY_ASSIGN(const OfflineAnswer answer, DecideWithout("nurse offline", *shown_, {.published = first_copy_}));
  TRY(Expect("the nurse offline", facts_.decisions.front().outcome, answer.outcome));
  TRY(Expect("exit code of passport-verify", 0, static_cast<std::size_t>(answer.exit_code)));
  facts_.offline_verified = answer.valid && answer.exit_code == 0;
  TRY(Expect("passport-verify says valid", facts_.offline_verified));
  screen_.Say("MET. The same answer, with exit code 0 for scripts.");
  return {};
}

}  // namespace passport
