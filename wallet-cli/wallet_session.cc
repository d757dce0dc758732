#include "wallet-cli/wallet_session.h"

#include <array>
#include <utility>

#include "credential/crypto/certificate.h"
#include "credential/encoding/base64url.h"
#include "keys/passphrase.h"
#include "keys/secret_text.h"
#include "terminal/files.h"
#include "terminal/plain_text.h"
#include "wallet-cli/anchor.h"
#include "wallet-cli/person_words.h"

namespace passport {
namespace {

constexpr std::size_t kAuthorityBytesMax = std::size_t{64} * 1024;
constexpr Freshness kPersonFreshness{.status_age_max = Seconds{86'400}, .registry_grace = Seconds{86'400}};

// Reasons that mean another ending when they are said of what the service answers.
bool SaysOfAFile(Reason reason) {
  return reason == Reason::kSchemaNewer || reason == Reason::kMalformed || reason == Reason::kLimit;
}

}  // namespace

std::filesystem::path WalletSession::Place() const {
  return flags_.file.empty() ? world_.home / "passport" : std::filesystem::path(flags_.file);
}

Result<Secret> WalletSession::ReadPassphraseSource() {
  if (!flags_.passphrase_file.empty()) return ReadPassphraseFile(flags_.passphrase_file);
  return ReadPassphraseDescriptor(flags_.passphrase_descriptor);
}

Result<Secret> WalletSession::Passphrase() {
  const bool named = !flags_.passphrase_file.empty() || flags_.passphrase_descriptor >= 0;
  // A descriptor can be read once.
  if (!passphrase_) {
    Result<Secret> read = named ? ReadPassphraseSource() : world_.ask_secret("Passphrase of the passport");
    if (!read.ok()) return std::move(read).fault();
    passphrase_ = std::move(read).value();
  }
  return Secret(passphrase_->bytes());
}

Result<Secret> WalletSession::NewPassphrase(std::string_view what) {
  if (!flags_.passphrase_file.empty() || flags_.passphrase_descriptor >= 0) return Passphrase();
  TRY_ASSIGN(Secret first, world_.ask_secret("New passphrase for " + std::string(what)));
  TRY_ASSIGN(const Secret second, world_.ask_secret("The same again"));
  if (TextOf(first) != TextOf(second)) return Fault{Reason::kPassphrase, "", "the two were not the same"};
  return first;
}

Result<void> WalletSession::TakeFlags(CarriedPassport& carried) {
  if (!flags_.server.empty() || !flags_.authority.empty()) {
    CarriedService service = carried.service.value_or(CarriedService{});
    if (!flags_.server.empty()) service.address = flags_.server;
    if (!flags_.authority.empty()) {
      TRY_ASSIGN(service.authority_pem, ReadText(flags_.authority, world_.input, kAuthorityBytesMax));
    }
    if (service.address.empty() || service.authority_pem.empty())
      return Fault{Reason::kConfig, "", "--server HOST:PORT and --ca FILE go together the first time"};
    carried.service = std::move(service);
  }
  if (!flags_.published.empty() || !flags_.anchor.empty()) {
    CarriedTrust trust = carried.trust.value_or(CarriedTrust{});
    if (!flags_.published.empty()) trust.published = std::filesystem::absolute(flags_.published).string();
    if (!flags_.anchor.empty()) {
      TRY_ASSIGN(trust.anchor, ReadText(flags_.anchor, world_.input, kAuthorityBytesMax));
      trust.registry_memory.clear();
    }
    if (trust.published.empty() || trust.anchor.empty())
      return Fault{Reason::kConfig, "", "--published FOLDER and --anchor FILE go together the first time"};
    carried.trust = std::move(trust);
  }
  return {};
}

Result<PassportOnDisk*> WalletSession::Passport(PassportOnDisk::Intent intent) {
  if (passport_) return &*passport_;
  if (kept()) return Fault{Reason::kConfig, "", "a passport that the service keeps has no file; leave --code-file out"};
  if (!PassportOnDisk::IsThere(Place())) {
    return Fault{Reason::kConfig, "",
                 "there is no passport at " + Place().string() +
                     "; make one with passport-wallet init, or name one with --file"};
  }
  TRY_ASSIGN(const Secret passphrase, Passphrase());
  Result<PassportOnDisk> opened = PassportOnDisk::Open(Place(), passphrase, intent);
  if (!opened.ok()) {
    file_is_no_good_ = SaysOfAFile(opened.fault().reason);
    return std::move(opened).fault();
  }
  TRY(TakeFlags(opened->carried()));
  passport_ = std::move(opened).value();
  return &*passport_;
}

Result<PassportOnDisk*> WalletSession::NewPassport() {
  if (kept()) return Fault{Reason::kConfig, "", "init makes a passport of your own; leave --code-file out"};
  TRY_ASSIGN(const Secret passphrase, NewPassphrase("the passport"));
  TRY_ASSIGN(PassportOnDisk made, PassportOnDisk::Make(Place(), passphrase, PlaceHeldAs(), world_.cost, world_.random));
  passport_ = std::move(made);
  TRY(TakeFlags(passport_->carried()));
  return &*passport_;
}

Result<const CarriedPassport*> WalletSession::Carried() {
  if (!kept()) {
    TRY_ASSIGN(PassportOnDisk* const passport, Passport(PassportOnDisk::Intent::kRead));
    return static_cast<const CarriedPassport*>(&passport->carried());
  }
  if (!kept_) {
    TRY_ASSIGN(PersonClient* const service, Service());
    TRY_ASSIGN(ReceivedAnswer received, Repeating([&] { return service->Receive(""); }));
    CarriedPassport carried;
    TRY(TakeFlags(carried));
    carried.received_at = world_.clock();
    for (CarriedCredential& credential : received.credentials) {
      if (carried.IsNews(credential)) TRY(carried.Take(std::move(credential)));
    }
    kept_ = std::move(carried);
  }
  return static_cast<const CarriedPassport*>(&*kept_);
}

Result<CarriedPassport> WalletSession::FromFlags() {
  CarriedPassport nobody;
  TRY(TakeFlags(nobody));
  return nobody;
}

Result<CarriedService> WalletSession::ServiceAddress() {
  const Fault nowhere{Reason::kConfig, "", "say where the service is: --server HOST:PORT and --ca FILE"};
  if (!passport_) {
    TRY_ASSIGN(const CarriedPassport nobody, FromFlags());
    if (nobody.service) return *nobody.service;
    if (kept() || !PassportOnDisk::IsThere(Place())) return nowhere;
    TRY(Passport(PassportOnDisk::Intent::kRead));
  }
  const std::optional<CarriedService>& service = passport_->carried().service;
  if (!service) return nowhere;
  return *service;
}

Result<PersonClient*> WalletSession::Service() {
  if (client_) return client_.get();
  if (kept()) {
    TRY_ASSIGN(code_, ReadPassportCode(flags_.code_file, world_.input));
    proof_ = std::make_unique<CodeProof>(*code_);
  } else {
    TRY_ASSIGN(PassportOnDisk* const passport, Passport(PassportOnDisk::Intent::kRead));
    proof_ = std::make_unique<KeyProof>(passport->key(), world_.clock, world_.random);
  }
  TRY_ASSIGN(const CarriedService service, ServiceAddress());
  TRY_ASSIGN(PersonClient client, PersonClient::Connect(service, *proof_));
  client_ = std::make_unique<PersonClient>(std::move(client));
  return client_.get();
}

Result<PersonClient*> WalletSession::ServiceWithCode(const Secret& code) {
  TRY_ASSIGN(const CarriedService service, ServiceAddress());
  code_proof_ = std::make_unique<CodeProof>(code);
  TRY_ASSIGN(PersonClient client, PersonClient::Connect(service, *code_proof_));
  code_client_ = std::make_unique<PersonClient>(std::move(client));
  return code_client_.get();
}

Result<CarriedTrust> WalletSession::Trust() {
  CarriedPassport nobody;
  if (!passport_ && kept()) TRY(TakeFlags(nobody));
  if (!passport_ && !kept()) TRY(Passport(PassportOnDisk::Intent::kRead));
  const std::optional<CarriedTrust>& trust = passport_ ? passport_->carried().trust : nobody.trust;
  if (trust) return *trust;
  return Fault{Reason::kConfig, "",
               "say where the published files are, and why to believe them: --published FOLDER and --anchor FILE"};
}

Result<const PublishedTree*> WalletSession::Tree() {
  if (tree_) return &*tree_;
  TRY_ASSIGN(const CarriedTrust trust, Trust());
  TRY_ASSIGN(RegistryPin pin, PinOf(trust));
  TRY_ASSIGN(tree_, PublishedTree::Read(trust.published, pin, kPersonFreshness, world_.clock()));
  // Kept when the command saves the passport: an older or another registry is refused from then on.
  if (passport_ && passport_->carried().trust) passport_->carried().trust->registry_memory = pin.memory.Text();
  return &*tree_;
}

Result<const PublishedRules*> WalletSession::Rules() {
  if (rules_) return &*rules_;
  TRY_ASSIGN(const PublishedTree* const tree, Tree());
  TRY_ASSIGN(rules_, tree->Rules(world_.clock()));
  for (const std::string& problem : rules_->problems()) {
    if (!json()) world_.errors << "left out: " << Plain(problem) << "\n";
  }
  return &*rules_;
}

std::string WalletSession::RequestId() {
  if (!flags_.request_id.empty()) {
    used_request_id_ = flags_.request_id;
  } else {
    std::array<std::uint8_t, 16> bytes{};
    world_.random.Fill(bytes);
    used_request_id_ = EncodeBase64Url(bytes);
  }
  return used_request_id_;
}

Result<bool> WalletSession::Agreed(std::string_view question) {
  if (flags_.yes) return true;
  Result<bool> answer = world_.ask_yes(question);
  if (answer.ok() || answer.fault().reason != Reason::kConfig) return answer;
  return Fault{Reason::kConfig, "", "nobody is there to be asked; agree with --yes"};
}

Result<void> WalletSession::MakePlaceForCode(const std::string& file) {
  if (file.empty() && world_.output_is_terminal && !flags_.json) return {};
  if (file.empty()) {
    return Fault{Reason::kConfig, "",
                 "say with --code-out FILE where the passport code goes; it is shown on a terminal only"};
  }
  TRY_ASSIGN(OpenFile made, OpenFile::PrivateNew(file));
  code_file_.emplace(std::move(made));
  code_path_ = file;
  return {};
}

WalletSession::~WalletSession() {
  if (code_file_) RemoveFile(code_path_);
}

Result<void> WalletSession::HandOver(std::string_view what, const Secret& secret) {
  if (!code_file_) {
    world_.output << what << ", shown once: " << TextOf(secret) << "\n";
    return {};
  }
  OpenFile file = std::move(*code_file_);
  code_file_.reset();
  TRY(file.Write(TextOf(secret)));
  TRY(file.Write("\n"));
  TRY(file.Sync());
  if (!flags_.json) world_.output << what << " is in " << Plain(code_path_) << "; keep it apart from the passport\n";
  return {};
}

Result<Secret> WalletSession::Code(const std::string& file, std::string_view prompt) {
  if (!file.empty()) return ReadPassportCode(file, world_.input);
  return world_.ask_secret(prompt);
}

Ending WalletSession::Refuse(const Fault& fault) {
  if (fault.reason == Reason::kConfig) return Misuse(fault.detail);
  const PersonText text = TextForPerson(fault);
  if (flags_.json) {
    json::Tree tree;
    json::Value& line = tree.Object();
    json::Value& error = ReasonObject(tree, fault.reason, fault.detail);
    line.Append("error", error);
    if (!used_request_id_.empty()) line.Append("request_id", tree.String(used_request_id_));
    PrintJson(line);
  } else {
    world_.errors << "passport-wallet: " << text.happened;
    if (!fault.detail.empty()) world_.errors << " (" << Plain(fault.detail) << ")";
    world_.errors << "\n  reason: " << WordOf(fault.reason) << "\n  what to do: " << text.remedy << "\n";
    if (!used_request_id_.empty()) world_.errors << "  to call again: --request-id " << used_request_id_ << "\n";
  }
  return file_is_no_good_ || fault.reason == Reason::kPassphrase ? Ending::kUsage : EndingOf(fault.reason);
}

Ending WalletSession::Misuse(std::string_view what) {
  world_.errors << "passport-wallet: " << Plain(what) << "\n";
  return Ending::kUsage;
}

void WalletSession::PrintJson(const json::Value& value) { world_.output << json::Write(value) << std::endl; }

std::string WalletSession::In(Colour colour, std::string_view text) const {
  if (!world_.colours || flags_.json) return std::string(text);
  constexpr std::array<std::string_view, 4> kCodes = {"\x1b[32m", "\x1b[33m", "\x1b[31m", "\x1b[1m"};
  return std::string(kCodes[static_cast<std::size_t>(colour)]) + std::string(text) + "\x1b[0m";
}

}  // namespace passport
