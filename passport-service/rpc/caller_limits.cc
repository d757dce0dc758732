#include "passport-service/rpc/caller_limits.h"

#include <algorithm>

namespace passport {
namespace {

constexpr std::size_t kAccountsMax = 4096;  // then those that are idle and full are forgotten

double Since(CallerLimits::Time from, CallerLimits::Time to) {
  return std::max(0.0, std::chrono::duration<double>(to - from).count());
}

Fault Busy(std::string_view what) { return {Reason::kBusy, "", std::string(what)}; }

}  // namespace

CallerLimits::Place& CallerLimits::Place::operator=(Place&& other) noexcept {
  std::swap(limits_, other.limits_);
  std::swap(caller_, other.caller_);
  std::swap(kind_, other.kind_);
  return *this;
}

CallerLimits::Place::~Place() {
  if (limits_ != nullptr) limits_->Leave(caller_, kind_);
}

CallerLimits::Account& CallerLimits::FindFilled(const std::string& caller, Time now) {
  if (accounts_.size() >= kAccountsMax) ForgetIdle(now);
  const auto [at, fresh] = accounts_.try_emplace(caller);
  Account& account = at->second;
  if (fresh) {
    account = {
        .calls = share_.calls_burst, .bytes = share_.bytes_burst, .refused = share_.refused_burst, .filled = now};
    return account;
  }
  const double passed = Since(account.filled, now);
  account.calls = std::min(share_.calls_burst, account.calls + passed * share_.calls_per_s);
  account.bytes = std::min(share_.bytes_burst, account.bytes + passed * share_.bytes_per_s);
  account.refused = std::min(share_.refused_burst, account.refused + passed * share_.refused_per_s);
  account.filled = std::max(account.filled, now);
  return account;
}

void CallerLimits::ForgetIdle(Time now) {
  std::erase_if(accounts_, [&](const auto& entry) {
    const Account& account = entry.second;
    const double passed = Since(account.filled, now);
    return account.calls_under_way == 0 && account.streams_open == 0 &&
           account.calls + passed * share_.calls_per_s >= share_.calls_burst &&
           account.bytes + passed * share_.bytes_per_s >= share_.bytes_burst &&
           account.refused + passed * share_.refused_per_s >= share_.refused_burst;
  });
}

Result<CallerLimits::Place> CallerLimits::Enter(const std::string& caller, Kind kind, Time now) {
  const std::lock_guard lock(mutex_);
  Account& account = FindFilled(caller, now);
  if (account.calls < 1) return Busy("too many calls a second by this caller");
  if (account.bytes < 0) return Busy("too many bytes a second by this caller");
  const bool stream = kind == Kind::kStream;
  int& taken = stream ? account.streams_open : account.calls_under_way;
  if (taken >= (stream ? share_.streams_max : share_.calls_max)) {
    return Busy(stream ? "too many streams of this caller are open" : "too many calls of this caller are under way");
  }
  account.calls -= 1;
  ++taken;
  return Place(*this, caller, kind);
}

Result<void> CallerLimits::CheckRefusals(const std::string& caller, Time now) {
  const std::lock_guard lock(mutex_);
  if (FindFilled(caller, now).refused < 1) return Busy("too many calls that this caller may not make");
  return {};
}

void CallerLimits::NoteRefused(const std::string& caller, Time now) {
  const std::lock_guard lock(mutex_);
  Account& account = FindFilled(caller, now);
  account.refused = std::max(0.0, account.refused - 1);
}

std::chrono::milliseconds CallerLimits::Spend(const std::string& caller, std::size_t bytes, Time now) {
  const std::lock_guard lock(mutex_);
  Account& account = FindFilled(caller, now);
  account.bytes -= static_cast<double>(bytes);
  if (account.bytes >= 0) return std::chrono::milliseconds(0);
  return std::chrono::milliseconds(static_cast<std::int64_t>(-account.bytes / share_.bytes_per_s * 1000) + 1);
}

bool CallerLimits::WorthTelling(const std::string& caller, Time now) {
  constexpr std::chrono::seconds kPause{60};
  const std::lock_guard lock(mutex_);
  Account& account = FindFilled(caller, now);
  if (account.told && now - *account.told < kPause) return false;
  account.told = now;
  return true;
}

void CallerLimits::Leave(const std::string& caller, Kind kind) {
  const std::lock_guard lock(mutex_);
  const auto account = accounts_.find(caller);
  if (account == accounts_.end()) return;
  --(kind == Kind::kStream ? account->second.streams_open : account->second.calls_under_way);
}

}  // namespace passport
