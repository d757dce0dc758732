#include "credential/passport/carried_passport.h"

#include <algorithm>
#include <array>
#include <utility>

#include "credential/encoding/json.h"
#include "credential/encoding/json_members.h"
#include "credential/vocabulary/identifiers.h"

namespace passport {
namespace {

constexpr std::string_view kCarriedMark = "staff_passport_carried";
constexpr std::int64_t kCarriedVersion = 1;
constexpr json::Limits kCarriedLimits{
    .bytes = kCarriedTextBytesMax, .depth = 4, .nodes = 20'000, .string_bytes = std::size_t{8} << 20, .members = 16};

Fault NotCarried(std::string_view what) { return {Reason::kMalformed, "", "passport: " + std::string(what)}; }

// Members of one object, each read once; the first that does not fit is remembered.
class CarriedReader {
 public:
  explicit CarriedReader(const json::Value& object) : object_(object) {}

  std::string Text(std::string_view name) {
    const json::Value* const value = object_.Find(name);
    const auto text = value == nullptr ? std::nullopt : value->text();
    good_ = good_ && text;
    return std::string(text.value_or(""));
  }
  bool Flag(std::string_view name) {
    const json::Value* const value = object_.Find(name);
    const auto flag = value == nullptr ? std::nullopt : value->boolean();
    good_ = good_ && flag;
    return flag.value_or(false);
  }
  // Null when it is not there.
  const json::Value* Object(std::string_view name) {
    const json::Value* const value = object_.Find(name);
    good_ = good_ && (value == nullptr || value->is_object());
    return good_ ? value : nullptr;
  }
  bool good() const { return good_; }

 private:
  const json::Value& object_;
  bool good_ = true;
};

Result<CarriedCredential> ReadCarriedCredential(const json::Value& object) {
  constexpr std::array<std::string_view, 8> kMembers = {"id",    "issuer",       "issuer_name", "kind",
                                                        "state", "state_reason", "token",       "accepted"};
  if (!object.is_object() || json::FirstUnknown(object, kMembers) != nullptr)
    return NotCarried("a credential is not an object of ours");
  CarriedReader reader(object);
  CarriedCredential credential{.id = reader.Text("id"),
                               .issuer = reader.Text("issuer"),
                               .issuer_name = reader.Text("issuer_name"),
                               .kind = reader.Text("kind"),
                               .state = reader.Text("state"),
                               .state_reason = reader.Text("state_reason"),
                               .token = reader.Text("token"),
                               .accepted = reader.Flag("accepted")};
  const bool known_state =
      credential.state == "current" || credential.state == "suspended" || credential.state == "revoked";
  if (!reader.good() || !known_state || !CredentialId::Parse(credential.id).ok())
    return NotCarried("a member of a credential is missing or of another form");
  return credential;
}

std::optional<CarriedService> ReadCarriedService(CarriedReader& reader, bool& good) {
  const json::Value* const object = reader.Object("service");
  if (object == nullptr) return std::nullopt;
  CarriedReader inner(*object);
  CarriedService service{.address = inner.Text("address"), .authority_pem = inner.Text("authority")};
  good = good && inner.good() && object->size() == 2;
  return service;
}

std::optional<CarriedTrust> ReadCarriedTrust(CarriedReader& reader, bool& good) {
  const json::Value* const object = reader.Object("trust");
  if (object == nullptr) return std::nullopt;
  CarriedReader inner(*object);
  CarriedTrust trust{.published = inner.Text("published"),
                     .anchor = inner.Text("anchor"),
                     .registry_memory = inner.Text("registry_memory")};
  good = good && inner.good() && object->size() == 3;
  return trust;
}

// May be missing: nobody has named one, and nobody has a share.
Result<std::vector<CarriedRole>> ReadCarriedRoles(const json::Value& root) {
  constexpr std::size_t kMembersOfRole = 4;
  std::vector<CarriedRole> roles;
  const json::Value* const list = root.Find("roles");
  if (list == nullptr) return roles;
  if (!list->is_array() || list->size() > kCarriedRolesMax) return NotCarried("roles is no list of ours");
  for (const json::Value& each : *list) {
    if (!each.is_object() || each.size() != kMembersOfRole) return NotCarried("a role is not an object of ours");
    CarriedReader reader(each);
    CarriedRole role{.profile = reader.Text("profile"),
                     .at = reader.Text("at"),
                     .receiver = reader.Text("receiver"),
                     .receiver_name = reader.Text("receiver_name")};
    const bool places = OrganisationId::Parse(role.at).ok() && (role.receiver.empty() || role.receiver == role.at);
    const bool again = std::find(roles.begin(), roles.end(), role) != roles.end();
    if (!reader.good() || role.profile.empty() || !places || again)
      return NotCarried("a member of a role is missing or of another form");
    roles.push_back(std::move(role));
  }
  return roles;
}

json::Value& CarriedRolesJson(const std::vector<CarriedRole>& roles, json::Tree& tree) {
  json::Value& list = tree.Array();
  for (const CarriedRole& role : roles) {
    json::Value& object = tree.Object();
    object.Append("profile", tree.String(role.profile));
    object.Append("at", tree.String(role.at));
    object.Append("receiver", tree.String(role.receiver));
    object.Append("receiver_name", tree.String(role.receiver_name));
    list.Append(object);
  }
  return list;
}

json::Value& CarriedCredentialJson(const CarriedCredential& credential, json::Tree& tree) {
  json::Value& object = tree.Object();
  object.Append("id", tree.String(credential.id));
  object.Append("issuer", tree.String(credential.issuer));
  object.Append("issuer_name", tree.String(credential.issuer_name));
  object.Append("kind", tree.String(credential.kind));
  object.Append("state", tree.String(credential.state));
  object.Append("state_reason", tree.String(credential.state_reason));
  object.Append("token", tree.String(credential.token));
  object.Append("accepted", tree.Boolean(credential.accepted));
  return object;
}

}  // namespace

Result<CarriedPassport> CarriedPassport::Parse(std::string_view text) {
  json::Tree tree;
  TRY_ASSIGN(const json::Value* const root, tree.Parse(text, kCarriedLimits));
  const json::Value* const version = root->Find(kCarriedMark);
  if (version == nullptr || !version->integer()) return NotCarried("it is not a carried passport");
  if (*version->integer() > kCarriedVersion)
    return Fault{Reason::kSchemaNewer, "", "the passport is of a newer version"};
  constexpr std::array<std::string_view, 10> kMembers = {kCarriedMark, "held_as",    "person",      "service",
                                                         "trust",      "since",      "received_at", "pending_request",
                                                         "roles",      "credentials"};
  if (*version->integer() != kCarriedVersion || json::FirstUnknown(*root, kMembers) != nullptr)
    return NotCarried("there is an unknown member");
  CarriedReader reader(*root);
  CarriedPassport carried;
  bool good = true;
  const std::optional<HeldAs> held_as = HeldAsOf(reader.Text("held_as"));
  carried.person = reader.Text("person");
  carried.service = ReadCarriedService(reader, good);
  carried.trust = ReadCarriedTrust(reader, good);
  carried.since = reader.Text("since");
  carried.pending_request = reader.Text("pending_request");
  if (const json::Value* const at = root->Find("received_at"); at != nullptr) {
    good = good && at->integer();
    carried.received_at = Instant{at->integer().value_or(0)};
  }
  const json::Value* const credentials = root->Find("credentials");
  good = good && reader.good() && held_as && *held_as != HeldAs::kKept && credentials != nullptr &&
         credentials->is_array() && (carried.person.empty() || PersonId::Parse(carried.person).ok());
  if (!good) return NotCarried("a member is missing or of another form");
  carried.held_as = *held_as;
  TRY_ASSIGN(carried.roles, ReadCarriedRoles(*root));
  for (const json::Value& each : *credentials) {
    TRY_ASSIGN(CarriedCredential credential, ReadCarriedCredential(each));
    if (carried.Find(credential.id) != nullptr) return NotCarried("a credential occurs twice");
    TRY(carried.Take(std::move(credential)));
  }
  return carried;
}

std::string CarriedPassport::Text() const {
  json::Tree tree;
  json::Value& object = tree.Object();
  object.Append(kCarriedMark, tree.Integer(kCarriedVersion));
  object.Append("held_as", tree.String(WordOf(held_as)));
  object.Append("person", tree.String(person));
  if (service) {
    json::Value& inner = tree.Object();
    inner.Append("address", tree.String(service->address));
    inner.Append("authority", tree.String(service->authority_pem));
    object.Append("service", inner);
  }
  if (trust) {
    json::Value& inner = tree.Object();
    inner.Append("published", tree.String(trust->published));
    inner.Append("anchor", tree.String(trust->anchor));
    inner.Append("registry_memory", tree.String(trust->registry_memory));
    object.Append("trust", inner);
  }
  object.Append("since", tree.String(since));
  if (received_at) object.Append("received_at", tree.Integer(received_at->seconds));
  object.Append("pending_request", tree.String(pending_request));
  if (!roles.empty()) object.Append("roles", CarriedRolesJson(roles, tree));
  json::Value& all = tree.Array();
  for (const CarriedCredential& credential : credentials) all.Append(CarriedCredentialJson(credential, tree));
  object.Append("credentials", all);
  return json::Write(object);
}

Result<void> CarriedPassport::Take(CarriedCredential credential) {
  const auto there = std::find_if(credentials.begin(), credentials.end(),
                                  [&](const CarriedCredential& each) { return each.id == credential.id; });
  if (there != credentials.end()) {
    *there = std::move(credential);
    return {};
  }
  if (credentials.size() == kCarriedCredentialsMax) {
    const auto over = std::find_if(credentials.begin(), credentials.end(),
                                   [](const CarriedCredential& each) { return each.state == "revoked"; });
    if (over == credentials.end()) return Fault{Reason::kLimit, "", "a passport carries at most 1000 credentials"};
    credentials.erase(over);
  }
  credentials.push_back(std::move(credential));
  return {};
}

const CarriedCredential* CarriedPassport::Find(std::string_view id) const {
  const auto there = std::find_if(credentials.begin(), credentials.end(),
                                  [&](const CarriedCredential& each) { return each.id == id; });
  return there == credentials.end() ? nullptr : &*there;
}

bool CarriedPassport::IsNews(const CarriedCredential& credential) const {
  constexpr std::array<std::string_view, 3> kSignedAgain = {"superseded", "passport_replaced", "lost_passport"};
  const bool over = credential.token.empty() &&
                    std::find(kSignedAgain.begin(), kSignedAgain.end(), credential.state_reason) != kSignedAgain.end();
  return !over || Find(credential.id) != nullptr;
}

}  // namespace passport
