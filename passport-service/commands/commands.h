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

// The hardware module that has the keys: both, or nothing for a key store in a folder.
struct ModuleFlags {
  std::optional<std::filesystem::path> library;
  std::optional<std::string> token;
};

struct ServerNameFlags {
  std::vector<std::string> dns = {"localhost"};
  std::vector<std::string> ip = {"127.0.0.1"};
};

// The root of the certificates of signing keys, made with the service: a key store of its own, to be taken away.
struct RootFlags {
  std::optional<std::filesystem::path> keys;  // nothing: the service's key store with "-root" behind its name
  PassphraseFlags passphrase;                 // nothing: the same as the service's
  bool later = false;  // it is made elsewhere: `root` and `authority` (docs/operating/ceremony.md)
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
  RootFlags root = {};
  ModuleFlags module = {};
  std::optional<std::string> signer_user = {};  // whose the key store becomes
};

// Makes a new service: key store, root, data folder with the registrar in it, TLS files, the anchors that receivers
// pin. What it made is removed again when it can not finish.
std::optional<Stop> Init(const InitFlags& flags);

struct CertificateFlags {
  std::filesystem::path keys;
  std::filesystem::path tls;  // where ca.pem is
  std::filesystem::path out;
  PassphraseFlags passphrase;
  std::string organisation;                      // of a client ...
  std::string system;                            // ... and its system,
  std::optional<std::filesystem::path> request;  // with the key of this request (PKCS#10) instead of a new one
  bool server = false;                           // or a new one for the server
  ServerNameFlags names;
  ModuleFlags module = {};
};

// Signs a certificate: client.pem and client.key with ca.pem beside them, or server.pem and server.key. Of a request
// client.pem and ca.pem alone: its key stays where it was made.
std::optional<Stop> MakeCertificate(const CertificateFlags& flags);

// The ceremony, step by step (docs/operating/ceremony.md). The first and third are for the machine of the root, which
// has never seen a network; the others for that of the service, while the service stands still.
struct MakeRootFlags {
  std::filesystem::path keys;  // key store to make
  std::filesystem::path out;   // the root's certificate
  PassphraseFlags passphrase;
  std::string name;
  int days = 7305;
};
std::optional<Stop> MakeRoot(const MakeRootFlags& flags);

struct RequestAuthorityFlags {
  std::filesystem::path data;
  std::filesystem::path keys;
  std::filesystem::path out;  // the request
  PassphraseFlags passphrase;
  bool replace = false;
  ModuleFlags module = {};
};
std::optional<Stop> RequestAuthority(const RequestAuthorityFlags& flags);

struct SignAuthorityFlags {
  std::filesystem::path keys;
  std::filesystem::path root;
  std::filesystem::path request;
  std::filesystem::path out;  // the issuing authority's certificate
  PassphraseFlags passphrase;
  std::string key;  // id of the key that the request must be of, as the service's machine showed it
  std::string name;
  int days = 3653;
};
std::optional<Stop> SignAuthority(const SignAuthorityFlags& flags);

struct InstallAuthorityFlags {
  std::filesystem::path data;
  std::filesystem::path keys;
  std::filesystem::path certificate;
  std::filesystem::path root;
  PassphraseFlags passphrase;
  ModuleFlags module = {};
};
std::optional<Stop> InstallAuthorityCertificate(const InstallAuthorityFlags& flags);

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

// Where the data is, where the backup goes, how many versions stay.
struct BackupFlags {
  std::filesystem::path data;
  std::filesystem::path backup;
  std::uint32_t keep = 28;
};
// With the service stopped; a service that runs backs up by itself (settings).
std::optional<Stop> MakeBackup(const BackupFlags& flags);

struct CheckBackupFlags {
  std::filesystem::path backup;
};
// Reads all of it and compares sums.
std::optional<Stop> CheckBackup(const CheckBackupFlags& flags);

struct RestoreFlags {
  std::filesystem::path backup;
  std::filesystem::path data;            // a new folder
  std::optional<std::uint32_t> version;  // the newest if none is named
};
// Whoever was erased since stays erased.
std::optional<Stop> Restore(const RestoreFlags& flags);

}  // namespace passport
