#include "tests/keys/soft_hsm.h"

#include <dlfcn.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <vector>

namespace passport {

std::string SoftHsm::MakersModule() { return PASSPORT_SOFTHSM; }

SoftHsm& SoftHsm::Get() {
  static SoftHsm hsm;
  return hsm;
}

SoftHsm::SoftHsm() {
  std::string name = (std::filesystem::temp_directory_path() / "soft-hsm-XXXXXX").string();
  EXPECT_NE(::mkdtemp(name.data()), nullptr);
  folder_ = name;
  std::filesystem::create_directory(folder_ + "/tokens");
  std::ofstream(folder_ + "/softhsm2.conf") << "directories.tokendir = " << folder_ << "/tokens\n"
                                            << "objectstore.backend = file\nlog.level = ERROR\n";
  ::setenv("SOFTHSM2_CONF", (folder_ + "/softhsm2.conf").c_str(), 1);
  ::setenv("PASSPORT_FAULT_MODULE_BEHIND", MakersModule().c_str(), 1);
  library_ = ::dlopen(PASSPORT_FAULT_MODULE, RTLD_NOW | RTLD_LOCAL);
  EXPECT_NE(library_, nullptr) << ::dlerror();
  const auto entry = reinterpret_cast<CK_C_GetFunctionList>(::dlsym(library_, "C_GetFunctionList"));
  EXPECT_EQ(entry(&module_), CKR_OK);
}

SoftHsm::~SoftHsm() { std::filesystem::remove_all(folder_); }

// Through the module itself: it does not see tokens that another process makes while it is loaded.
void SoftHsm::MakeTokenLabelled(const std::string& label) {
  CK_C_INITIALIZE_ARGS arguments{};
  arguments.flags = CKF_OS_LOCKING_OK;
  const CK_RV ready = module_->C_Initialize(&arguments);
  ASSERT_TRUE(ready == CKR_OK || ready == CKR_CRYPTOKI_ALREADY_INITIALIZED);
  std::string so_pin = "98765432";
  std::string pin(kPin);
  std::string padded = label;
  padded.resize(sizeof(CK_TOKEN_INFO::label), ' ');
  const auto text = [](std::string& of) { return reinterpret_cast<CK_UTF8CHAR_PTR>(of.data()); };
  const CK_SLOT_ID free_slot =
      FirstSlot([](const CK_TOKEN_INFO& info) { return (info.flags & CKF_TOKEN_INITIALIZED) == 0; });
  ASSERT_EQ(module_->C_InitToken(free_slot, text(so_pin), so_pin.size(), text(padded)), CKR_OK);
  CK_SESSION_HANDLE session = CK_INVALID_HANDLE;
  ASSERT_EQ(module_->C_OpenSession(free_slot, CKF_SERIAL_SESSION | CKF_RW_SESSION, nullptr, nullptr, &session), CKR_OK);
  ASSERT_EQ(module_->C_Login(session, CKU_SO, text(so_pin), so_pin.size()), CKR_OK);
  ASSERT_EQ(module_->C_InitPIN(session, text(pin), pin.size()), CKR_OK);
  ASSERT_EQ(module_->C_Logout(session), CKR_OK);
  ASSERT_EQ(module_->C_CloseSession(session), CKR_OK);
}

Pkcs11Place SoftHsm::MakeToken() {
  const std::string label = "token-" + std::to_string(++tokens_);
  MakeTokenLabelled(label);
  return {.module = PASSPORT_FAULT_MODULE, .token = label};
}

CK_SLOT_ID SoftHsm::SlotOf(const std::string& label) const {
  return FirstSlot([&](const CK_TOKEN_INFO& info) {
    return std::string_view(reinterpret_cast<const char*>(info.label), label.size() + 1) == label + " ";
  });
}

CK_SLOT_ID SoftHsm::FirstSlot(const std::function<bool(const CK_TOKEN_INFO&)>& fits) const {
  CK_ULONG count = 0;
  EXPECT_EQ(module_->C_GetSlotList(CK_TRUE, nullptr, &count), CKR_OK);
  std::vector<CK_SLOT_ID> slots(count);
  EXPECT_EQ(module_->C_GetSlotList(CK_TRUE, slots.data(), &count), CKR_OK);
  for (const CK_SLOT_ID slot : slots) {
    CK_TOKEN_INFO info{};
    if (module_->C_GetTokenInfo(slot, &info) == CKR_OK && fits(info)) return slot;
  }
  ADD_FAILURE() << "no such token";
  return 0;
}

void SoftHsm::FailAfter(long calls) const {
  reinterpret_cast<void (*)(long)>(::dlsym(library_, "fault_module_fail_after"))(calls);
}

long SoftHsm::logins() const { return reinterpret_cast<long (*)()>(::dlsym(library_, "fault_module_logins"))(); }

}  // namespace passport
