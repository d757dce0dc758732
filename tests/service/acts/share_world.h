// A receiver that asks, a person who gives, and what both see.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "keys/private_key.h"
#include "passport-service/acts/answer_share.h"
#include "passport-service/acts/ask_for_share.h"
#include "passport-service/acts/end_share.h"
#include "passport-service/acts/follow_events.h"
#include "passport-service/acts/list_shares.h"
#include "passport-service/acts/look_at_share.h"
#include "passport-service/acts/read_share_notices.h"
#include "passport-service/acts/renew_shares.h"
#include "tests/service/acts/relying_world.h"

namespace passport {

// The council asks for the role `mover`; Ada of the trust has one course, kept by the service.
struct ShareWorld : RelyingWorld {
  ShareWorld();
  AskForShare Asking() { return {store, *vault, random, trust_in_force, clock}; }
  ReadShareRequest Reading() { return {store, *vault, trust_in_force, clock}; }
  AnswerShare Answering() { return {store, *keys, *vault, trust_in_force, clock}; }
  LookAtShare Looking() { return {store, *keys, *vault, trust_in_force, clock}; }
  EndShare Ending() { return {store, *vault, clock}; }
  RenewShares Renewing() { return {store, *keys, *vault, trust_in_force, clock}; }
  RenewShare RenewingOne() { return {store, *vault, trust_in_force, clock}; }
  ListShares Listing() { return {store, clock}; }
  ListLooks ListingLooks() { return {store, *vault, trust_in_force, clock}; }
  FollowEvents Following() { return {store, trust_in_force, clock}; }
  ReadShareNotices Notices() { return {store, clock}; }

  AskForShare::Order ToAsk();
  AskForShare::Answer Ask();  // stops at a fault
  AnswerShare::Order ToAnswer(const AskForShare::Answer& asked);
  // Asked and given; its id.
  ShareId Give();
  LookAtShare::Order ToLook(const ShareId& share);
  // "met", or the word of the fault.
  std::string Look(const ShareId& share);
  ShareRow Row(const ShareId& share);
  // Publishes and deals with all events there are; the ids of the shares the council hears of after that place.
  std::vector<std::string> Heard(std::uint64_t after);
  // The same by what is published already.
  std::vector<std::string> HeardUnpublished(std::uint64_t after);
  // The presentation a program of Ada's makes, altered as the test likes.
  std::string Present(const ShareRow& row, const std::vector<std::string>& facts, std::string_view audience = "",
                      std::string_view nonce = "", std::string_view purpose = "", std::string_view transaction = "");
  HolderCaller Holder(const Holder& of);

  RelyingWorld::Holder ada;
  HolderCaller ada_calls;
};

}  // namespace passport
