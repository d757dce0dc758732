#include "passport-service/rpc/desk.h"

#include <algorithm>

#include "passport-service/rpc/caller_of_connection.h"
#include "passport-service/rpc/status_of_fault.h"

namespace passport {
namespace {

constexpr std::string_view kRequestSuffix = "Request";

std::string MethodOf(std::string_view request_name) {
  if (request_name.ends_with(kRequestSuffix)) request_name.remove_suffix(kRequestSuffix.size());
  return std::string(request_name);
}

}  // namespace

Result<void> Call::CheckDeadline() const {
  if (std::chrono::system_clock::now() <= deadline) return {};
  return Fault{Reason::kDeadline, "", "the deadline of the caller, or 30 s, has passed"};
}

Result<void> Desk::Open(const grpc::ServerContext& context, std::string_view request_name, std::string_view request_id,
                        Call& call) {
  call.method = MethodOf(request_name);
  call.begun = std::chrono::steady_clock::now();
  call.deadline = std::min(context.deadline(), std::chrono::system_clock::now() + kCallTimeMax);
  bool stopping = false;
  {
    const std::lock_guard lock(mutex_);
    ++under_way_;
    stopping = stopping_;
  }
  Result<Caller> caller = CallerOfConnection(context.auth_context().get());
  if (!caller.ok()) return std::move(caller).fault();
  call.caller = std::move(caller).value();
  if (Result<RequestId> parsed = RequestId::Parse(request_id); parsed.ok()) call.request = std::move(parsed).value();
  if (stopping) return Fault{Reason::kStoreUnavailable, "", "the service is stopping"};
  return call.CheckDeadline();
}

void Desk::StopTaking(std::chrono::steady_clock::time_point end) {
  std::unique_lock lock(mutex_);
  stopping_ = true;
  idle_.wait_until(lock, end, [this] { return under_way_ == 0; });
}

grpc::Status Desk::Close(const Call& call, Result<void> result) {
  if (!result.ok() && WireOf(result.fault().reason).concern != Concern::kService) {
    const Result<void> kept =
        audit_refusal_({.by = call.caller, .request = call.request, .why = result.fault().reason});
    if (!kept.ok()) result = Fault{Reason::kStoreUnavailable, "", "the refusal of the call could not be audited"};
  }
  const auto took = std::chrono::steady_clock::now() - call.begun;
  const bool broken = !result.ok() && WireOf(result.fault().reason).concern == Concern::kService;
  log_->log(broken ? spdlog::level::warn : spdlog::level::info, "call {} by {}/{} {} {} us request {}{}{}", call.method,
            call.caller ? call.caller->organisation.text() : "unknown", call.caller ? call.caller->system : "-",
            result.ok() ? "done" : WordOf(result.fault().reason),
            std::chrono::duration_cast<std::chrono::microseconds>(took).count(),
            call.request ? call.request->text() : "-", broken ? ": " : "", broken ? result.fault().detail : "");
  {
    const std::lock_guard lock(mutex_);
    --under_way_;
  }
  idle_.notify_all();
  return result.ok() ? grpc::Status::OK : StatusOf(result.fault());
}

}  // namespace passport
