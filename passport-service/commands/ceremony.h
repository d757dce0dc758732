// What `init` and the steps of the ceremony share.
#pragma once

#include <filesystem>
#include <string>

#include "passport-service/commands/opening.h"

namespace passport {

// Makes the key store of a root and its certificate; returns the certificate, PEM.
OrStop<std::string> MakeRootStore(const std::filesystem::path& keys, const Secret& passphrase, const std::string& name,
                                  int days);

// Asks for the service's issuing authority, signs with the root and installs, all in one place: for `init`.
std::optional<Stop> HoldCeremonyHere(const std::filesystem::path& root_keys, const Secret& root_passphrase,
                                     const std::string& root_pem, Store& store, KeyStore& keys);

}  // namespace passport
