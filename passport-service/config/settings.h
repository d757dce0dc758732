// How a service runs: from a JSON file, from flags, or both; flags win.
//
// docs/formats/api.md shows a whole file. Every member is optional there; what is missing in the end has the value
// below or is asked for by Check().
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "credential/vocabulary/instant.h"
#include "credential/vocabulary/result.h"

namespace passport {

struct Settings {
  // Folders: the store, the private keys, what is published, and ca.pem, server.pem, server.key.
  std::filesystem::path data;
  std::filesystem::path keys;
  std::filesystem::path published;
  std::filesystem::path tls;
  // The hardware module that has the keys, and the label of the token in it; without them they are in the folder.
  std::optional<std::filesystem::path> pkcs11;
  std::optional<std::string> token;
  // A signer that runs already, by its socket; it has the keys and their passphrase. Without it the service starts one
  // of its own, as that user where root starts the service.
  std::optional<std::filesystem::path> signer;
  std::optional<std::string> signer_user;
  // Where the passphrase of the keys, or the PIN of the token, comes from: one of the two. It goes to the signer
  // unread.
  std::optional<std::filesystem::path> passphrase_file;
  std::optional<int> passphrase_fd;

  std::string listen = "127.0.0.1:8443";
  std::optional<std::filesystem::path> port_file;  // the port is written here when it is open
  // Where people call with their own key or passport code, without a client certificate; without it nobody can.
  std::optional<std::string> listen_people;
  std::optional<std::filesystem::path> people_port_file;
  // The hosts people know the service by; none: those of its certificate. A proof that was made for another host is
  // refused (docs/formats/holder-proof.md).
  std::vector<std::string> people_names;
  bool reflection = true;
  int threads_max = 96;
  Seconds drain{20};  // how long calls may go on after SIGTERM

  // Between a change (a revocation, a rule, a key) and the moment receivers can read of it, at most. Many changes
  // within it may be one publication.
  Seconds publish_within{60};
  Seconds bundle_every{900};  // docs/formats/bundle.md
  // How long what is kept, and where the data is backed up; without them nothing is erased, nothing backed up.
  std::optional<std::filesystem::path> retention;
  Seconds retention_interval{std::int64_t{6} * 3600};
  std::optional<std::filesystem::path> backup;
  Seconds backup_interval{std::int64_t{6} * 3600};
  int backup_versions = 28;  // that are kept
  // Of flags alone, for one start (acts/audit_start.h): why an older store, or an earlier clock, is taken.
  std::optional<std::string> accepted_older_store;
  std::optional<std::string> accepted_clock;

  std::uint64_t roster_lines_max = 1'000'000;                 // of one call
  std::size_t roster_remembered_max = 1'000;                  // people whose verified records one call remembers
  std::uint64_t free_floor_bytes = std::uint64_t{256} << 20;  // nothing is written with less space than this

  Seconds credential_lifetime{std::int64_t{1826} * 86'400};
  Seconds registry_lifetime{std::int64_t{7} * 86'400};
  Seconds registry_grace{86'400};
  Seconds status_lifetime{86'400};
  Seconds status_ttl{300};
  Seconds status_age_max{900};

  Seconds key_life{std::int64_t{365} * 86'400};
  Seconds key_published_ahead{std::int64_t{30} * 86'400};
  Seconds key_overlap{86'400};

  // Fails with kFieldInvalid naming the member that is missing or out of its range.
  Result<void> Check() const;
};

inline constexpr std::size_t kSettingsBytesMax = 64 * 1024;

// Reads the JSON text over `settings`. Fails with kFieldInvalid for a member that is unknown or of the wrong kind (the
// detail names it), kMalformed or kLimit for the JSON itself.
Result<void> ReadSettings(std::string_view text, Settings& settings);

}  // namespace passport
