#include "tests/service/acts/relying_world.h"

#include "credential/crypto/jwk.h"

namespace passport {

RelyingWorld::RelyingWorld(MemoryStore::FailureHook mirror)
    : ActsWorld(Ceremony::kHeld, StandingClock().now, std::move(mirror)) {
  PutTaxonomies();
  EXPECT_EQ(Put(registrar, RuleKind::kRoleProfile, MoverProfile()), "ok");
  PublishNow();
}

RelyingWorld::Holder RelyingWorld::Hire(std::string_view employee_number, std::string_view trained_on) {
  std::string code = Enrol(employee_number);
  const std::vector<Record::Field> days = {{"achieved_on", std::string(trained_on)},
                                           {"checked_on", std::string(trained_on)}};
  const CredentialId training = IssueTraining(employee_number, days);
  PublishNow();
  return {std::move(code), training};
}

Result<CheckPresentation::Answer> RelyingWorld::Rely(const Caller& receiver, const Holder& holder,
                                                     std::optional<std::string> profile) {
  const std::string nonce = AskFor(receiver);
  TRY_ASSIGN(const Presentation presentation,
             PresentTo(receiver, nonce, holder.code, {{holder.training, {"achieved_on"}}}));
  return Checking()(Asked(receiver, nonce, presentation.Text(), std::move(profile)));
}

std::string RelyingWorld::Decided(const Caller& receiver, const Holder& holder) {
  const auto answer = Rely(receiver, holder);
  return answer.ok() ? std::string(WordOf(answer->decision->outcome)) : WordsOf(answer);
}

std::vector<RelianceRow> RelyingWorld::Reliances(const Caller& receiver) {
  return store.ReliancesOf(receiver.organisation, 0, 1000)->rows;
}

KeySet RelyingWorld::Pinned() {
  const auto signer = keys->SignerFor(KeyOwner::Service(), KeyRole::kRegistry).value();
  KeySet pinned;
  pinned.Add(Thumbprint(signer->public_key().point()), signer->public_key());
  return pinned;
}

OverrideDecision::Order OverrideOrder(const Caller& by, std::string_view request, std::uint64_t reliance,
                                      Instant until) {
  return {.by = by,
          .request = Request(request),
          .reliance = reliance,
          .named_person = "Wren Example, ward manager",
          .reason = "supervised_only",
          .words = "Moves nobody alone until the course on Monday.",
          .until = until};
}

}  // namespace passport
