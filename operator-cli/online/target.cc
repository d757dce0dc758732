#include "operator-cli/online/target.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <span>
#include <system_error>

#include "keys/secret_text.h"

namespace passport {
namespace {

constexpr std::size_t kPemBytesMax = std::size_t{64} * 1024;

enum class Privacy { kAnyone, kOwnerOnly };

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

Fault Unreadable(const std::string& path, const std::string& why) {
  return {Reason::kFileUnreadable, "", path + ": " + why};
}

// Straight into memory that is wiped, because one of the files is a key.
Result<Secret> ReadPem(const std::string& path, Privacy privacy) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.number() < 0) return Unreadable(path, std::generic_category().message(errno));
  struct stat about {};
  if (fstat(file.number(), &about) != 0) return Unreadable(path, std::generic_category().message(errno));
  if (!S_ISREG(about.st_mode)) return Unreadable(path, "it is not a file");
  if (privacy == Privacy::kOwnerOnly && (about.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return Fault{Reason::kKeyPermissions, "", path + " may be read by others; set its mode to 0600"};
  }
  Secret text(kPemBytesMax + 1);
  std::size_t filled = 0;
  while (filled < text.size()) {
    const ssize_t count = read(file.number(), text.bytes().data() + filled, text.size() - filled);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Unreadable(path, std::generic_category().message(errno));
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
  }
  if (filled > kPemBytesMax) return Unreadable(path, "it is larger than 64 KiB");
  text.Truncate(filled);
  if (TextOf(text).find("-----BEGIN ") == std::string_view::npos) return Unreadable(path, "it is not PEM");
  return text;
}

bool HasPort(std::string_view address) {
  const std::size_t colon = address.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  const std::string_view port = address.substr(colon + 1);
  constexpr std::size_t kPortDigitsMax = 5;
  return !port.empty() && port.size() <= kPortDigitsMax &&
         std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Result<Target> ReadTarget(std::string_view address, const std::string& folder, std::string_view name) {
  if (!HasPort(address)) return Fault{Reason::kFieldInvalid, "", "the server is not named like 127.0.0.1:8443"};
  if (name.empty() || name.find('/') != std::string_view::npos) {
    return Fault{Reason::kFieldInvalid, "", "the name of the certificate is empty or a path"};
  }
  const std::string ours = folder + "/" + std::string(name);
  TRY_ASSIGN(const Secret authority, ReadPem(folder + "/" + std::string(kAuthorityFile), Privacy::kAnyone));
  TRY_ASSIGN(const Secret certificate, ReadPem(ours + ".pem", Privacy::kAnyone));
  TRY_ASSIGN(Secret key, ReadPem(ours + ".key", Privacy::kOwnerOnly));
  return Target{.address = std::string(address),
                .ca_pem = std::string(TextOf(authority)),
                .certificate_pem = std::string(TextOf(certificate)),
                .private_key_pem = std::move(key)};
}

}  // namespace passport
