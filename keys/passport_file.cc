#include "keys/passport_file.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "credential/crypto/sha256.h"
#include "credential/encoding/base64url.h"
#include "credential/encoding/json.h"
#include "keys/passphrase.h"
#include "keys/sealing.h"

namespace passport {
namespace {

constexpr std::string_view kPassportFileKind = "staff passport";
constexpr std::int64_t kPassportFileVersion = 1;
constexpr std::size_t kPassportHeaderBytesMax = 1024;
constexpr json::Limits kPassportHeaderLimits{
    .bytes = kPassportHeaderBytesMax, .depth = 2, .nodes = 32, .string_bytes = 256, .members = 16};
constexpr std::size_t kKeyLengthBytes = 2;  // big-endian, before the key

Fault BadPassportFile(std::string_view what) { return {Reason::kFileUnreadable, "", std::string(what)}; }

std::span<const std::uint8_t> PassportFileBytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string PassportFileClear(ScryptCost cost, const PassportSalt& salt, std::size_t sealed_bytes) {
  json::Tree tree;
  json::Value& object = tree.Object();
  object.Append("file", tree.String(kPassportFileKind));
  object.Append("version", tree.Integer(kPassportFileVersion));
  object.Append("kdf", tree.String("scrypt"));
  object.Append("N", tree.Integer(cost.N));
  object.Append("r", tree.Integer(cost.r));
  object.Append("p", tree.Integer(cost.p));
  object.Append("salt", tree.String(EncodeBase64Url(salt)));
  object.Append("sealed_bytes", tree.Integer(static_cast<std::int64_t>(sealed_bytes)));
  return json::Write(object) + "\n";
}

std::string PassportFileLines(std::string_view clear, std::span<const std::uint8_t> sealed) {
  std::string text(clear);
  AppendBase64Url(sealed, text);
  text += '\n';
  const Digest sum = Sha256(text);
  AppendBase64Url(sum, text);
  return text + "\n";
}

struct PassportHeader {
  ScryptCost cost;
  PassportSalt salt;
  std::size_t sealed_bytes;
};

std::optional<std::uint32_t> CountOf(const json::Value& header, std::string_view name) {
  const json::Value* const value = header.Find(name);
  const std::optional<std::int64_t> number = value == nullptr ? std::nullopt : value->integer();
  if (!number || *number < 0 || *number > std::numeric_limits<std::uint32_t>::max()) return std::nullopt;
  return static_cast<std::uint32_t>(*number);
}

// Kind and version come first: what a newer version looks like otherwise is not ours to judge.
Result<PassportHeader> ReadPassportHeader(std::string_view line) {
  json::Tree tree;
  const Result<json::Value*> read = tree.Parse(line, kPassportHeaderLimits);
  if (!read.ok() || !(*read)->is_object()) return BadPassportFile(kNoPassportFile);
  const json::Value& header = **read;
  const json::Value* const kind = header.Find("file");
  const json::Value* const version = header.Find("version");
  if (kind == nullptr || kind->text() != kPassportFileKind || version == nullptr)
    return BadPassportFile(kNoPassportFile);
  if (const auto number = version->integer(); number && *number > kPassportFileVersion) {
    return Fault{Reason::kSchemaNewer, "", "the passport file is of version " + std::to_string(*number)};
  }
  const json::Value* const salt = header.Find("salt");
  const auto n = CountOf(header, "N");
  const auto r = CountOf(header, "r");
  const auto p = CountOf(header, "p");
  const auto sealed_bytes = CountOf(header, "sealed_bytes");
  PassportHeader found{.cost = {.N = n.value_or(0), .r = r.value_or(0), .p = p.value_or(0)},
                       .salt = {},
                       .sealed_bytes = sealed_bytes.value_or(0)};
  const bool good = n && r && p && sealed_bytes && salt != nullptr && salt->text() &&
                    DecodeBase64UrlInto(*salt->text(), found.salt).ok();
  if (!good) return BadPassportFile(kPassportFileAltered);
  return found;
}

}  // namespace

Result<PassportFileText> ReadPassportFile(std::string_view text) {
  if (text.size() > kPassportFileBytesMax) return Fault{Reason::kLimit, "", "the passport file is longer than 16 MiB"};
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) {
    // Without its first line nothing tells what it was, unless it begins like one.
    const bool begins_like_one = !text.empty() && text.starts_with("{\"file\":\"staff passport\"");
    return BadPassportFile(begins_like_one ? kPassportFileCutShort : kNoPassportFile);
  }
  const std::string_view clear = text.substr(0, end + 1);
  TRY_ASSIGN(const PassportHeader header, ReadPassportHeader(clear));
  if (header.sealed_bytes > kPassportFileBytesMax) return BadPassportFile(kPassportFileAltered);
  const std::size_t sealed_text = Base64UrlLength(header.sealed_bytes);
  const std::size_t whole = clear.size() + sealed_text + 1 + Base64UrlLength(sizeof(Digest)) + 1;
  if (text.size() < whole) return BadPassportFile(kPassportFileCutShort);
  PassportFileText file{.cost = header.cost, .salt = header.salt, .clear = std::string(clear), .sealed = {}};
  Result<std::vector<std::uint8_t>> sealed = DecodeBase64Url(text.substr(clear.size(), sealed_text));
  if (!sealed.ok()) return BadPassportFile(kPassportFileAltered);
  file.sealed = std::move(sealed).value();
  if (PassportFileClear(file.cost, file.salt, file.sealed.size()) != clear ||
      PassportFileLines(clear, file.sealed) != text) {
    return BadPassportFile(kPassportFileAltered);
  }
  return file;
}

Result<PassportSeal> PassportSeal::Make(const Secret& passphrase, ScryptCost cost, Random& random) {
  if (passphrase.empty() || passphrase.size() > kPassphraseBytesMax)
    return Fault{Reason::kPassphrase, "", "the passphrase is empty or longer than 1024 bytes"};
  PassportSalt salt{};
  random.Fill(salt);
  TRY_ASSIGN(Secret key, DeriveKey(passphrase, salt, cost));
  return PassportSeal(cost, salt, std::move(key));
}

Result<PassportSeal> PassportSeal::Of(const PassportFileText& file, const Secret& passphrase) {
  if (!IsSane(file.cost)) return BadPassportFile(kPassportFileAltered);  // never written by us
  TRY_ASSIGN(Secret key, DeriveKey(passphrase, file.salt, file.cost));
  return PassportSeal(file.cost, file.salt, std::move(key));
}

Result<std::string> PassportSeal::Close(const PrivateKey& key, std::string_view content, Random& random) const {
  TRY_ASSIGN(const Secret der, key.ToPkcs8());
  Secret plain(kKeyLengthBytes + der.size() + content.size());
  plain.bytes()[0] = static_cast<std::uint8_t>(der.size() >> 8U);
  plain.bytes()[1] = static_cast<std::uint8_t>(der.size());
  std::copy(der.bytes().begin(), der.bytes().end(), plain.bytes().begin() + kKeyLengthBytes);
  const auto text = PassportFileBytes(content);
  std::copy(text.begin(), text.end(),
            plain.bytes().begin() + static_cast<std::ptrdiff_t>(kKeyLengthBytes + der.size()));
  const std::string clear = PassportFileClear(cost_, salt_, plain.size() + kSealOverheadBytes);
  TRY_ASSIGN(const std::vector<std::uint8_t> sealed, SealBytes(key_, plain.bytes(), PassportFileBytes(clear), random));
  std::string whole = PassportFileLines(clear, sealed);
  if (whole.size() > kPassportFileBytesMax) return Fault{Reason::kLimit, "", "the passport is longer than 16 MiB"};
  return whole;
}

Result<OpenPassport> OpenPassport::Read(std::string_view text, const Secret& passphrase) {
  TRY_ASSIGN(const PassportFileText file, ReadPassportFile(text));
  TRY_ASSIGN(PassportSeal seal, PassportSeal::Of(file, passphrase));
  const Result<Secret> plain = UnsealBytes(seal.key_, file.sealed, PassportFileBytes(file.clear));
  if (!plain.ok())
    return Fault{Reason::kPassphrase, "", "it opens no such passport, or the file was altered on purpose"};
  const std::span<const std::uint8_t> bytes = plain->bytes();
  const std::size_t key_bytes =
      bytes.size() < kKeyLengthBytes ? 0 : static_cast<std::size_t>(bytes[0] << 8U | bytes[1]);
  if (bytes.size() < kKeyLengthBytes + key_bytes) return BadPassportFile(kPassportFileAltered);
  Result<PrivateKey> key = PrivateKey::FromPkcs8(Secret(bytes.subspan(kKeyLengthBytes, key_bytes)));
  if (!key.ok()) return BadPassportFile(kPassportFileAltered);
  const std::span<const std::uint8_t> content = bytes.subspan(kKeyLengthBytes + key_bytes);
  return OpenPassport{.seal = std::move(seal),
                      .key = std::move(key).value(),
                      .content = std::string(reinterpret_cast<const char*>(content.data()), content.size())};
}

}  // namespace passport
