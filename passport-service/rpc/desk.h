// Where every call is answered: who calls, how long it may take, conversion, status, audit of refusals, one log line.
#pragma once

#include <grpcpp/server_context.h>
#include <spdlog/logger.h>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "passport-service/acts/audit_refusal.h"
#include "passport-service/acts/caller.h"

namespace passport {

// How long a call may take at most, also when the caller allows more or sets no deadline. Streams are exempt: they end
// with their connection.
inline constexpr std::chrono::seconds kCallTimeMax{30};

// True for requests after which the published tree must change; conversions specialise it.
template <class Request>
inline constexpr bool kChangesWhatIsPublished = false;

// One call under way.
struct Call {
  std::string method;
  std::optional<Caller> caller;
  std::optional<RequestId> request;
  std::chrono::steady_clock::time_point begun;
  std::chrono::system_clock::time_point deadline;

  // Fails with kDeadline.
  Result<void> CheckDeadline() const;
};

// Any thread may call.
class Desk {
 public:
  // `changed` is told when the published tree must change; it returns at once.
  Desk(AuditRefusal& audit_refusal, std::shared_ptr<spdlog::logger> log, std::function<void()> changed)
      : audit_refusal_(audit_refusal), log_(std::move(log)), changed_(std::move(changed)) {}

  // One unary call: Request is converted by ToOrder(caller, request), what `act` makes of the order by Fill(value,
  // response). A refusal is audited before it is answered; if that can not be done the call fails with UNAVAILABLE.
  template <class Request, class Act, class Response>
  grpc::Status Answer(const grpc::ServerContext& context, const Request& request, Act&& act, Response& response) {
    std::string_view request_id;
    if constexpr (requires { request.request_id(); }) request_id = request.request_id();
    Call call;
    Result<void> result = Open(context, Request::descriptor()->name(), request_id, call);
    if (result.ok()) result = Do(call, request, act, response);
    return Close(call, std::move(result));
  }

  // One stream: `body` takes the caller and returns Result<void>.
  template <class Body>
  grpc::Status AnswerStream(const grpc::ServerContext& context, std::string_view method, Body&& body) {
    Call call;
    Result<void> result = Open(context, method, "", call);
    call.deadline = std::chrono::system_clock::time_point::max();
    if (result.ok()) result = body(*call.caller);
    return Close(call, std::move(result));
  }

  // What is published must change.
  void Changed() const { changed_(); }

  // From now on new calls fail with UNAVAILABLE; those under way go on. Returns when the last has ended, or at `end`.
  void StopTaking(std::chrono::steady_clock::time_point end);

 private:
  template <class Request, class Act, class Response>
  Result<void> Do(const Call& call, const Request& request, Act&& act, Response& response) {
    TRY_ASSIGN(const auto order, ToOrder(*call.caller, request));
    auto outcome = act(order);
    if (!outcome.ok()) return std::move(outcome).fault();
    if constexpr (kChangesWhatIsPublished<Request>) changed_();
    TRY(call.CheckDeadline());
    Fill(*outcome, response);
    return {};
  }
  Result<void> Open(const grpc::ServerContext& context, std::string_view request_name, std::string_view request_id,
                    Call& call);
  grpc::Status Close(const Call& call, Result<void> result);

  AuditRefusal& audit_refusal_;
  std::shared_ptr<spdlog::logger> log_;
  std::function<void()> changed_;
  std::mutex mutex_;
  std::condition_variable idle_;
  int under_way_ = 0;
  bool stopping_ = false;
};

}  // namespace passport
