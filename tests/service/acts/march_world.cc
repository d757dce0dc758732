#include "tests/service/acts/march_world.h"

#include <gtest/gtest.h>

#include "credential/encoding/base64url.h"

namespace passport {

MarchWorld::MarchWorld() : RegistryWorld(At("2026-03-02T09:00")) {
  code = Enrol("1001");
  training = std::make_unique<CredentialId>(IssueTraining("1001"));
  Enrol("1002");
  other = std::make_unique<CredentialId>(IssueTraining("1002"));
  PublishNow();
}

Result<CheckPresentation::Answer> MarchWorld::Seen(const CredentialId& credential) {
  PublishNow();
  const std::string nonce = Ask();
  const auto presentation = PresentTo(nonce, code, {{credential, {"achieved_on"}}});
  if (!presentation.ok()) return presentation.fault();
  return Checking()(Asked(council, nonce, presentation->Text()));
}

PresentedRecord MarchWorld::Record() {
  const auto answer = Seen(*training);
  EXPECT_TRUE(answer.ok()) << answer.fault().detail;
  return answer->presentation.records().front();
}

std::string MarchWorld::SignerOfTheTrustsList() {
  const std::string& token = files.files.at("status/ods-RC9/1.jwt");
  std::string header;
  EXPECT_TRUE(DecodeBase64Url(std::string_view(token).substr(0, token.find('.')), header).ok());
  for (const KeyInfo& key : keys->List()) {
    if (key.role == KeyRole::kStatus && header.find(key.kid) != std::string::npos) return key.owner.text();
  }
  return "nobody";
}

}  // namespace passport
