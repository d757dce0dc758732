// What every command has at hand: where to read and write, how to say no, and the service.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>

#include "credential/encoding/json.h"
#include "credential/vocabulary/caller_identity.h"
#include "credential/vocabulary/random.h"
#include "operator-cli/ending.h"
#include "operator-cli/online/service_client.h"
#include "terminal/json_text.h"  // IWYU pragma: export

namespace passport {

// main() brings the real ones, tests bring theirs.
struct Surroundings {
  int input;                // file descriptor behind "-"
  std::ostream& output;     // results
  std::ostream& errors;     // what went wrong, and progress
  bool output_is_terminal;  // a person looks on: secrets may be shown
  std::function<Instant()> clock;
  std::function<void(std::chrono::milliseconds)> pause;
  Random& random;
};

struct GlobalFlags {
  std::string server = "127.0.0.1:8443";
  std::string tls;                              // folder with ca.pem, NAME.pem, NAME.key
  std::string name = std::string(kClientName);  // NAME
  std::string request_id;                       // empty: a random one
  bool json = false;
};

// One run of the program. One thread.
class Session {
 public:
  Session(Surroundings& surroundings, const GlobalFlags& flags) : around_(surroundings), flags_(flags) {}

  Surroundings& around() { return around_; }
  bool json() const { return flags_.json; }

  // The service; connected at the first call.
  Result<ServiceClient*> Service();
  // A connection of its own, with the certificate as it is in its folder now.
  Result<ServiceClient> ServiceAnew();
  // Who calls: what our certificate says. Fails as Service() does for flags and files, and with kCallerUnknown or kKey.
  Result<CallerIdentity> Caller();
  const std::string& server() const { return flags_.server; }
  // The one given with --request-id, otherwise 128 random bits: nobody else's request is answered by chance.
  std::string RequestId();
  std::string RandomRequestId();

  // Calls up to three times as long as the fault is WorthRepeating; `call` uses one request id throughout.
  template <class Call>
  auto Repeating(Call call) -> decltype(call()) {
    constexpr int kCallsMax = 3;
    for (int made = 1;; ++made) {
      auto result = call();
      if (result.ok() || !WorthRepeating(result.fault().reason) || made == kCallsMax) return result;
      around_.pause(std::chrono::milliseconds(250) * made);
    }
  }

  // Says why not, for people or as a JSON line, and with which ending.
  Ending Refuse(const Fault& fault);
  // The flags make no sense together.
  Ending Misuse(std::string_view what);
  // One JSON line of results.
  void PrintJson(const json::Value& value);

 private:
  Result<Target> ReadFlaggedTarget();
  std::string used_request_id_;  // of the last change asked for: whoever calls again needs it
  Surroundings& around_;
  const GlobalFlags& flags_;
  std::unique_ptr<ServiceClient> service_;
};

// "record": {"kind", "fields": {...}}
void AppendRecord(json::Tree& tree, json::Value& object, const RecordText& record);
// What there is to know of an import.
void AppendImport(json::Tree& tree, json::Value& object, const ImportAnswer& import);
}  // namespace passport
