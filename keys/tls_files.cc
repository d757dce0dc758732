#include "keys/tls_files.h"

#include <arpa/inet.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <array>
#include <ctime>
#include <memory>
#include <string>

namespace passport {
namespace {

template <auto kFree>
struct FreeWith {
  template <class T>
  void operator()(T* held) const {
    kFree(held);
  }
};
using X509Certificate = std::unique_ptr<X509, FreeWith<X509_free>>;
using EvpKey = std::unique_ptr<EVP_PKEY, FreeWith<EVP_PKEY_free>>;
using Bio = std::unique_ptr<BIO, FreeWith<BIO_free_all>>;
using HostNames = std::unique_ptr<GENERAL_NAMES, FreeWith<GENERAL_NAMES_free>>;

Fault Bad(std::string_view what) {
  ERR_clear_error();
  return {Reason::kKey, "", std::string(what)};
}

int RefusePassphrase(char*, int, int, void*) { return -1; }

Bio Over(std::string_view text) { return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))); }

bool InItsTime(const X509& certificate, Instant now) {
  auto at = static_cast<std::time_t>(now.seconds);
  return X509_cmp_time(X509_get0_notBefore(&certificate), &at) < 0 &&
         X509_cmp_time(X509_get0_notAfter(&certificate), &at) > 0;
}

Result<void> CheckAuthorities(std::string_view pem, Instant now) {
  const Bio text = Over(pem);
  int usable = 0;
  for (;;) {
    const X509Certificate authority(PEM_read_bio_X509(text.get(), nullptr, RefusePassphrase, nullptr));
    if (authority == nullptr) break;
    if (X509_check_ca(authority.get()) == 0) return Bad("the authority of the clients is no authority");
    if (InItsTime(*authority, now)) ++usable;
  }
  ERR_clear_error();
  if (usable == 0) return Bad("there is no authority of the clients in its time");
  return {};
}

std::string_view BytesOf(const ASN1_STRING* text) {
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
          static_cast<std::size_t>(ASN1_STRING_length(text))};
}

// As it is written in an address; empty for what is none.
std::string TextOfAddress(std::string_view bytes) {
  constexpr std::size_t kFour = 4;
  constexpr std::size_t kSix = 16;
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (bytes.size() != kFour && bytes.size() != kSix) return "";
  const bool six = bytes.size() == kSix;
  if (inet_ntop(six ? AF_INET6 : AF_INET, bytes.data(), text.data(), text.size()) == nullptr) return "";
  return six ? "[" + std::string(text.data()) + "]" : std::string(text.data());
}

std::string TextOfHost(const GENERAL_NAME& name) {
  if (name.type == GEN_IPADD) return TextOfAddress(BytesOf(name.d.iPAddress));
  if (name.type != GEN_DNS) return "";
  std::string text(BytesOf(name.d.dNSName));
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text.find('*') == std::string::npos ? text : "";
}

}  // namespace

Result<std::vector<std::string>> HostsOf(std::string_view certificate_pem) {
  const Bio text = Over(certificate_pem);
  const X509Certificate certificate(PEM_read_bio_X509(text.get(), nullptr, RefusePassphrase, nullptr));
  if (certificate == nullptr) return Bad("the server's certificate does not read");
  const HostNames names(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate.get(), NID_subject_alt_name, nullptr, nullptr)));
  std::vector<std::string> hosts;
  for (int i = 0; names != nullptr && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    std::string host = TextOfHost(*sk_GENERAL_NAME_value(names.get(), i));
    if (!host.empty()) hosts.push_back(std::move(host));
  }
  ERR_clear_error();
  return hosts;
}

Result<void> CheckTlsFiles(std::string_view certificate_pem, std::string_view private_key_pem,
                           std::string_view client_authority_pem, Instant now) {
  const Bio certificate_text = Over(certificate_pem);
  const X509Certificate certificate(PEM_read_bio_X509(certificate_text.get(), nullptr, RefusePassphrase, nullptr));
  if (certificate == nullptr) return Bad("the server's certificate does not read");
  if (!InItsTime(*certificate, now)) return Bad("the server's certificate has ended or not begun");
  const Bio key_text = Over(private_key_pem);
  const EvpKey key(PEM_read_bio_PrivateKey(key_text.get(), nullptr, RefusePassphrase, nullptr));
  if (key == nullptr) return Bad("the server's private key does not read");
  if (X509_check_private_key(certificate.get(), key.get()) != 1) {
    return Bad("the server's private key is not that of its certificate");
  }
  return CheckAuthorities(client_authority_pem, now);
}

}  // namespace passport
