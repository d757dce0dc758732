// The commands of passport-service beside `run`, each from its flags to its exit code.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "passport-service/commands/exit_code.h"

namespace passport {

// Where the passphrase comes from: one of the two.
struct PassphraseFlags {
  std::optional<std::filesystem::path> file;
  std::optional<int> descriptor;
};

struct ServerNameFlags {
  std::vector<std::string> dns = {"localhost"};
  std::vector<std::string> ip = {"127.0.0.1"};
};

struct InitFlags {
  std::filesystem::path data;
  std::filesystem::path keys;
  std::filesystem::path published;
  std::filesystem::path tls_out;
  std::string registrar;  // "ods:X0R"
  std::string name;
  std::string base_uri;  // "https://passport.example"
  PassphraseFlags passphrase;
  ServerNameFlags server;
};

// Makes a new service: key store, data folder with the registrar in it, TLS files, the anchor that receivers pin. What
// it made is removed again when it can not finish.
std::optional<Stop> Init(const InitFlags& flags);

struct CertificateFlags {
  std::filesystem::path keys;
  std::filesystem::path tls;  // where ca.pem is
  std::filesystem::path out;
  PassphraseFlags passphrase;
  std::string organisation;  // of a client ...
  std::string system;        // ... and its system
  bool server = false;       // or a new one for the server
  ServerNameFlags names;
};

// Signs a certificate: client.pem and client.key with ca.pem beside them, or server.pem and server.key.
std::optional<Stop> MakeCertificate(const CertificateFlags& flags);

struct RegisterFlags {
  std::filesystem::path data;
  std::filesystem::path certificate;  // names organisation and system
  std::vector<std::string> roles;     // words, at least one
};

// Lets a system call, without asking anybody: for a data folder that no system may call yet, and when the registrar has
// no certificate left. Nothing may run on the folder meanwhile. Everybody else asks the registrar (passportctl system
// add).
std::optional<Stop> Register(const RegisterFlags& flags);

// Opens the store, walks every rule, prints what it counted. Nothing may run on the folder meanwhile.
std::optional<Stop> Check(const std::filesystem::path& data);

}  // namespace passport
