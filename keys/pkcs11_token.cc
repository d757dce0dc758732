#include "keys/pkcs11_token.h"

#include <array>
#include <utility>

#include "credential/crypto/jwk.h"
#include "credential/encoding/base64url.h"
#include "keys/ec_point.h"
#include "keys/pkcs11_session.h"
#include "keys/sealing.h"

namespace passport {
namespace {

// The object identifier of P-256, DER (RFC 5480).
constexpr std::array<std::uint8_t, 10> kP256{0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07};
constexpr std::size_t kPointBytesMax = 80;

Fault NotThere() { return {Reason::kKeyStore, "", "the token does not have this key, or has it twice"}; }
Fault NotMade() { return {Reason::kSigning, "", "the token did not make the key"}; }
Fault NotSigned() { return {Reason::kSigning, "", "the token did not sign"}; }
Fault NotSealed() { return {Reason::kSigning, "", "the token did not seal"}; }

// The interface takes bytes it does not change by pointers that could.
CK_BYTE_PTR In(std::span<const std::uint8_t> bytes) {
  static constexpr std::uint8_t kNothing = 0;
  return const_cast<CK_BYTE_PTR>(bytes.empty() ? &kNothing : bytes.data());
}

CK_ATTRIBUTE Bytes(CK_ATTRIBUTE_TYPE type, std::span<const std::uint8_t> bytes) {
  return {type, In(bytes), bytes.size()};
}

CK_ATTRIBUTE Text(CK_ATTRIBUTE_TYPE type, const std::string& text) {
  return Bytes(type, {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

CK_ATTRIBUTE Flag(CK_ATTRIBUTE_TYPE type, bool value) {
  static CK_BBOOL yes = CK_TRUE;
  static CK_BBOOL no = CK_FALSE;
  return {type, value ? &yes : &no, sizeof(CK_BBOOL)};
}

// True when the module keeps to what was asked: nobody gets this key out again.
bool StaysInside(const Pkcs11Session& session, CK_OBJECT_HANDLE key) {
  CK_BBOOL sensitive = CK_FALSE;
  CK_BBOOL extractable = CK_TRUE;
  std::array<CK_ATTRIBUTE, 2> asked{
      {{CKA_SENSITIVE, &sensitive, sizeof sensitive}, {CKA_EXTRACTABLE, &extractable, sizeof extractable}}};
  const CK_RV answer = session.module().C_GetAttributeValue(session.handle(), key, asked.data(), asked.size());
  return answer == CKR_OK && sensitive == CK_TRUE && extractable == CK_FALSE;
}

CK_RV ReadPoint(const Pkcs11Session& session, CK_OBJECT_HANDLE key, std::vector<std::uint8_t>& point) {
  point.resize(kPointBytesMax);
  CK_ATTRIBUTE asked{CKA_EC_POINT, point.data(), point.size()};
  const CK_RV answer = session.module().C_GetAttributeValue(session.handle(), key, &asked, 1);
  point.resize(answer == CKR_OK ? asked.ulValueLen : 0);
  return answer;
}

// What C_GenerateKeyPair takes and gives.
CK_RV GeneratePair(const Pkcs11Session& session, const std::string& label, CK_OBJECT_HANDLE& public_half,
                   CK_OBJECT_HANDLE& private_half) {
  std::array<CK_ATTRIBUTE, 5> for_public{{Flag(CKA_TOKEN, true), Flag(CKA_PRIVATE, false), Flag(CKA_VERIFY, true),
                                          Bytes(CKA_EC_PARAMS, kP256), Text(CKA_LABEL, label)}};
  std::array<CK_ATTRIBUTE, 9> for_private{{Flag(CKA_TOKEN, true), Flag(CKA_PRIVATE, true), Flag(CKA_SENSITIVE, true),
                                           Flag(CKA_EXTRACTABLE, false), Flag(CKA_SIGN, true), Flag(CKA_DECRYPT, false),
                                           Flag(CKA_UNWRAP, false), Flag(CKA_DERIVE, false), Text(CKA_LABEL, label)}};
  CK_MECHANISM mechanism{CKM_EC_KEY_PAIR_GEN, nullptr, 0};
  return session.module().C_GenerateKeyPair(session.handle(), &mechanism, for_public.data(), for_public.size(),
                                            for_private.data(), for_private.size(), &public_half, &private_half);
}

CK_RV GenerateSecret(const Pkcs11Session& session, CK_MECHANISM_TYPE type, bool seals, const ObjectId& id,
                     const std::string& label) {
  CK_ULONG length = kSealKeyBytes;
  std::array<CK_ATTRIBUTE, 12> wanted{{Flag(CKA_TOKEN, true),
                                       Flag(CKA_PRIVATE, true),
                                       Flag(CKA_SENSITIVE, true),
                                       Flag(CKA_EXTRACTABLE, false),
                                       Flag(CKA_ENCRYPT, seals),
                                       Flag(CKA_DECRYPT, seals),
                                       Flag(CKA_SIGN, !seals),
                                       Flag(CKA_WRAP, false),
                                       Flag(CKA_UNWRAP, false),
                                       Text(CKA_LABEL, label),
                                       Bytes(CKA_ID, id),
                                       {CKA_VALUE_LEN, &length, sizeof length}}};
  CK_MECHANISM mechanism{type, nullptr, 0};
  CK_OBJECT_HANDLE made = CK_INVALID_HANDLE;
  const CK_RV answer =
      session.module().C_GenerateKey(session.handle(), &mechanism, wanted.data(), wanted.size(), &made);
  if (answer != CKR_OK || StaysInside(session, made)) return answer;
  static_cast<void>(session.module().C_DestroyObject(session.handle(), made));
  return CKR_ATTRIBUTE_VALUE_INVALID;
}

struct Gcm {
  Gcm(std::span<const std::uint8_t> iv, std::span<const std::uint8_t> aad)
      : parameters{In(iv), iv.size(), iv.size() * 8, In(aad), aad.size(), kSealTagBytes * 8} {}
  CK_GCM_PARAMS parameters;
  CK_MECHANISM mechanism{CKM_AES_GCM, &parameters, sizeof parameters};
};

}  // namespace

struct Pkcs11Token::Parts {
  Parts(const Pkcs11Place& place, Secret pin) : session(place, std::move(pin)) {}
  Pkcs11Session session;
};

Result<std::shared_ptr<Pkcs11Token>> Pkcs11Token::Open(const Pkcs11Place& place, Secret pin) {
  auto parts = std::make_unique<Parts>(place, std::move(pin));
  TRY(parts->session.Begin());
  return std::shared_ptr<Pkcs11Token>(new Pkcs11Token(std::move(parts)));
}

Pkcs11Token::Pkcs11Token(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Pkcs11Token::~Pkcs11Token() = default;

Result<P256Point> Pkcs11Token::MakePair(const std::string& label) {
  Pkcs11Session& session = parts_->session;
  std::vector<std::uint8_t> attribute;
  Result<P256Point> point = NotMade();
  const auto make = [&] {
    CK_OBJECT_HANDLE public_half = CK_INVALID_HANDLE;
    CK_OBJECT_HANDLE private_half = CK_INVALID_HANDLE;
    CK_RV answer = GeneratePair(session, label, public_half, private_half);
    if (answer != CKR_OK) return answer;
    answer = ReadPoint(session, public_half, attribute);
    point = DecodeEcPoint(attribute);
    if (answer == CKR_OK && (!point.ok() || !StaysInside(session, private_half))) answer = CKR_ATTRIBUTE_VALUE_INVALID;
    if (answer == CKR_OK) {
      ObjectId id(32);
      if (!DecodeBase64UrlInto(Thumbprint(*point), id).ok()) return CK_RV{CKR_ATTRIBUTE_VALUE_INVALID};
      CK_ATTRIBUTE named = Bytes(CKA_ID, id);
      answer = session.module().C_SetAttributeValue(session.handle(), public_half, &named, 1);
      if (answer == CKR_OK) answer = session.module().C_SetAttributeValue(session.handle(), private_half, &named, 1);
    }
    if (answer == CKR_OK) return answer;
    static_cast<void>(session.module().C_DestroyObject(session.handle(), private_half));
    static_cast<void>(session.module().C_DestroyObject(session.handle(), public_half));
    return answer;
  };
  TRY(session.Do(make, NotMade()));
  return point;
}

Result<void> Pkcs11Token::MakeSealKey(const ObjectId& id, const std::string& label) {
  Pkcs11Session& session = parts_->session;
  return session.Do([&] { return GenerateSecret(session, CKM_AES_KEY_GEN, true, id, label); }, NotMade());
}

Result<void> Pkcs11Token::MakeDigestKey(const ObjectId& id, const std::string& label) {
  Pkcs11Session& session = parts_->session;
  return session.Do([&] { return GenerateSecret(session, CKM_GENERIC_SECRET_KEY_GEN, false, id, label); }, NotMade());
}

void Pkcs11Token::Destroy(const ObjectId& id) {
  Pkcs11Session& session = parts_->session;
  const auto destroy = [&] {
    for (const CK_OBJECT_CLASS kind : {CKO_PRIVATE_KEY, CKO_SECRET_KEY, CKO_PUBLIC_KEY}) {
      CK_OBJECT_HANDLE object = CK_INVALID_HANDLE;
      if (session.Find(kind, id, object) != CKR_OK) continue;
      static_cast<void>(session.module().C_DestroyObject(session.handle(), object));
    }
    session.Forget(id);
    return CK_RV{CKR_OK};
  };
  static_cast<void>(session.Do(destroy, NotThere()).ok());
}

Result<P256Point> Pkcs11Token::FindPublic(const ObjectId& id) {
  Pkcs11Session& session = parts_->session;
  std::vector<std::uint8_t> attribute;
  const auto read = [&] {
    CK_OBJECT_HANDLE key = CK_INVALID_HANDLE;
    const CK_RV answer = session.Find(CKO_PUBLIC_KEY, id, key);
    return answer == CKR_OK ? ReadPoint(session, key, attribute) : answer;
  };
  TRY(session.Do(read, NotThere()));
  return DecodeEcPoint(attribute);
}

Result<void> Pkcs11Token::FindPrivate(const ObjectId& id) {
  CK_OBJECT_HANDLE key = CK_INVALID_HANDLE;
  return parts_->session.Do([&] { return parts_->session.Find(CKO_PRIVATE_KEY, id, key); }, NotThere());
}

Result<void> Pkcs11Token::FindSecret(const ObjectId& id) {
  CK_OBJECT_HANDLE key = CK_INVALID_HANDLE;
  return parts_->session.Do([&] { return parts_->session.Find(CKO_SECRET_KEY, id, key); }, NotThere());
}

Result<Signature> Pkcs11Token::Sign(const ObjectId& id, const Digest& digest) {
  Pkcs11Session& session = parts_->session;
  Signature signature;
  const auto sign = [&] {
    CK_OBJECT_HANDLE key = CK_INVALID_HANDLE;
    CK_MECHANISM mechanism{CKM_ECDSA, nullptr, 0};
    CK_ULONG length = signature.size();
    CK_RV answer = session.Find(CKO_PRIVATE_KEY, id, key);
    if (answer == CKR_OK) answer = session.module().C_SignInit(session.handle(), &mechanism, key);
    if (answer == CKR_OK) {
      answer = session.module().C_Sign(session.handle(), In(digest), digest.size(), signature.data(), &length);
    }
    return answer == CKR_OK && length != signature.size() ? CK_RV{CKR_DATA_LEN_RANGE} : answer;
  };
  TRY(session.Do(sign, NotSigned()));
  return signature;
}

Result<std::vector<std::uint8_t>> Pkcs11Token::Encrypt(const ObjectId& id, std::span<const std::uint8_t> iv,
                                                       std::span<const std::uint8_t> plaintext,
                                                       std::span<const std::uint8_t> aad) {
  Pkcs11Session& session = parts_->session;
  std::vector<std::uint8_t> sealed(plaintext.size() + kSealTagBytes);
  const auto encrypt = [&] {
    Gcm gcm(iv, aad);
    CK_OBJECT_HANDLE key = CK_INVALID_HANDLE;
    CK_ULONG length = sealed.size();
    CK_RV answer = session.Find(CKO_SECRET_KEY, id, key);
    if (answer == CKR_OK) answer = session.module().C_EncryptInit(session.handle(), &gcm.mechanism, key);
    if (answer == CKR_OK) {
      answer = session.module().C_Encrypt(session.handle(), In(plaintext), plaintext.size(), sealed.data(), &length);
    }
    return answer == CKR_OK && length != sealed.size() ? CK_RV{CKR_DATA_LEN_RANGE} : answer;
  };
  TRY(session.Do(encrypt, NotSealed()));
  return sealed;
}

Result<Secret> Pkcs11Token::Decrypt(const ObjectId& id, std::span<const std::uint8_t> iv,
                                    std::span<const std::uint8_t> sealed, std::span<const std::uint8_t> aad) {
  Pkcs11Session& session = parts_->session;
  if (sealed.size() < kSealTagBytes) return Fault{Reason::kKeyStore, "", "what was sealed is too short"};
  Secret plaintext(sealed.size());  // some modules want room for the tag, too
  const auto decrypt = [&] {
    Gcm gcm(iv, aad);
    CK_OBJECT_HANDLE key = CK_INVALID_HANDLE;
    CK_ULONG length = plaintext.size();
    CK_RV answer = session.Find(CKO_SECRET_KEY, id, key);
    if (answer == CKR_OK) answer = session.module().C_DecryptInit(session.handle(), &gcm.mechanism, key);
    if (answer == CKR_OK) {
      answer =
          session.module().C_Decrypt(session.handle(), In(sealed), sealed.size(), plaintext.bytes().data(), &length);
    }
    return answer == CKR_OK && length != sealed.size() - kSealTagBytes ? CK_RV{CKR_ENCRYPTED_DATA_INVALID} : answer;
  };
  TRY(session.Do(decrypt, {Reason::kKeyStore, "", "what was sealed was altered, or is of another key"}));
  plaintext.Truncate(sealed.size() - kSealTagBytes);
  return plaintext;
}

Result<Digest> Pkcs11Token::Hmac(const ObjectId& id, std::span<const std::uint8_t> bytes) {
  Pkcs11Session& session = parts_->session;
  Digest digest;
  const auto compute = [&] {
    CK_OBJECT_HANDLE key = CK_INVALID_HANDLE;
    CK_MECHANISM mechanism{CKM_SHA256_HMAC, nullptr, 0};
    CK_ULONG length = digest.size();
    CK_RV answer = session.Find(CKO_SECRET_KEY, id, key);
    if (answer == CKR_OK) answer = session.module().C_SignInit(session.handle(), &mechanism, key);
    if (answer == CKR_OK) {
      answer = session.module().C_Sign(session.handle(), In(bytes), bytes.size(), digest.data(), &length);
    }
    return answer == CKR_OK && length != digest.size() ? CK_RV{CKR_DATA_LEN_RANGE} : answer;
  };
  TRY(session.Do(compute, NotSigned()));
  return digest;
}

}  // namespace passport
