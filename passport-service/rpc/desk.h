// Where every call is answered, and the one place that lets a caller in: who calls and whether they may, how much they
// have had, how long it may take, conversion, status, audit of refusals, one log line.
//
// Nothing is reachable past it. A call that is not in the access table is refused to everybody.
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

#include "passport-service/acts/admit_caller.h"
#include "passport-service/acts/admit_holder.h"
#include "passport-service/acts/audit_refusal.h"
#include "passport-service/acts/caller.h"
#include "passport-service/rpc/access_table.h"
#include "passport-service/rpc/caller_limits.h"
#include "passport-service/rpc/open_stream.h"

namespace passport {

// How long a call may take at most, also when the caller allows more or sets no deadline. Streams are exempt: they end
// when nothing moves on them, or with their connection.
inline constexpr std::chrono::seconds kCallTimeMax{30};

// True for requests after which the published tree must change; conversions specialise it.
template <class Request>
inline constexpr bool kChangesWhatIsPublished = false;

// One call under way.
struct Call {
  std::string method;
  std::optional<Caller> caller;  // as the connection names it; with roles once it is let in
  bool people = false;           // a call of a person
  CallerLimits* limits = nullptr;
  std::string account;  // of these limits: the certificate's, and its organisation's once it is let in; of a person the
                        // address they call from, then their own
  std::optional<RequestId> request;
  std::chrono::steady_clock::time_point begun;
  std::chrono::system_clock::time_point deadline;
  CallerLimits::Place place;
  std::optional<AdmitCaller::Order> admission;  // how it was let in, to ask again
  std::optional<HolderAdmission> holder;        // the same of a person

  // Fails with kDeadline.
  Result<void> CheckDeadline() const;
};

struct DeskTerms {
  CallerShare share;
  PeopleShares people;
  StreamTerms streams;
};

// Any thread may call.
class Desk {
 public:
  // `changed` is told when the published tree must change; it returns at once.
  Desk(AccessTable access, AdmitCaller& admit, AdmitHolder& admit_holder, AuditRefusal& audit_refusal,
       const DeskTerms& terms, std::shared_ptr<spdlog::logger> log, std::function<void()> changed);

  // One unary call: Request is converted by ToOrder(caller, request), what `act` makes of the order by Fill(value,
  // response). A refusal is audited before it is answered; if that can not be done the call fails with UNAVAILABLE.
  template <class Request, class Act, class Response>
  grpc::Status Answer(const grpc::ServerContext& context, const Request& request, Act&& act, Response& response) {
    std::string_view request_id;
    if constexpr (requires { request.request_id(); }) request_id = request.request_id();
    Call call;
    Result<void> result = Open(context, *Request::descriptor(), CallerLimits::Kind::kCall, request_id, call);
    if (result.ok()) {
      Spend(call, request.ByteSizeLong());
      result = Do(call, *call.caller, request, act, response);
      Spend(call, response.ByteSizeLong());
    }
    return Close(call, std::move(result));
  }

  // One stream, whose first message from the caller is a Request: `body` takes an OpenStream and returns Result<void>.
  template <class Request, class Body>
  grpc::Status AnswerStream(grpc::ServerContext& context, Body&& body) {
    Call call;
    Result<void> result = Open(context, *Request::descriptor(), CallerLimits::Kind::kStream, "", call);
    call.deadline = std::chrono::system_clock::time_point::max();
    if (result.ok()) {
      OpenStream stream(context, call.caller, call.account, *call.limits, terms_.streams,
                        [&] { return StillMay(call); });
      const StreamWatch::Watched watched(watch_, stream);
      result = body(stream);
    }
    return Close(call, std::move(result));
  }

  // The same for a call of a person: ToOrder(holder, request). Nothing of the connection counts.
  template <class Request, class Act, class Response>
  grpc::Status AnswerHolder(const grpc::ServerContext& context, const Request& request, Act&& act, Response& response) {
    std::string_view request_id;
    if constexpr (requires { request.request_id(); }) request_id = request.request_id();
    Call call;
    Result<void> result = OpenHolder(context, request, CallerLimits::Kind::kCall, request_id, call);
    if (result.ok()) {
      Spend(call, request.ByteSizeLong());
      result = Do(call, call.holder->caller, request, act, response);
      Spend(call, response.ByteSizeLong());
    }
    return Close(call, std::move(result));
  }

  // A stream that answers one request of a person: `body` takes an OpenStream and a HolderCaller and returns
  // Result<void>.
  template <class Request, class Body>
  grpc::Status AnswerHolderStream(grpc::ServerContext& context, const Request& request, Body&& body) {
    Call call;
    Result<void> result = OpenHolder(context, request, CallerLimits::Kind::kStream, "", call);
    call.deadline = std::chrono::system_clock::time_point::max();
    if (result.ok()) {
      OpenStream stream(context, std::nullopt, call.account, *call.limits, terms_.streams,
                        [&] { return admit_holder_.StillHolds(*call.holder); });
      const StreamWatch::Watched watched(watch_, stream);
      result = body(stream, call.holder->caller);
    }
    return Close(call, std::move(result));
  }

  // What is published must change.
  void Changed() const { changed_(); }

  // From now on new calls fail with UNAVAILABLE; those under way go on. Returns when the last has ended, or at `end`.
  void StopTaking(std::chrono::steady_clock::time_point end);
  // True from then on: a stream that would not end by itself ends now.
  bool IsStopping() const;

 private:
  template <class Who, class Request, class Act, class Response>
  Result<void> Do(const Call& call, const Who& who, const Request& request, Act&& act, Response& response) {
    TRY_ASSIGN(const auto order, ToOrder(who, request));
    auto outcome = act(order);
    if (!outcome.ok()) return std::move(outcome).fault();
    if constexpr (kChangesWhatIsPublished<Request>) changed_();
    TRY(call.CheckDeadline());
    Fill(*outcome, response);
    return {};
  }
  Result<void> Open(const grpc::ServerContext& context, const google::protobuf::Descriptor& request,
                    CallerLimits::Kind kind, std::string_view request_id, Call& call);
  Result<void> OpenHolder(const grpc::ServerContext& context, const google::protobuf::Message& request,
                          CallerLimits::Kind kind, std::string_view request_id, Call& call);
  // What both begin with.
  Result<void> Begin(const grpc::ServerContext& context, const CallAccess& access, std::string_view request_id,
                     Call& call);
  Result<void> LetHolderIn(const grpc::ServerContext& context, const google::protobuf::Message& request,
                           CallerLimits::Kind kind, Call& call);
  Result<void> LetIn(const grpc::ServerContext& context, Roles allowed, CallerLimits::Kind kind, Call& call);
  Result<void> StillMay(const Call& call);
  void Spend(const Call& call, std::size_t bytes);
  grpc::Status Close(const Call& call, Result<void> result);
  void Log(const Call& call, const Result<void>& result) const;

  const AccessTable access_;
  AdmitCaller& admit_;
  AdmitHolder& admit_holder_;
  AuditRefusal& audit_refusal_;
  const DeskTerms terms_;
  std::shared_ptr<spdlog::logger> log_;
  std::function<void()> changed_;
  CallerLimits limits_;
  CallerLimits address_limits_;
  CallerLimits person_limits_;
  mutable std::mutex mutex_;
  std::condition_variable idle_;
  int under_way_ = 0;
  bool stopping_ = false;
  StreamWatch watch_;
};

}  // namespace passport
