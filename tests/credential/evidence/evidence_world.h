// Evidence for tests: a service that signs receipts, and exports as it would write them.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "credential/evidence/evidence_file.h"
#include "tests/credential/trust/trust_world.h"

namespace passport {

// The suite by the name that stays; says at its end how many cases it ran.
class Evidence : public ::testing::Test {
 public:
  static void TearDownTestSuite();
  static void Count(std::size_t more = 1) { cases_ += more; }

 private:
  static inline std::size_t cases_ = 0;
};

struct EvidenceWorld {
  // Keys are made once for the program.
  static EvidenceWorld& Get();
  EvidenceWorld();

  PrivateKey receipt_key;
  PrivateKey other_receipt_key;  // listed too
  TrustWorld& trust;

  RegistryContent Content() const;
  std::string RegistryToken() const;
  TrustRegistry Registry() const;
};
TrustRegistry RegistryOf(const RegistryContent& content);

OrganisationId Receiver();  // the council
std::string SubjectOf(char letter);
CredentialId CredentialOf(char letter);

// The council relied on a nurse's identity check, registration and training by the trust: role community-nurse met.
ReceiptContent MetReceipt(char person = 'n', Instant decided_at = kNow);
// Verified without a role.
ReceiptContent VerifiedReceipt(char person = 'n', Instant decided_at = kNow);
std::string Signed(const ReceiptContent& content);

// A chain of an organisation as the service keeps it, and its export.
class Chain {
 public:
  explicit Chain(OrganisationId organisation = Receiver()) : organisation_(std::move(organisation)) {}
  // Relies on it at the time of its decision.
  Chain& Add(const ReceiptContent& content, std::vector<EvidenceOverride> overrides = {});
  Chain& AddToken(std::string_view subject, Instant at, std::string token,
                  std::vector<EvidenceOverride> overrides = {});
  // What erasing a person leaves of an item, counted from 1.
  Chain& Erase(std::size_t number);
  EvidenceHead Head(std::string_view subject = "", Instant at = kNow + kDay) const;
  // The lines of an export without line ends: of everybody, or of one person.
  std::vector<std::string> Lines(std::string_view subject = "") const;
  std::vector<std::string> LinesWith(const EvidenceHead& head) const;
  std::vector<EvidenceItem>& items() { return items_; }

 private:
  OrganisationId organisation_;
  std::vector<EvidenceItem> items_;
  std::vector<std::vector<EvidenceOverride>> overrides_;
};
EvidenceOverride OverrideOf(std::uint64_t link);

// "ok", or the word of the reason and the detail of the first line that does not hold.
std::string CheckLines(const std::vector<std::string>& lines, std::vector<CheckedItem>* items = nullptr);

}  // namespace passport
