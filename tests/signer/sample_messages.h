// One of each message of the signer's protocol.
#pragma once

#include <string>
#include <vector>

#include "signer/signer_protocol.h"

namespace passport {

inline const std::string kSampleKid(43, 'k');

inline KeyInfo SampleKey(KeyRole role) {
  KeyInfo info{.owner = KeyOwner::Service(),
               .role = role,
               .kid = kSampleKid,
               .state = KeyState::kCompromised,
               .created_at = {1'795'000'000},
               .published_at = std::nullopt,
               .activated_at = Instant{1'795'000'001},
               .retired_at = std::nullopt,
               .compromised_at = Instant{-5},
               .point = std::nullopt};
  if (!IsSecretRole(role)) info.point.emplace().fill(7);
  return info;
}

inline std::vector<SignerRequest> SampleRequests() {
  const Instant now{1'795'000'000};
  const std::vector<std::uint8_t> bytes = {0, 1, 255};
  Digest digest;
  digest.fill(9);
  const KeyOwner owner = KeyOwner::Parse("ods:RC9").value();
  std::vector<SignerRequest> all;
  all.emplace_back(AskList{});
  all.emplace_back(AskReload{});
  all.emplace_back(AskGenerate{owner, KeyRole::kIssue, KeyState::kStaged, now});
  all.emplace_back(AskChangeState{kSampleKid, KeyState::kRetired, now});
  all.emplace_back(AskNotePublished{kSampleKid, now});
  all.emplace_back(AskSign{owner, KeyRole::kStatus, kSampleKid, digest});
  all.emplace_back(AskSeal{Secret(bytes), bytes});
  all.emplace_back(AskUnseal{bytes, {}});
  all.emplace_back(AskKeyedDigest{"context", Secret(bytes)});
  all.emplace_back(AskMakeHolderKey{bytes});
  all.emplace_back(AskHolderPoint{bytes, bytes});
  all.emplace_back(AskHolderSign{bytes, bytes, digest});
  return all;
}

inline std::vector<SignerAnswer> SampleAnswers() {
  const std::vector<std::uint8_t> bytes = {0, 1, 255};
  Digest digest;
  digest.fill(9);
  Signature signature;
  signature.fill(8);
  P256Point point;
  point.fill(7);
  std::vector<SignerAnswer> all;
  all.emplace_back(Fault{Reason::kSigning, "", "why"});
  all.emplace_back(Done{});
  all.emplace_back(GiveKeys{{SampleKey(KeyRole::kIssue), SampleKey(KeyRole::kSeal)}});
  all.emplace_back(GiveKid{kSampleKid});
  all.emplace_back(GiveSignature{signature});
  all.emplace_back(GiveSealed{bytes});
  all.emplace_back(GiveSecret{Secret(bytes)});
  all.emplace_back(GiveDigest{digest});
  all.emplace_back(GiveHolderKey{{point, bytes}});
  all.emplace_back(GivePoint{point});
  return all;
}

}  // namespace passport
