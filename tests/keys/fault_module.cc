// A PKCS#11 module that hands every call on to another one, or says that the device was removed: when a test asks for
// it, or while the file that PASSPORT_FAULT_MODULE_AWAY names exists. Which module stands behind it is named by
// PASSPORT_FAULT_MODULE_BEHIND.
#include <dlfcn.h>
#include <p11-kit/pkcs11.h>
#include <stdlib.h>
#include <unistd.h>

#include <atomic>

namespace {

CK_FUNCTION_LIST* behind = nullptr;
CK_FUNCTION_LIST shown;
std::atomic<long> calls_left{-1};  // negative: no end
std::atomic<long> logins{0};

bool IsAway() {
  const char* const file = ::getenv("PASSPORT_FAULT_MODULE_AWAY");
  if (file != nullptr && ::access(file, F_OK) == 0) return true;
  long left = calls_left.load();
  while (left > 0 && !calls_left.compare_exchange_weak(left, left - 1)) {
  }
  return left == 0;
}

template <auto Member>
struct Through;
template <class... Arguments, CK_RV (*CK_FUNCTION_LIST::*Member)(Arguments...)>
struct Through<Member> {
  static CK_RV Call(Arguments... arguments) { return IsAway() ? CKR_DEVICE_REMOVED : (behind->*Member)(arguments...); }
};

CK_RV CountedLogin(CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_UTF8CHAR_PTR pin, CK_ULONG length) {
  ++logins;
  return Through<&CK_FUNCTION_LIST::C_Login>::Call(session, user, pin, length);
}

template <auto... Members>
void PutBetween() {
  ((shown.*Members = &Through<Members>::Call), ...);
}

}  // namespace

extern "C" void fault_module_fail_after(long calls) { calls_left = calls; }
extern "C" long fault_module_logins() { return logins; }

extern "C" CK_RV C_GetFunctionList(CK_FUNCTION_LIST_PTR_PTR list) {
  using L = CK_FUNCTION_LIST;
  if (behind == nullptr) {
    const char* const path = ::getenv("PASSPORT_FAULT_MODULE_BEHIND");
    void* const library = path == nullptr ? nullptr : ::dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) return CKR_GENERAL_ERROR;
    const auto entry = reinterpret_cast<CK_C_GetFunctionList>(::dlsym(library, "C_GetFunctionList"));
    if (entry == nullptr || entry(&behind) != CKR_OK) return CKR_GENERAL_ERROR;
    shown = *behind;
    PutBetween<&L::C_GetSlotList, &L::C_GetTokenInfo, &L::C_OpenSession, &L::C_GetSessionInfo, &L::C_FindObjectsInit,
               &L::C_FindObjects, &L::C_FindObjectsFinal, &L::C_GetAttributeValue, &L::C_SetAttributeValue,
               &L::C_GenerateKey, &L::C_GenerateKeyPair, &L::C_DestroyObject, &L::C_SignInit, &L::C_Sign,
               &L::C_EncryptInit, &L::C_Encrypt, &L::C_DecryptInit, &L::C_Decrypt>();
    shown.C_Login = &CountedLogin;
  }
  *list = &shown;
  return CKR_OK;
}
