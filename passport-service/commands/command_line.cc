#include "passport-service/commands/command_line.h"

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>

namespace passport {
namespace {

using OptionalPath = std::optional<std::filesystem::path>;

constexpr const char* kFooter =
    "Exit codes: 0 done; 1 check found violations; 64 usage or settings; 65 data folder; 66 newer schema; 67 key "
    "store;\n"
    "68 passphrase; 69 store or disk; 70 disk full; 71 TLS files; 72 address; 73 publication; 74 internal;\n"
    "75 data older than what was published; 76 clock behind what is on record.";

// `run`: flags that were given win over the file.
struct RunFlags {
  OptionalPath config, data, keys, published, tls, pkcs11, signer, passphrase_file, port_file, people_port_file,
      retention, backup;
  std::optional<std::string> listen, listen_people, token, signer_user;
  std::optional<int> passphrase_fd, threads_max;
  std::optional<std::int64_t> publish_within, drain;
  std::optional<std::uint64_t> free_floor;
  std::vector<std::string> people_names;
  std::optional<std::string> accept_older_store, accept_clock;
};

void AddPath(CLI::App& app, const char* name, std::filesystem::path& out, const char* help) {
  app.add_option_function<std::string>(
         name, [&out](const std::string& text) { out = text; }, help)
      ->required();
}
void AddPath(CLI::App& app, const char* name, OptionalPath& out, const char* help) {
  app.add_option_function<std::string>(
      name, [&out](const std::string& text) { out = std::filesystem::path(text); }, help);
}
template <class T>
void AddOptional(CLI::App& app, const char* name, std::optional<T>& out, const char* help) {
  app.add_option_function<T>(
      name, [&out](const T& value) { out = value; }, help);
}

void AddPassphrase(CLI::App& app, PassphraseFlags& out) {
  auto* group = app.add_option_group("passphrase", "where the passphrase of the keys comes from");
  AddPath(*group, "--passphrase-file", out.file, "file of mode 0600");
  AddOptional(*group, "--passphrase-fd", out.descriptor, "open descriptor, a pipe say");
  group->require_option(1);
}

// Both or none.
void AddModule(CLI::App& app, OptionalPath& library, std::optional<std::string>& token) {
  AddPath(app, "--pkcs11", library, "shared library of the hardware module that has the keys");
  AddOptional(app, "--token", token, "label of the token in it; the passphrase is its PIN");
  app.get_option("--pkcs11")->needs(app.get_option("--token"));
  app.get_option("--token")->needs(app.get_option("--pkcs11"));
}

void AddServerNames(CLI::App& app, ServerNameFlags& out) {
  app.add_option("--dns", out.dns, "names the server answers to")->capture_default_str();
  app.add_option("--ip", out.ip, "addresses the server answers to")->capture_default_str();
}

CLI::App* AddInit(CLI::App& app, InitFlags& flags) {
  CLI::App* init = app.add_subcommand("init", "make a new service");
  AddPath(*init, "--data", flags.data, "data folder to make");
  AddPath(*init, "--keys", flags.keys, "key store to make");
  AddPath(*init, "--published", flags.published, "folder of the published files");
  AddPath(*init, "--tls-out", flags.tls_out, "folder for ca.pem, server and registrar certificates, anchor.jwk");
  init->add_option("--registrar", flags.registrar, "organisation that runs the registry, ods:X0R")->required();
  init->add_option("--name", flags.name, "its legal name")->required();
  init->add_option("--base-uri", flags.base_uri, "where the published files will be found, https://...")->required();
  AddPassphrase(*init, flags.passphrase);
  AddServerNames(*init, flags.server);
  AddPath(*init, "--root-keys", flags.root.keys,
          "key store to make for the root of the certificates; KEYS-root if not given");
  AddPath(*init, "--root-passphrase-file", flags.root.passphrase.file, "its passphrase, if it has its own");
  init->add_flag("--root-later", flags.root.later, "make no root; it is made elsewhere (see root and authority)");
  AddModule(*init, flags.module.library, flags.module.token);
  AddOptional(*init, "--signer-user", flags.signer_user, "user the signer will run as; the key store becomes theirs");
  init->add_flag("--create")->description("make the folders; init always does");
  return init;
}

CLI::App* AddCertificateCommand(CLI::App& app, CertificateFlags& flags) {
  CLI::App* certificate =
      app.add_subcommand("certificate", "sign a TLS certificate for a calling system or the server");
  AddPath(*certificate, "--keys", flags.keys, "key store");
  AddModule(*certificate, flags.module.library, flags.module.token);
  AddPath(*certificate, "--tls", flags.tls, "folder of ca.pem");
  AddPath(*certificate, "--out", flags.out, "folder for the certificate and its key");
  AddPassphrase(*certificate, flags.passphrase);
  auto* whose = certificate->add_option_group("whose");
  auto* organisation = whose->add_option("--organisation", flags.organisation, "calling organisation, ods:X0A");
  auto* system = certificate->add_option("--system", flags.system, "calling system of it, hr");
  organisation->needs(system);
  AddPath(*certificate, "--request", flags.request,
          "certificate request (PEM) of the caller, who keeps the key; without it a key is made");
  certificate->get_option("--request")->needs(organisation);
  whose->add_flag("--server", flags.server, "for the server itself");
  whose->require_option(1);
  AddServerNames(*certificate, flags.names);
  return certificate;
}

// Which of the steps of the ceremony was asked for.
struct Ceremony {
  MakeRootFlags make;
  SignAuthorityFlags sign;
  RequestAuthorityFlags request;
  InstallAuthorityFlags install;
  const CLI::App* making = nullptr;
  const CLI::App* signing = nullptr;
  const CLI::App* requesting = nullptr;
  const CLI::App* installing = nullptr;
};

void AddRoot(CLI::App& app, Ceremony& ceremony) {
  CLI::App* root = app.add_subcommand("root", "the root of the certificates of signing keys, on a machine of its own");
  root->require_subcommand(1);
  CLI::App* make = root->add_subcommand("make", "make the root's key and certificate");
  MakeRootFlags& made = ceremony.make;
  AddPath(*make, "--keys", made.keys, "key store to make");
  AddPath(*make, "--out", made.out, "file for the root's certificate");
  make->add_option("--name", made.name, "its name, \"Example region staff passport root\"")->required();
  make->add_option("--days", made.days, "its life")->capture_default_str();
  AddPassphrase(*make, made.passphrase);
  CLI::App* sign = root->add_subcommand("sign", "sign the certificate of a service's issuing authority");
  SignAuthorityFlags& sent = ceremony.sign;
  AddPath(*sign, "--keys", sent.keys, "key store of the root");
  AddPath(*sign, "--root", sent.root, "the root's certificate");
  AddPath(*sign, "--request", sent.request, "the request that was brought");
  AddPath(*sign, "--out", sent.out, "file for the certificate");
  sign->add_option("--key", sent.key, "key id that the service's machine showed, read out by a second person")
      ->required();
  sign->add_option("--name", sent.name, "name of the issuing authority")->required();
  sign->add_option("--days", sent.days, "its life; it ends no later than the root")->capture_default_str();
  AddPassphrase(*sign, sent.passphrase);
  ceremony.making = make;
  ceremony.signing = sign;
}

void AddAuthority(CLI::App& app, Ceremony& ceremony) {
  CLI::App* authority = app.add_subcommand("authority", "the issuing authority of this service, while it stands still");
  authority->require_subcommand(1);
  CLI::App* request = authority->add_subcommand("request", "write what the root is to sign");
  RequestAuthorityFlags& asked = ceremony.request;
  AddPath(*request, "--data", asked.data, "data folder");
  AddPath(*request, "--keys", asked.keys, "key store");
  AddModule(*request, asked.module.library, asked.module.token);
  AddPath(*request, "--out", asked.out, "file for the request");
  request->add_flag("--replace", asked.replace, "with a new key, when the present one has its certificate");
  AddPassphrase(*request, asked.passphrase);
  CLI::App* install = authority->add_subcommand("install", "take the certificate that the root has signed");
  InstallAuthorityFlags& installed = ceremony.install;
  AddPath(*install, "--data", installed.data, "data folder");
  AddPath(*install, "--keys", installed.keys, "key store");
  AddModule(*install, installed.module.library, installed.module.token);
  AddPath(*install, "--certificate", installed.certificate, "the certificate that was brought back");
  AddPath(*install, "--root", installed.root, "the root's certificate");
  AddPassphrase(*install, installed.passphrase);
  ceremony.requesting = request;
  ceremony.installing = install;
}

CLI::App* AddRegister(CLI::App& app, RegisterFlags& flags) {
  CLI::App* by_hand = app.add_subcommand(
      "register", "let a system call, when there is no registrar's system left to ask; with the service stopped");
  AddPath(*by_hand, "--data", flags.data, "data folder");
  AddPath(*by_hand, "--certificate", flags.certificate, "client.pem of the system; it names organisation and system");
  by_hand
      ->add_option(
          "--role", flags.roles,
          "what it may do; repeat: registrar, issuer_clerk, approver, verifier, roster_reader, auditor, operator")
      ->required();
  return by_hand;
}

CLI::App* AddRun(CLI::App& app, RunFlags& flags) {
  CLI::App* run = app.add_subcommand("run", "serve");
  AddPath(*run, "--config", flags.config, "settings as JSON; flags win over it");
  AddPath(*run, "--data", flags.data, "data folder");
  AddPath(*run, "--keys", flags.keys, "key store");
  AddModule(*run, flags.pkcs11, flags.token);
  AddPath(*run, "--signer", flags.signer, "socket of a passport-signer that runs already and has the keys");
  AddOptional(*run, "--signer-user", flags.signer_user, "user as whom the signer is started, by root");
  AddPath(*run, "--published", flags.published, "folder of the published files");
  AddPath(*run, "--tls", flags.tls, "folder of ca.pem, server.pem and server.key");
  AddOptional(*run, "--listen", flags.listen, "address and port, 127.0.0.1:8443; port 0 is any free one");
  AddPath(*run, "--passphrase-file", flags.passphrase_file, "file of mode 0600");
  AddOptional(*run, "--passphrase-fd", flags.passphrase_fd, "open descriptor, a pipe say");
  AddPath(*run, "--retention", flags.retention, "rules of how long what is kept; rules/retention has those that ship");
  AddPath(*run, "--backup", flags.backup, "folder the data is backed up to while the service runs");
  AddOptional(*run, "--publish-within,--publish-interval", flags.publish_within,
              "seconds between a change and its publication, at most");
  AddPath(*run, "--port-file", flags.port_file, "the port is written here when it is open");
  AddOptional(*run, "--listen-people", flags.listen_people,
              "address and port where people call with their own key or code, without a client certificate");
  AddPath(*run, "--people-port-file", flags.people_port_file, "that port is written here when it is open");
  run->add_option("--people-name", flags.people_names,
                  "a host people know the service by; repeat; those of its certificate if left out");
  AddOptional(*run, "--free-floor", flags.free_floor, "bytes of disk to leave free");
  AddOptional(*run, "--threads", flags.threads_max, "threads that serve, at most");
  AddOptional(*run, "--accept-older-store", flags.accept_older_store,
              "once: start on a store older than what was published; WHY is a word, disk_lost");
  AddOptional(*run, "--accept-clock", flags.accept_clock,
              "once: start though a later time is on record; WHY is a word, clock_was_ahead");
  AddOptional(*run, "--drain", flags.drain, "seconds that calls may go on after SIGTERM");
  return run;
}

struct Backups {
  BackupFlags make;
  CheckBackupFlags check;
  RestoreFlags restore;
  const CLI::App* making = nullptr;
  const CLI::App* checking = nullptr;
  const CLI::App* restoring = nullptr;
};

void AddBackups(CLI::App& app, Backups& backups) {
  CLI::App* make = app.add_subcommand("backup", "back the data up, with the service stopped");
  AddPath(*make, "--data", backups.make.data, "data folder");
  AddPath(*make, "--to", backups.make.backup, "backup folder; made when it does not exist");
  make->add_option("--keep", backups.make.keep, "versions to keep")->capture_default_str();
  CLI::App* check = app.add_subcommand("check-backup", "read a backup to its end and compare all sums");
  AddPath(*check, "--from", backups.check.backup, "backup folder");
  CLI::App* restore = app.add_subcommand("restore", "put a backup into a new data folder; who was erased stays erased");
  AddPath(*restore, "--from", backups.restore.backup, "backup folder");
  AddPath(*restore, "--data", backups.restore.data, "data folder to make");
  AddOptional(*restore, "--version", backups.restore.version, "the newest if left out");
  backups.making = make;
  backups.checking = check;
  backups.restoring = restore;
}

template <class From, class To>
void Overlay(const std::optional<From>& flag, To& setting) {
  if (flag) setting = *flag;
}

Order Complain(const std::string& line) {
  std::cerr << "passport-service: " << line << "\n";
  return kExitUsage;
}

Order SettingsOf(const RunFlags& flags) {
  Settings settings;
  if (flags.config) {
    std::ifstream file(*flags.config, std::ios::binary);
    std::string text(kSettingsBytesMax + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (!file.is_open() || file.bad()) return Complain("settings " + flags.config->string() + ": can not be read");
    text.resize(static_cast<std::size_t>(file.gcount()));
    const Result<void> read = ReadSettings(text, settings);
    if (!read.ok()) return Complain("settings " + flags.config->string() + ": " + read.fault().detail);
  }
  Overlay(flags.data, settings.data);
  Overlay(flags.keys, settings.keys);
  Overlay(flags.published, settings.published);
  Overlay(flags.tls, settings.tls);
  Overlay(flags.pkcs11, settings.pkcs11);
  Overlay(flags.token, settings.token);
  Overlay(flags.signer, settings.signer);
  Overlay(flags.signer_user, settings.signer_user);
  Overlay(flags.listen, settings.listen);
  Overlay(flags.listen_people, settings.listen_people);
  if (flags.passphrase_file || flags.passphrase_fd) {
    settings.passphrase_file = flags.passphrase_file;
    settings.passphrase_fd = flags.passphrase_fd;
  }
  Overlay(flags.port_file, settings.port_file);
  Overlay(flags.people_port_file, settings.people_port_file);
  if (!flags.people_names.empty()) settings.people_names = flags.people_names;
  if (flags.retention) settings.retention = flags.retention;
  if (flags.backup) settings.backup = flags.backup;
  Overlay(flags.free_floor, settings.free_floor_bytes);
  Overlay(flags.threads_max, settings.threads_max);
  if (flags.publish_within) settings.publish_within = Seconds{*flags.publish_within};
  if (flags.drain) settings.drain = Seconds{*flags.drain};
  settings.accepted_older_store = flags.accept_older_store;
  settings.accepted_clock = flags.accept_clock;
  const Result<void> checked = settings.Check();
  if (!checked.ok()) return Complain(checked.fault().detail);
  return settings;
}

}  // namespace

Order ReadCommandLine(int count, const char* const* words) {
  CLI::App app("The staff passport service: issues, holds, verifies, decides, publishes.", "passport-service");
  app.require_subcommand(1);
  app.footer(kFooter);
  InitFlags init_flags;
  CertificateFlags certificate_flags;
  RegisterFlags register_flags;
  RunFlags run_flags;
  CheckFlags check_flags;
  const CLI::App* init = AddInit(app, init_flags);
  const CLI::App* certificate = AddCertificateCommand(app, certificate_flags);
  Ceremony ceremony;
  AddRoot(app, ceremony);
  AddAuthority(app, ceremony);
  const CLI::App* by_hand = AddRegister(app, register_flags);
  const CLI::App* run = AddRun(app, run_flags);
  Backups backups;
  AddBackups(app, backups);
  CLI::App* check = app.add_subcommand("check", "walk every rule of a store at rest and print what is in it");
  AddPath(*check, "--data", check_flags.data, "data folder");
  try {
    app.parse(count, words);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kExitDone : kExitUsage;
  }
  if (init->parsed()) return init_flags;
  if (certificate->parsed()) return certificate_flags;
  if (ceremony.making->parsed()) return ceremony.make;
  if (ceremony.signing->parsed()) return ceremony.sign;
  if (ceremony.requesting->parsed()) return ceremony.request;
  if (ceremony.installing->parsed()) return ceremony.install;
  if (by_hand->parsed()) return register_flags;
  if (backups.making->parsed()) return backups.make;
  if (backups.checking->parsed()) return backups.check;
  if (backups.restoring->parsed()) return backups.restore;
  if (run->parsed()) return SettingsOf(run_flags);
  return check_flags;
}

}  // namespace passport
