// Opening what the commands share, with the exit code that fits each way it can fail.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "keys/key_place.h"
#include "keys/system_random.h"
#include "keys/tls_certificates.h"
#include "passport-service/acts/enrol_organisation.h"
#include "passport-service/commands/commands.h"
#include "passport-service/commands/exit_code.h"
#include "passport-service/store/rocks_store.h"

namespace passport {

// A value, or why the command stops.
template <class T>
using OrStop = std::variant<T, Stop>;

// "data folder: ..." with the code of the reason and what to do.
Stop StopOf(std::string_view where, const Fault& fault);

OrStop<Secret> ReadPassphrase(const std::optional<std::filesystem::path>& file, std::optional<int> descriptor);
OrStop<std::unique_ptr<KeyStore>> OpenKeys(const KeyPlace& place, const Secret& passphrase, Random& random);
KeyPlace PlaceOf(const std::filesystem::path& keys, const ModuleFlags& module);
// Makes the service's own keys that key stores of earlier versions never had: for receipts, and for finding people
// again. A role that has any key, in whatever state, is left alone.
std::optional<Stop> EnsureServiceKeys(KeyStore& keys, Instant now);
OrStop<std::unique_ptr<RocksStore>> OpenStore(const RocksOptions& options);
// Also one that an older program wrote and that is to be raised first (upkeep.h).
OrStop<std::unique_ptr<RocksStore>> OpenStoreOfAnySchema(const RocksOptions& options);

// The registrar's row tells where the service publishes.
OrStop<PublishedBase> FindPublishedBase(Store& store);

// ca.pem in the folder, with the authority's key of the key store.
OrStop<CertificateAuthority> OpenAuthority(const std::filesystem::path& tls_folder, KeyStore& keys);

// A whole file of at most 64 KiB, which only its owner may read where it is `secret`.
enum class FileSecrecy { kPublic, kSecret };
OrStop<std::string> ReadTlsFile(const std::filesystem::path& file, FileSecrecy secrecy);

// Writes a file whole: beside its place, synced, then renamed. `mode` as for chmod.
std::optional<Stop> WriteFile(const std::filesystem::path& file, std::string_view bytes, unsigned mode);
// NAME.pem and NAME.key, the key for its owner only.
std::optional<Stop> WriteCertificate(const std::filesystem::path& folder, const std::string& name,
                                     const IssuedCertificate& certificate);

}  // namespace passport
