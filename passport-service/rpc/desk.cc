#include "passport-service/rpc/desk.h"

#include <algorithm>

#include "passport-service/rpc/caller_of_connection.h"
#include "passport-service/rpc/holder_of_call.h"
#include "passport-service/rpc/status_of_fault.h"

namespace passport {
namespace {

using std::chrono::steady_clock;

// Whoever brings no usable certificate shares one account.
constexpr const char* kNobody = "unknown";

// Often enough for the shorter of the two times.
std::chrono::milliseconds PaceOf(const StreamTerms& terms) {
  constexpr std::chrono::milliseconds kLeast{10};
  return std::max(kLeast, std::min(terms.idle, terms.recheck) / 4);
}

std::string AccountOf(const Digest& certificate) {
  return "key " + std::string(reinterpret_cast<const char*>(certificate.data()), certificate.size());
}

}  // namespace

Result<void> Call::CheckDeadline() const {
  if (std::chrono::system_clock::now() <= deadline) return {};
  return Fault{Reason::kDeadline, "", "the deadline of the caller, or 30 s, has passed"};
}

Desk::Desk(AccessTable access, AdmitCaller& admit, AdmitHolder& admit_holder, AuditRefusal& audit_refusal,
           const DeskTerms& terms, std::shared_ptr<spdlog::logger> log, std::function<void()> changed)
    : access_(std::move(access)),
      admit_(admit),
      admit_holder_(admit_holder),
      audit_refusal_(audit_refusal),
      terms_(terms),
      log_(std::move(log)),
      changed_(std::move(changed)),
      limits_(terms.share),
      address_limits_(terms.people.address),
      person_limits_(terms.people.person),
      watch_(PaceOf(terms.streams)) {}

Result<void> Desk::Begin(const grpc::ServerContext& context, const CallAccess& access, std::string_view request_id,
                         Call& call) {
  call.method = access.method;
  call.begun = steady_clock::now();
  call.deadline = std::min(context.deadline(), std::chrono::system_clock::now() + kCallTimeMax);
  bool stopping = false;
  {
    const std::lock_guard lock(mutex_);
    ++under_way_;
    stopping = stopping_;
  }
  if (Result<RequestId> parsed = RequestId::Parse(request_id); parsed.ok()) call.request = std::move(parsed).value();
  if (stopping) return Fault{Reason::kStoreUnavailable, "", "the service is stopping"};
  return {};
}

Result<void> Desk::Open(const grpc::ServerContext& context, const google::protobuf::Descriptor& request,
                        CallerLimits::Kind kind, std::string_view request_id, Call& call) {
  const CallAccess& access = access_.Of(request);
  call.limits = &limits_;
  TRY(Begin(context, access, request_id, call));
  TRY(LetIn(context, access.roles, kind, call));
  return call.CheckDeadline();
}

Result<void> Desk::OpenHolder(const grpc::ServerContext& context, const google::protobuf::Message& request,
                              CallerLimits::Kind kind, std::string_view request_id, Call& call) {
  call.people = true;
  call.limits = &address_limits_;
  TRY(Begin(context, access_.Of(*request.GetDescriptor()), request_id, call));
  TRY(LetHolderIn(context, request, kind, call));
  return call.CheckDeadline();
}

Result<void> Desk::LetHolderIn(const grpc::ServerContext& context, const google::protobuf::Message& request,
                               CallerLimits::Kind kind, Call& call) {
  const CallAccess& access = access_.Of(*request.GetDescriptor());
  call.account = AccountOfPeer(context.peer());
  // Before anything is verified or looked up, as for organisations. A place of the address is held for the check alone:
  // many people may sit behind it.
  TRY_ASSIGN(call.place, address_limits_.Enter(call.account, CallerLimits::Kind::kCall, call.begun));
  // After too many guesses from an address a key that is bound still gets in, and nothing else is looked at.
  const Result<void> may_guess = address_limits_.CheckRefusals(call.account, call.begun);
  const auto admit = [&]() -> Result<HolderAdmission> {
    if (!access.holder) return Fault{Reason::kNotPermitted, "", "nobody may make this call"};
    TRY_ASSIGN(SentProof sent, ProofOfCall(context));
    if (!sent.proof && !may_guess.ok()) return may_guess.fault();
    // Our messages have no maps, so that a message has one form.
    const std::string bytes = request.SerializeAsString();
    return admit_holder_({.proof = std::move(sent.proof),
                          .passport_code = std::move(sent.passport_code),
                          .call = {.path = access.path, .request = bytes},
                          .needs = *access.holder});
  };
  Result<HolderAdmission> admitted = admit();
  if (!may_guess.ok() && (!admitted.ok() || !admitted->caller.person)) return may_guess.fault();
  if (!admitted.ok()) {
    address_limits_.NoteRefused(call.account, call.begun);
    return std::move(admitted).fault();
  }
  call.holder = std::move(admitted).value();
  // Nobody's yet: whoever has a fresh key for each call is counted by the address.
  if (!call.holder->caller.person) return {};
  call.limits = &person_limits_;
  call.account = "person " + call.holder->caller.person->text();
  TRY_ASSIGN(call.place, person_limits_.Enter(call.account, kind, call.begun));
  return {};
}

Result<void> Desk::LetIn(const grpc::ServerContext& context, Roles allowed, CallerLimits::Kind kind, Call& call) {
  const Result<ConnectedCaller> connected = CallerOfConnection(context.auth_context().get());
  if (connected.ok()) {
    call.caller = Caller{.organisation = connected->who.organisation, .system = connected->who.system.text()};
  }
  // Before anything is looked up: to be refused must not cost the others anything.
  call.account = connected.ok() ? AccountOf(connected->certificate) : kNobody;
  TRY_ASSIGN(call.place, limits_.Enter(call.account, kind, call.begun));
  TRY(limits_.CheckRefusals(call.account, call.begun));
  if (!connected.ok()) {
    limits_.NoteRefused(call.account, call.begun);
    return connected.fault();
  }
  call.admission = {.who = connected->who, .certificate = connected->certificate, .allowed = allowed};
  Result<Caller> admitted = admit_(*call.admission);
  if (!admitted.ok()) {
    limits_.NoteRefused(call.account, call.begun);
    return std::move(admitted).fault();
  }
  call.caller = std::move(admitted).value();
  call.account = call.caller->organisation.text();
  TRY_ASSIGN(call.place, limits_.Enter(call.account, kind, call.begun));
  return {};
}

Result<void> Desk::StillMay(const Call& call) {
  TRY(admit_(*call.admission));
  return {};
}

void Desk::Spend(const Call& call, std::size_t bytes) { call.limits->Spend(call.account, bytes, steady_clock::now()); }

void Desk::StopTaking(steady_clock::time_point end) {
  std::unique_lock lock(mutex_);
  stopping_ = true;
  idle_.wait_until(lock, end, [this] { return under_way_ == 0; });
}

bool Desk::IsStopping() const {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

grpc::Status Desk::Close(const Call& call, Result<void> result) {
  const bool busy = !result.ok() && result.fault().reason == Reason::kBusy;
  // A caller that goes on asking must not fill the disk and the log: once a minute is enough to know.
  const bool told = busy && !call.limits->WorthTelling(call.account, steady_clock::now());
  const bool refused = !result.ok() && (busy || WireOf(result.fault().reason).concern != Concern::kService);
  // Whoever comes as nobody is let in to be judged by the act: each no counts as one at the door.
  if (refused && !busy && call.holder && !call.holder->caller.person) {
    address_limits_.NoteRefused(call.account, steady_clock::now());
  }
  if (refused && !told) {
    const Result<void> kept = audit_refusal_({.by = call.caller,
                                              .people = call.people,
                                              .holder = call.holder ? std::optional(call.holder->caller) : std::nullopt,
                                              .call = call.method,
                                              .request = call.request,
                                              .why = result.fault().reason});
    if (!kept.ok()) result = Fault{Reason::kStoreUnavailable, "", "the refusal of the call could not be audited"};
  }
  if (!told) Log(call, result);
  {
    const std::lock_guard lock(mutex_);
    --under_way_;
  }
  idle_.notify_all();
  return result.ok() ? grpc::Status::OK : StatusOf(result.fault());
}

void Desk::Log(const Call& call, const Result<void>& result) const {
  const auto took = steady_clock::now() - call.begun;
  const bool broken = !result.ok() && WireOf(result.fault().reason).concern == Concern::kService;
  log_->log(broken ? spdlog::level::warn : spdlog::level::info, "call {} by {}/{} {} {} us request {}{}{}", call.method,
            call.caller   ? call.caller->organisation.text()
            : call.people ? kAuditPeople
                          : kNobody,
            call.caller ? call.caller->system : "-", result.ok() ? "done" : WordOf(result.fault().reason),
            std::chrono::duration_cast<std::chrono::microseconds>(took).count(),
            call.request ? call.request->text() : "-", broken ? ": " : "", broken ? result.fault().detail : "");
}

}  // namespace passport
