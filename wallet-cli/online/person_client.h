// The service, called by a person's program: over TLS without a certificate of ours, each call with its own proof.
//
// Every call but the streams ends within kPersonCallDeadline. Faults carry the reason the service gave; a change that
// failed with a reason IsWorthRepeating() is called again with the same request id. One thread.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "credential/vocabulary/held_as.h"
#include "wallet-cli/online/call_proof.h"
#include "wallet-cli/online/person_answers.h"

namespace passport {

inline constexpr std::chrono::seconds kPersonCallDeadline{30};
inline constexpr std::chrono::seconds kPersonConnectDeadline{5};

class PersonClient {
 public:
  // What is given in answer to a request. Exactly one.
  struct Giving {
    std::string presentation;  // made with the person's own key
    bool least = false;        // the service makes it, of a passport it keeps
    bool decline = false;
  };

  // `proof` must outlive the client. Fails with kFieldInvalid when the address has no port, kServiceUnreachable when no
  // service answers there whose certificate is signed by `authority_pem`.
  static Result<PersonClient> Connect(const CarriedService& service, CallProof& proof);
  PersonClient(PersonClient&&) noexcept;
  PersonClient& operator=(PersonClient&&) noexcept;
  ~PersonClient();

  // True when the same call, with the same request id, may be answered next time.
  static bool IsWorthRepeating(Reason reason);

  Result<RedeemedAnswer> Redeem(std::string_view request_id, std::string_view invitation, const Secret& code,
                                HeldAs held_as);
  Result<ReceivedAnswer> Receive(std::string_view since);
  Result<void> AcceptRecord(std::string_view request_id, std::string_view credential_id);
  // Without words: takes the dispute back.
  Result<DisputeAnswer> DisputeRecord(std::string_view request_id, std::string_view credential_id,
                                      std::string_view words);
  Result<std::vector<DisputeAnswer>> ListDisputes();
  // To the service when `new_key` is null; else to the key that proof is made with: of the very call, over the request
  // without that proof in it.
  Result<MovedAnswer> Move(std::string_view request_id, HeldAs held_as, CallProof* new_key);
  // `other_key` proves the other passport, as above, unless the service keeps it; null then.
  Result<MovedAnswer> Join(std::string_view request_id, const Secret& other_code, CallProof* other_key);
  // The id of the report.
  Result<std::string> ReportLoss(std::string_view request_id, bool end_shares);
  // How many credentials are good again. `session_code`: of an employer; empty where the call is proved with the old
  // key.
  Result<std::uint32_t> UndoReplacement(std::string_view request_id, const Secret& code_before,
                                        const Secret& session_code);
  // What stays.
  Result<std::vector<StillKeptAnswer>> Erase(std::string_view request_id);
  // Lines of the service's export, in order. What `line` fails with ends it.
  Result<void> Export(const std::function<Result<void>(std::string_view line)>& line);

  Result<ShareRequestAnswer> ReadShareRequest(std::string_view link, const Secret& code);
  Result<ShareAnswer> AnswerShareRequest(std::string_view request_id, std::string_view share_request_id,
                                         const Secret& code, const Giving& giving, bool answer_only);
  Result<std::vector<ShareAnswer>> ListShares();
  // Into one share, or all if empty.
  Result<std::vector<LookAnswer>> ListLooks(std::string_view share_id);
  Result<ShareAnswer> RenewShare(std::string_view request_id, std::string_view share_id, std::string_view presentation);
  Result<ShareAnswer> EndShare(std::string_view request_id, std::string_view share_id);

 private:
  struct Parts;
  explicit PersonClient(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace passport
