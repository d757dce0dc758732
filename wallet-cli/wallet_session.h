// What every command of passport-wallet has at hand: the passport, the service, the rules, and how to say no.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "credential/encoding/json.h"
#include "terminal/ending.h"
#include "terminal/files.h"
#include "terminal/json_text.h"
#include "verifier-cli/files/published_tree.h"
#include "wallet-cli/online/person_client.h"
#include "wallet-cli/passport_on_disk.h"
#include "wallet-cli/person_world.h"
#include "wallet-cli/proofs.h"

namespace passport {

struct WalletFlags {
  std::string file;             // the passport file; empty: the wallet's own
  std::string code_file;        // with the code of a passport the service keeps; then there is no file
  std::string passphrase_file;  // where the passphrase is
  int passphrase_descriptor = -1;
  std::string server;     // HOST:PORT; empty: what the passport remembers
  std::string authority;  // file with the authority of the service's certificate
  std::string published;  // folder of the published files; empty: what the passport remembers
  std::string anchor;     // file with the registry's public key or the region's root certificate
  std::string request_id;
  bool json = false;
  bool yes = false;
};

enum class Colour { kGood, kWarning, kBad, kStrong };

// One run of the program. One thread.
class WalletSession {
 public:
  WalletSession(PersonWorld& world, const WalletFlags& flags) : world_(world), flags_(flags) {}
  ~WalletSession();
  WalletSession(const WalletSession&) = delete;
  WalletSession& operator=(const WalletSession&) = delete;

  PersonWorld& world() { return world_; }
  const WalletFlags& flags() const { return flags_; }
  bool json() const { return flags_.json; }
  // A passport that the service keeps, opened by its code.
  bool kept() const { return !flags_.code_file.empty(); }

  // Where the passport is, or is to be, and how it is held there.
  std::filesystem::path Place() const;
  HeldAs PlaceHeldAs() const { return flags_.file.empty() ? HeldAs::kWallet : HeldAs::kFile; }

  // The passphrase: from the file or descriptor that was named, or asked for. A new one is asked for twice.
  Result<Secret> Passphrase();
  Result<Secret> NewPassphrase(std::string_view what);
  // The passport file, opened once. Flags about the service and the rules are put into it; it is up to the command to
  // save. Fails with kConfig for a passport that is kept.
  Result<PassportOnDisk*> Passport(PassportOnDisk::Intent intent);
  // A new passport file, for `init`.
  Result<PassportOnDisk*> NewPassport();
  void Adopt(PassportOnDisk passport) { passport_ = std::move(passport); }
  // What the person has: of the file, or for a kept passport as the service tells it now.
  Result<const CarriedPassport*> Carried();

  // The service, connected at the first call, with the proof of this passport. Fails with kConfig when nobody said
  // where it is.
  Result<PersonClient*> Service();
  // Proves nothing of a key: for what is done with a code alone.
  Result<PersonClient*> ServiceWithCode(const Secret& code);
  Result<CarriedService> ServiceAddress();
  // A passport with nothing in it but what the flags say of the service and the rules.
  Result<CarriedPassport> FromFlags();

  // The published files; the registry is remembered in the passport. Fails with kConfig when nobody said where they
  // are, and as PublishedTree::Read does.
  Result<const PublishedTree*> Tree();
  Result<const PublishedRules*> Rules();

  // The one given with --request-id, else the one a passport remembers of a call whose outcome is not known, else 128
  // random bits.
  std::string RequestId();

  // Calls up to three times as long as it is worth it; `call` uses one request id throughout.
  template <class Call>
  auto Repeating(Call call) -> decltype(call()) {
    constexpr int kCallsMax = 3;
    for (int made = 1;; ++made) {
      auto result = call();
      if (result.ok() || !PersonClient::IsWorthRepeating(result.fault().reason) || made == kCallsMax) return result;
      world_.pause(std::chrono::milliseconds(250) * made);
    }
  }

  // Asks before something is given away or done for good; true with --yes. Without a terminal and without --yes: no,
  // and says how.
  Result<bool> Agreed(std::string_view question);
  // The place for a secret the service may tell, before it is asked: a new file, or the terminal. A secret without a
  // place would be lost. Fails with kConfig when there is none, and with kFileUnreadable. A file that stays empty goes
  // with the session.
  Result<void> MakePlaceForCode(const std::string& file);
  Result<void> HandOver(std::string_view what, const Secret& secret);
  // A code that somebody told the person: from a file, or asked for.
  Result<Secret> Code(const std::string& file, std::string_view prompt);

  Ending Refuse(const Fault& fault);
  Ending Misuse(std::string_view what);
  void PrintJson(const json::Value& value);
  // The text as it is, or in colours when a person looks on.
  std::string In(Colour colour, std::string_view text) const;

 private:
  Result<void> TakeFlags(CarriedPassport& carried);
  Result<CarriedTrust> Trust();
  Result<Secret> ReadPassphraseSource();

  PersonWorld& world_;
  const WalletFlags& flags_;
  bool file_is_no_good_ = false;  // the passport file: that is no matter of the service
  std::string used_request_id_;
  std::string code_path_;
  std::optional<OpenFile> code_file_;  // made, and nothing in it yet
  std::optional<Secret> passphrase_;
  std::optional<PassportOnDisk> passport_;
  std::optional<CarriedPassport> kept_;
  std::optional<Secret> code_;
  std::unique_ptr<CallProof> proof_;
  std::unique_ptr<PersonClient> client_;
  std::unique_ptr<CallProof> code_proof_;
  std::unique_ptr<PersonClient> code_client_;
  std::optional<PublishedTree> tree_;
  std::optional<PublishedRules> rules_;
};

}  // namespace passport
