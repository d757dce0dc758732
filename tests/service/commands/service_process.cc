#include "tests/service/commands/service_process.h"

#include <fcntl.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <thread>

namespace passport {

std::string ReadWhole(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void WriteWhole(const std::filesystem::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
  std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

ServiceProcess::ServiceProcess() {
  std::string pattern = (std::filesystem::temp_directory_path() / "service-XXXXXX").string();
  folder_ = mkdtemp(pattern.data());
  WriteWhole(folder_ / "passphrase", "a passphrase for tests\n");
}

ServiceProcess::~ServiceProcess() {
  if (pid_ > 0) {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  std::filesystem::remove_all(folder_);
}

pid_t ServiceProcess::Spawn(const std::vector<std::string>& words, const std::string& log) const {
  std::vector<std::string> all = {std::string(PASSPORT_PROGRAMS) + "/passport-service"};
  all.insert(all.end(), words.begin(), words.end());
  std::vector<char*> arguments;
  for (std::string& word : all) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  const std::string out = (folder_ / (log + ".out")).string();
  const std::string err = (folder_ / (log + ".err")).string();
  posix_spawn_file_actions_addopen(&actions, 1, out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_addopen(&actions, 2, err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  pid_t pid = -1;
  EXPECT_EQ(posix_spawn(&pid, all[0].c_str(), &actions, nullptr, arguments.data(), environ), 0);
  posix_spawn_file_actions_destroy(&actions);
  return pid;
}

Ended ServiceProcess::Wait(pid_t pid, const std::string& log) const {
  int status = 0;
  EXPECT_EQ(waitpid(pid, &status, 0), pid);
  return {.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1,
          .output = ReadWhole(folder_ / (log + ".out")),
          .errors = ReadWhole(folder_ / (log + ".err"))};
}

Ended ServiceProcess::Run(const std::vector<std::string>& words) const { return Wait(Spawn(words, "once"), "once"); }

Ended ServiceProcess::Init() const {
  return Run({"init", "--data", folder_ / "data", "--keys", folder_ / "keys", "--published", folder_ / "published",
              "--registrar", "ods:X0R", "--name", "The registrar", "--base-uri", "https://passport.example",
              "--passphrase-file", folder_ / "passphrase", "--tls-out", folder_ / "tls"});
}

std::vector<std::string> ServiceProcess::RunWords() const {
  return {"run",
          "--data",
          folder_ / "data",
          "--keys",
          folder_ / "keys",
          "--published",
          folder_ / "published",
          "--tls",
          folder_ / "tls",
          "--passphrase-file",
          folder_ / "passphrase",
          "--listen",
          "127.0.0.1:0",
          "--port-file",
          folder_ / "port",
          "--listen-people",
          "127.0.0.1:0",
          "--people-port-file",
          folder_ / "people-port",
          "--free-floor",
          "1000000"};
}

bool ServiceProcess::Start() {
  std::filesystem::remove(folder_ / "port");
  pid_ = Spawn(RunWords(), "run");
  while (!std::filesystem::exists(folder_ / "port")) {
    int status = 0;
    if (waitpid(pid_, &status, WNOHANG) == pid_) {
      ADD_FAILURE() << ReadWhole(folder_ / "run.err");
      pid_ = -1;
      return false;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  port_ = std::stoi(ReadWhole(folder_ / "port"));
  return true;
}

Ended ServiceProcess::Stop(int signal) {
  kill(pid_, signal);
  Ended ended = Wait(pid_, "run");
  pid_ = -1;
  return ended;
}

int ServiceProcess::people_port() const { return std::stoi(ReadWhole(folder_ / "people-port")); }

std::shared_ptr<grpc::Channel> ServiceProcess::ConnectAsPerson() const {
  grpc::SslCredentialsOptions tls;
  tls.pem_root_certs = ReadWhole(folder_ / "tls" / "ca.pem");
  return grpc::CreateChannel("localhost:" + std::to_string(people_port()), grpc::SslCredentials(tls));
}

std::shared_ptr<grpc::Channel> ServiceProcess::Connect(const std::string& tls_folder, const std::string& name) const {
  grpc::SslCredentialsOptions tls;
  tls.pem_root_certs = ReadWhole(folder_ / tls_folder / "ca.pem");
  tls.pem_private_key = ReadWhole(folder_ / tls_folder / (name + ".key"));
  tls.pem_cert_chain = ReadWhole(folder_ / tls_folder / (name + ".pem"));
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel("localhost:" + std::to_string(port_), grpc::SslCredentials(tls), arguments);
}

}  // namespace passport
