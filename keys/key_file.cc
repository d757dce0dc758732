#include "keys/key_file.h"

#include <limits>
#include <optional>
#include <span>

#include "credential/crypto/sha256.h"
#include "credential/encoding/base64url.h"
#include "credential/encoding/json.h"

namespace passport {
namespace {

constexpr std::int64_t kVersion = 1;
constexpr std::string_view kTokenStoreKind = "staff-passport key store in a token";
constexpr std::size_t kTokenLabelMax = 32;  // PKCS#11, CK_TOKEN_INFO
constexpr json::Limits kHeaderLimits{
    .bytes = kKeyFileBytesMax, .depth = 3, .nodes = 32, .string_bytes = 256, .members = 16};

Fault Damaged(std::string what) { return {Reason::kKeyStore, "", std::move(what)}; }

// Takes the text up to the next newline, newline included, from the front.
std::string_view TakeLine(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end == std::string_view::npos ? 0 : end + 1);
  text.remove_prefix(line.size());
  return line;
}

Result<std::vector<std::uint8_t>> Bytes(std::string_view line) {
  if (line.empty()) return Damaged("a line is missing");
  Result<std::vector<std::uint8_t>> bytes = DecodeBase64Url(line.substr(0, line.size() - 1));
  if (!bytes.ok()) return Damaged("a line is not base64url");
  return std::move(bytes).value();
}

// A header read member by member; the first that is missing or of another type is remembered.
class HeaderReader {
 public:
  explicit HeaderReader(const json::Value& header) : header_(header) {}

  std::string_view Text(std::string_view name) {
    const json::Value* const value = header_.Find(name);
    const std::optional<std::string_view> text = value == nullptr ? std::nullopt : value->text();
    good_ = good_ && text.has_value();
    return text.value_or("");
  }
  std::uint32_t Count(std::string_view name) {
    const std::int64_t number = Number(name).value_or(-1);
    const bool fits = number >= 0 && number <= std::numeric_limits<std::uint32_t>::max();
    good_ = good_ && fits;
    return fits ? static_cast<std::uint32_t>(number) : 0;
  }
  Instant Time(std::string_view name) {
    const std::optional<std::int64_t> number = Number(name);
    good_ = good_ && number.has_value();
    return Instant{number.value_or(0)};
  }
  std::optional<Instant> TimeIfAny(std::string_view name) {
    if (header_.Find(name) == nullptr) return std::nullopt;
    return Time(name);
  }
  void Bytes(std::string_view name, std::span<std::uint8_t> out) {
    good_ = DecodeBase64UrlInto(Text(name), out).ok() && good_;
  }
  bool good() const { return good_; }

 private:
  std::optional<std::int64_t> Number(std::string_view name) const {
    const json::Value* const value = header_.Find(name);
    return value == nullptr ? std::nullopt : value->integer();
  }
  const json::Value& header_;
  bool good_ = true;
};

Result<json::Value*> ReadHeader(std::string_view line, std::string_view kind, json::Tree& tree) {
  const Result<json::Value*> read = tree.Parse(line, kHeaderLimits);
  if (!read.ok() || !(*read)->is_object()) return Damaged("the first line is not a JSON object");
  HeaderReader header(**read);
  if (header.Text("file") != kind) return Damaged("the file is not of this kind");
  if (header.Count("version") != kVersion || !header.good()) return Damaged("the version is not known");
  return *read;
}

// The times that a state must have and must not have.
bool TimesFit(const KeyInfo& info) {
  if (IsSecretRole(info.role) && info.published_at) return false;
  switch (info.state) {
    case KeyState::kStaged:
      return !info.activated_at && !info.retired_at && !info.compromised_at;
    case KeyState::kActive:
      return info.activated_at && !info.retired_at && !info.compromised_at;
    case KeyState::kRetired:
      return info.retired_at && !info.compromised_at;
    case KeyState::kCompromised:
      return info.compromised_at.has_value();
  }
  return false;
}

json::Value& Text(json::Tree& tree, std::span<const std::uint8_t> bytes) { return tree.String(EncodeBase64Url(bytes)); }

std::string Line(std::span<const std::uint8_t> bytes) { return EncodeBase64Url(bytes) + "\n"; }

}  // namespace

std::string StoreFileClear(const StoreHeader& header) {
  json::Tree tree;
  json::Value& object = tree.Object();
  object.Append("file", tree.String("staff-passport key store"));
  object.Append("version", tree.Integer(kVersion));
  object.Append("store", Text(tree, header.id));
  object.Append("kdf", tree.String("scrypt"));
  object.Append("N", tree.Integer(header.cost.N));
  object.Append("r", tree.Integer(header.cost.r));
  object.Append("p", tree.Integer(header.cost.p));
  object.Append("salt", Text(tree, header.salt));
  return json::Write(object) + "\n";
}

std::string TokenFileClear(const StoreId& id, std::string_view token) {
  json::Tree tree;
  json::Value& object = tree.Object();
  object.Append("file", tree.String(kTokenStoreKind));
  object.Append("version", tree.Integer(kVersion));
  object.Append("store", Text(tree, id));
  object.Append("token", tree.String(token));
  return json::Write(object) + "\n";
}

std::string KeyFileClear(const StoreId& store, const KeyInfo& info) {
  json::Tree tree;
  json::Value& object = tree.Object();
  const auto time = [&](std::string_view name, const std::optional<Instant>& at) {
    if (at) object.Append(name, tree.Integer(at->seconds));
  };
  object.Append("file", tree.String("staff-passport key"));
  object.Append("version", tree.Integer(kVersion));
  object.Append("store", Text(tree, store));
  object.Append("owner", tree.String(info.owner.text()));
  object.Append("role", tree.String(WordOf(info.role)));
  object.Append("kid", tree.String(info.kid));
  object.Append("state", tree.String(WordOf(info.state)));
  time("created_at", info.created_at);
  time("published_at", info.published_at);
  time("activated_at", info.activated_at);
  time("retired_at", info.retired_at);
  time("compromised_at", info.compromised_at);
  return json::Write(object) + "\n";
}

std::string StoreFileText(std::string_view clear, std::span<const std::uint8_t> check) {
  std::string text(clear);
  text += Line(check);
  const Digest sum = Sha256(text);
  return text + Line(sum);
}

std::string KeyFileText(std::string_view clear, std::span<const std::uint8_t> sealed) {
  return std::string(clear) + Line(sealed);
}

Result<StoreFile> ReadStoreFile(std::string_view text) {
  if (text.size() > kKeyFileBytesMax) return Damaged("the file is longer than 4096 bytes");
  std::string_view rest = text;
  StoreFile file;
  file.clear = TakeLine(rest);
  TRY_ASSIGN(file.check, Bytes(TakeLine(rest)));
  json::Tree tree;
  TRY_ASSIGN(const json::Value* object, ReadHeader(file.clear, "staff-passport key store", tree));
  HeaderReader header(*object);
  header.Bytes("store", file.header.id);
  header.Bytes("salt", file.header.salt);
  file.header.cost = {.N = header.Count("N"), .r = header.Count("r"), .p = header.Count("p")};
  if (!header.good()) return Damaged("a member of the header is missing or of another form");
  // The last line tells damage from a wrong passphrase; that nobody changed the file on purpose is told by the check.
  if (StoreFileText(StoreFileClear(file.header), file.check) != text) return Damaged("the file was altered");
  return file;
}

Result<TokenFile> ReadTokenFile(std::string_view text) {
  if (text.size() > kKeyFileBytesMax) return Damaged("the file is longer than 4096 bytes");
  std::string_view rest = text;
  TokenFile file;
  file.clear = TakeLine(rest);
  TRY_ASSIGN(file.mac, Bytes(TakeLine(rest)));
  json::Tree tree;
  TRY_ASSIGN(const json::Value* object, ReadHeader(file.clear, kTokenStoreKind, tree));
  HeaderReader header(*object);
  header.Bytes("store", file.id);
  file.token = header.Text("token");
  if (!header.good() || file.token.empty() || file.token.size() > kTokenLabelMax) {
    return Damaged("a member of the header is missing or of another form");
  }
  if (KeyFileText(TokenFileClear(file.id, file.token), file.mac) != text) return Damaged("the file was altered");
  return file;
}

Result<KeyFile> ReadKeyFile(std::string_view text) {
  if (text.size() > kKeyFileBytesMax) return Damaged("the file is longer than 4096 bytes");
  std::string_view rest = text;
  std::string clear(TakeLine(rest));
  TRY_ASSIGN(std::vector<std::uint8_t> sealed, Bytes(TakeLine(rest)));
  json::Tree tree;
  TRY_ASSIGN(const json::Value* object, ReadHeader(clear, "staff-passport key", tree));
  HeaderReader header(*object);
  const Result<KeyOwner> owner = KeyOwner::Parse(header.Text("owner"));
  const Result<KeyRole> role = ParseKeyRole(header.Text("role"));
  const Result<KeyState> state = ParseKeyState(header.Text("state"));
  std::array<std::uint8_t, 32> kid{};
  header.Bytes("kid", kid);
  StoreId store{};
  header.Bytes("store", store);
  const Instant created_at = header.Time("created_at");
  const std::optional<Instant> published_at = header.TimeIfAny("published_at");
  const std::optional<Instant> activated_at = header.TimeIfAny("activated_at");
  const std::optional<Instant> retired_at = header.TimeIfAny("retired_at");
  const std::optional<Instant> compromised_at = header.TimeIfAny("compromised_at");
  if (!owner.ok() || !role.ok() || !state.ok() || !header.good()) {
    return Damaged("a member of the header is missing or of another form");
  }
  KeyInfo info{.owner = *owner,
               .role = *role,
               .kid = EncodeBase64Url(kid),
               .state = *state,
               .created_at = created_at,
               .published_at = published_at,
               .activated_at = activated_at,
               .retired_at = retired_at,
               .compromised_at = compromised_at,
               .point = std::nullopt};
  if (!TimesFit(info)) return Damaged("the times do not fit the state");
  if (KeyFileText(KeyFileClear(store, info), sealed) != text) return Damaged("the file was altered");
  return KeyFile{store, std::move(info), std::move(clear), std::move(sealed)};
}

Result<KeyFile> ReadKeyFileOf(const StoreId& store, std::string_view file_name, std::string_view text) {
  TRY_ASSIGN(KeyFile file, ReadKeyFile(text));
  if (file.store != store) return Damaged("the key is of another store");
  if (file.info.kid + ".key" != file_name) return Damaged("the file is not named as its key");
  return file;
}

Fault InStoreFile(Fault fault) {
  fault.detail = std::string(kStoreFileName) + ": " + fault.detail;
  return fault;
}

}  // namespace passport
