#include "keys/pkcs11_session.h"

#include <dlfcn.h>
#include <unistd.h>

#include <array>
#include <string_view>
#include <thread>
#include <vector>

namespace passport {
namespace {

// A module that is away is asked again after so long; calls between fail at once.
constexpr std::chrono::milliseconds kBetweenTries{200};
// SoftHSM2 writes a token's file anew at each login: a process that begins in that moment does not see the token, and
// looks for it again only when it begins once more.
constexpr std::chrono::milliseconds kBetweenBeginnings{100};
constexpr int kBeginnings = 10;

std::string Hex(CK_RV answer) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  do {
    text.insert(text.begin(), kDigits[answer & 15U]);
    answer >>= 4U;
  } while (answer != 0);
  return "0x" + text;
}

Fault Away(std::string_view what, CK_RV answer) {
  return {Reason::kSigning, "", "the hardware module does not answer: " + std::string(what) + " " + Hex(answer)};
}

Fault NoPin(std::string_view why) { return {Reason::kPassphrase, "", "the token " + std::string(why)}; }

// Labels are 32 bytes, padded with blanks.
bool HasLabel(const CK_TOKEN_INFO& info, std::string_view label) {
  const std::string_view padded(reinterpret_cast<const char*>(info.label), sizeof info.label);
  const std::size_t end = padded.find_last_not_of(' ');
  return padded.substr(0, end == std::string_view::npos ? 0 : end + 1) == label;
}

}  // namespace

Pkcs11Session::Pkcs11Session(Pkcs11Place place, Secret pin)
    : place_(std::move(place)), pin_(std::move(pin)), opened_by_(::getpid()) {}

// The module is neither finished nor unloaded: others in this process may use it, and some crash on the way out.
Pkcs11Session::~Pkcs11Session() {
  if (module_ != nullptr && ::getpid() == opened_by_) Disconnect();
}

Result<void> Pkcs11Session::Begin() {
  const std::lock_guard lock(mutex_);
  TRY(Load());
  for (int beginning = 1;; ++beginning) {
    Result<void> connected = Connect();
    if (connected.ok()) break;
    if (connected.fault().reason == Reason::kPassphrase || beginning == kBeginnings) return connected;
    if (initialized_here_) static_cast<void>(module_->C_Finalize(nullptr));
    next_try_ = {};
    std::this_thread::sleep_for(kBetweenBeginnings);
  }
  connected_once_ = true;
  return {};
}

Result<void> Pkcs11Session::Load() {
  library_ = ::dlopen(place_.module.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library_ == nullptr) {
    return Fault{Reason::kKeyStore, "", place_.module.string() + " can not be loaded as a PKCS#11 module"};
  }
  const auto entry = reinterpret_cast<CK_C_GetFunctionList>(::dlsym(library_, "C_GetFunctionList"));
  if (entry == nullptr || entry(&module_) != CKR_OK || module_ == nullptr) {
    module_ = nullptr;
    return Fault{Reason::kKeyStore, "", place_.module.string() + " is no PKCS#11 module"};
  }
  return {};
}

Result<CK_SLOT_ID> Pkcs11Session::FindSlot() {
  CK_ULONG count = 0;
  CK_RV answer = module_->C_GetSlotList(CK_TRUE, nullptr, &count);
  if (answer != CKR_OK) return Away("C_GetSlotList", answer);
  std::vector<CK_SLOT_ID> slots(count);
  answer = module_->C_GetSlotList(CK_TRUE, slots.data(), &count);
  if (answer != CKR_OK) return Away("C_GetSlotList", answer);
  slots.resize(count);
  std::vector<CK_SLOT_ID> fitting;
  for (const CK_SLOT_ID slot : slots) {
    CK_TOKEN_INFO info{};
    if (module_->C_GetTokenInfo(slot, &info) != CKR_OK || !HasLabel(info, place_.token)) continue;
    if ((info.flags & CKF_USER_PIN_LOCKED) != 0) return NoPin("has locked its PIN; unlock it with its maker's tool");
    if ((info.flags & CKF_USER_PIN_FINAL_TRY) != 0) {
      return NoPin("allows one last try of its PIN, which is left to a person; log in with its maker's tool");
    }
    fitting.push_back(slot);
  }
  if (fitting.size() == 1) return fitting[0];
  const std::string which = "labelled " + place_.token;
  if (fitting.size() > 1) return Fault{Reason::kKeyStore, "", "there is more than one token " + which};
  return Fault{connected_once_ ? Reason::kSigning : Reason::kKeyStore, "", "there is no token " + which};
}

Result<void> Pkcs11Session::LogIn() {
  // The interface takes bytes it does not change by pointers that could.
  auto* const pin = const_cast<CK_UTF8CHAR_PTR>(pin_.bytes().data());
  const CK_RV answer = module_->C_Login(session_, CKU_USER, pin, pin_.size());
  switch (answer) {
    case CKR_OK:
    case CKR_USER_ALREADY_LOGGED_IN:
      return {};
    case CKR_PIN_INCORRECT:
    case CKR_PIN_INVALID:
    case CKR_PIN_LEN_RANGE:
    case CKR_PIN_LOCKED:
    case CKR_PIN_EXPIRED:
      pin_refused_ = true;
      return NoPin("refuses the PIN");
    default:
      return Away("C_Login", answer);
  }
}

Result<void> Pkcs11Session::Connect() {
  if (pin_refused_) return NoPin("has refused the PIN; it is not tried again. Start again with the right one");
  if (std::chrono::steady_clock::now() < next_try_) return Fault{Reason::kSigning, "", "the hardware module is away"};
  next_try_ = std::chrono::steady_clock::now() + kBetweenTries;
  CK_C_INITIALIZE_ARGS arguments{};
  arguments.flags = CKF_OS_LOCKING_OK;
  const CK_RV ready = module_->C_Initialize(&arguments);
  if (ready != CKR_OK && ready != CKR_CRYPTOKI_ALREADY_INITIALIZED) return Away("C_Initialize", ready);
  initialized_here_ = ready == CKR_OK;
  TRY_ASSIGN(const CK_SLOT_ID slot, FindSlot());
  const CK_RV opened = module_->C_OpenSession(slot, CKF_SERIAL_SESSION | CKF_RW_SESSION, nullptr, nullptr, &session_);
  if (opened != CKR_OK) {
    session_ = CK_INVALID_HANDLE;
    return Away("C_OpenSession", opened);
  }
  Result<void> logged_in = LogIn();
  if (!logged_in.ok()) Disconnect();
  if (logged_in.ok()) next_try_ = {};
  return logged_in;
}

void Pkcs11Session::Disconnect() {
  if (session_ != CK_INVALID_HANDLE) static_cast<void>(module_->C_CloseSession(session_));
  session_ = CK_INVALID_HANDLE;
  found_.clear();
}

bool Pkcs11Session::IsLost(CK_RV answer) const {
  switch (answer) {
    case CKR_SESSION_HANDLE_INVALID:
    case CKR_SESSION_CLOSED:
    case CKR_OBJECT_HANDLE_INVALID:
    case CKR_KEY_HANDLE_INVALID:
    case CKR_USER_NOT_LOGGED_IN:
    case CKR_DEVICE_ERROR:
    case CKR_DEVICE_REMOVED:
    case CKR_TOKEN_NOT_PRESENT:
    case CKR_CRYPTOKI_NOT_INITIALIZED:
      return true;
    case CKR_GENERAL_ERROR:
    case CKR_FUNCTION_FAILED: {
      // Some modules answer so to a seal that does not hold.
      CK_SESSION_INFO info{};
      return module_->C_GetSessionInfo(session_, &info) != CKR_OK || info.state != CKS_RW_USER_FUNCTIONS;
    }
    default:
      return false;
  }
}

Result<void> Pkcs11Session::Do(const std::function<CK_RV()>& work, const Fault& refused) {
  const std::lock_guard lock(mutex_);
  if (::getpid() != opened_by_) {
    return Fault{Reason::kSigning, "", "a hardware module is not used by a child of the process that opened it"};
  }
  CK_RV answer = CKR_OK;
  for (int attempt = 0; attempt < 2; ++attempt) {
    if (session_ == CK_INVALID_HANDLE) TRY(Connect());
    answer = work();
    if (answer == CKR_OK) return {};
    if (!IsLost(answer)) return Fault{refused.reason, "", refused.detail + " (" + Hex(answer) + ")"};
    Disconnect();
  }
  next_try_ = std::chrono::steady_clock::now() + kBetweenTries;
  return Away("it answered", answer);
}

CK_RV Pkcs11Session::Find(CK_OBJECT_CLASS kind, const ObjectId& id, CK_OBJECT_HANDLE& found) {
  const auto known = found_.find({kind, id});
  if (known != found_.end()) {
    found = known->second;
    return CKR_OK;
  }
  std::array<CK_ATTRIBUTE, 2> sought{
      {{CKA_CLASS, &kind, sizeof kind}, {CKA_ID, const_cast<std::uint8_t*>(id.data()), id.size()}}};
  CK_RV answer = module_->C_FindObjectsInit(session_, sought.data(), sought.size());
  if (answer != CKR_OK) return answer;
  std::array<CK_OBJECT_HANDLE, 2> objects{};
  CK_ULONG count = 0;
  answer = module_->C_FindObjects(session_, objects.data(), objects.size(), &count);
  const CK_RV ended = module_->C_FindObjectsFinal(session_);
  if (answer != CKR_OK) return answer;
  if (ended != CKR_OK) return ended;
  if (count != 1) return kNotOne;
  found = objects[0];
  found_[{kind, id}] = found;
  return CKR_OK;
}

void Pkcs11Session::Forget(const ObjectId& id) {
  std::erase_if(found_, [&](const auto& entry) { return entry.first.second == id; });
}

}  // namespace passport
