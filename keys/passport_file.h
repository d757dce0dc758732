// A passport file: what a person carries with them, under a passphrase of theirs (docs/formats/passport-file.md).
//
// The layout stands here and the seal; what is inside, beside the key, is text that this room does not read
// (credential/passport/carried_passport.h). Pure: no file is opened here.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "credential/vocabulary/random.h"
#include "credential/vocabulary/result.h"
#include "keys/private_key.h"
#include "keys/scrypt_cost.h"
#include "keys/secret.h"

namespace passport {

// Of the text of a file: a passport of a thousand credentials takes less.
inline constexpr std::size_t kPassportFileBytesMax = std::size_t{16} << 20;
using PassportSalt = std::array<std::uint8_t, 32>;

// The file as it lies there.
struct PassportFileText {
  ScryptCost cost;
  PassportSalt salt;
  std::string clear;                 // the exact first line, line end included: authenticated by the seal
  std::vector<std::uint8_t> sealed;  // key and content
};

// What the detail of the fault says, so that a person knows which it is. The last line is a plain digest: it tells what
// happened to a file by accident. Who alters it on purpose can make it fit, and meets the seal.
inline constexpr std::string_view kNoPassportFile = "it is no passport file";
inline constexpr std::string_view kPassportFileCutShort = "the passport file is cut short";
inline constexpr std::string_view kPassportFileAltered = "the passport file was altered";

// Exactly one text stands for one file. Fails with kFileUnreadable and one of the details above, with kSchemaNewer for
// a version that is not ours, and with kLimit past kPassportFileBytesMax.
Result<PassportFileText> ReadPassportFile(std::string_view text);

// The key that a passphrase makes, kept while a program runs so that the file can be written again. Never printed.
class PassportSeal {
 public:
  // A new one, with a salt of its own. Fails with kPassphrase when the passphrase is empty or longer than
  // kPassphraseBytesMax, and as DeriveKey does.
  static Result<PassportSeal> Make(const Secret& passphrase, ScryptCost cost, Random& random);
  // The one of a file; whether it opens it, OpenPassport::Read says. Fails as a file that was altered when its cost is
  // not sane, and as DeriveKey does.
  static Result<PassportSeal> Of(const PassportFileText& file, const Secret& passphrase);

  // The text of the whole file. Fails with kSigning, and with kLimit when it would be too long to be read again.
  Result<std::string> Close(const PrivateKey& key, std::string_view content, Random& random) const;

 private:
  friend struct OpenPassport;
  PassportSeal(ScryptCost cost, const PassportSalt& salt, Secret key)
      : cost_(cost), salt_(salt), key_(std::move(key)) {}
  ScryptCost cost_;
  PassportSalt salt_;
  Secret key_;
};

// A file that was opened.
struct OpenPassport {
  PassportSeal seal;
  PrivateKey key;
  std::string content;

  // Fails as ReadPassportFile does; with kPassphrase when the passphrase does not open it, or somebody altered it so
  // that the last line fits: those two can not be told apart.
  static Result<OpenPassport> Read(std::string_view text, const Secret& passphrase);
};

}  // namespace passport
