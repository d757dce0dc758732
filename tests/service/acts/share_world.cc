#include "tests/service/acts/share_world.h"

#include "credential/presentation/transaction.h"
#include "passport-service/acts/kept_passport.h"

namespace passport {

ShareWorld::ShareWorld() : ada(Hire("1001")), ada_calls(Holder(ada)) { Heard(0); }

HolderCaller ShareWorld::Holder(const RelyingWorld::Holder& of) {
  return {.person = store.FindPersonByCode(Sha256(of.code))->value().id, .key = {}, .held_as = HeldAs::kKept};
}

AskForShare::Order ShareWorld::ToAsk() {
  return {.by = council,
          .request = Request("ask-" + std::to_string(++requests)),
          .purpose = "placement",
          .profile = "mover",
          .kinds = {},
          .day = {},
          .keep_through = CivilDay::InLondon(clock.now).PlusDays(30)};
}

AskForShare::Answer ShareWorld::Ask() {
  Result<AskForShare::Answer> asked = Asking()(ToAsk());
  EXPECT_TRUE(asked.ok()) << asked.fault().detail;
  return std::move(asked).value();
}

AnswerShare::Order ShareWorld::ToAnswer(const AskForShare::Answer& asked) {
  return {.by = ada_calls,
          .request = Request("answer-" + std::to_string(++requests)),
          .share = asked.share.row.id,
          .code = asked.code,
          .what = GiveLeast{}};
}

ShareId ShareWorld::Give() {
  const AskForShare::Answer asked = Ask();
  const Result<ShareView> given = Answering()(ToAnswer(asked));
  EXPECT_TRUE(given.ok()) << given.fault().detail;
  return asked.share.row.id;
}

LookAtShare::Order ShareWorld::ToLook(const ShareId& share) {
  return {.by = council, .share = share, .shift = {}, .agreement = ""};
}

std::string ShareWorld::Look(const ShareId& share) {
  const auto answer = Looking()(ToLook(share));
  if (!answer.ok()) return WordsOf(answer);
  return answer->decision ? std::string(WordOf(answer->decision->outcome)) : "answer";
}

ShareRow ShareWorld::Row(const ShareId& share) { return store.FindShare(share)->value(); }

std::vector<std::string> ShareWorld::Heard(std::uint64_t after) {
  PublishNow();
  return HeardUnpublished(after);
}

std::vector<std::string> ShareWorld::HeardUnpublished(std::uint64_t after) {
  while (Following()(100)->events > 0) {
  }
  std::vector<std::string> ids;
  const auto notices = Notices().After(council, after, 0);
  for (const ShareNoticeRow& row : notices->rows) ids.push_back(row.share.text());
  return ids;
}

std::string ShareWorld::Present(const ShareRow& row, const std::vector<std::string>& facts, std::string_view audience,
                                std::string_view nonce, std::string_view purpose, std::string_view transaction) {
  const PersonRow person = store.FindPerson(*ada_calls.person)->value();
  const auto held = AllInPassport(store, *vault, person, *trust_in_force.Get().trust, clock.now).value();
  const std::string hash = transaction.empty() ? TransactionHash(TransactionOf(row)) : std::string(transaction);
  const std::string to = audience.empty() ? row.receiver.text() : std::string(audience);
  const std::string on = nonce.empty() ? row.nonce : std::string(nonce);
  const std::string why = purpose.empty() ? row.purpose : std::string(purpose);
  const BindingTerms terms{.audience = to, .nonce = on, .made_at = clock.now, .purpose = why, .transaction_hash = hash};
  return PresentKept(*keys, *vault, person, held, {{ada.training, facts}}, terms)->Text();
}

}  // namespace passport
