// passport-service as a process of its own, in a folder that goes with the test.
#pragma once

#include <grpcpp/channel.h>
#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace passport {

struct Ended {
  int code;  // -1 when a signal ended it
  std::string output;
  std::string errors;
};

class ServiceProcess {
 public:
  ServiceProcess();
  ServiceProcess(const ServiceProcess&) = delete;
  ServiceProcess& operator=(const ServiceProcess&) = delete;
  ~ServiceProcess();

  const std::filesystem::path& folder() const { return folder_; }
  // Runs a command to its end.
  Ended Run(const std::vector<std::string>& words) const;
  // `init` with the folder's own paths; anything in `more` comes after.
  Ended Init() const;
  std::vector<std::string> RunWords() const;

  // Starts `run` and waits for the port. False when it ended before.
  bool Start();
  int port() const { return port_; }
  int people_port() const;
  pid_t pid() const { return pid_; }
  // Sends the signal and waits for the end.
  Ended Stop(int signal);

  // A channel with the certificate in a folder below ours: "tls" of the registrar, or one made by `certificate`.
  std::shared_ptr<grpc::Channel> Connect(const std::string& tls_folder, const std::string& name) const;
  // To the port of people, without a certificate.
  std::shared_ptr<grpc::Channel> ConnectAsPerson() const;

 private:
  pid_t Spawn(const std::vector<std::string>& words, const std::string& log) const;
  Ended Wait(pid_t pid, const std::string& log) const;
  std::filesystem::path folder_;
  pid_t pid_ = -1;
  int port_ = 0;
};

std::string ReadWhole(const std::filesystem::path& file);
void WriteWhole(const std::filesystem::path& file, const std::string& text);

}  // namespace passport
