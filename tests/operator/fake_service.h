// A service that answers as the test says, over the real wire: gRPC with mutual TLS on a free port.
#pragma once

#include <grpcpp/server.h>

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "operator-cli/session.h"
#include "staffpassport/v1/holder_service.grpc.pb.h"
#include "staffpassport/v1/issuer_service.grpc.pb.h"
#include "staffpassport/v1/keys_service.grpc.pb.h"
#include "staffpassport/v1/personal_data_service.grpc.pb.h"
#include "staffpassport/v1/registrar_service.grpc.pb.h"
#include "staffpassport/v1/system_service.grpc.pb.h"
#include "staffpassport/v1/verifier_service.grpc.pb.h"
#include "tests/operator/fake_passport_service.h"

namespace passport {

// A status with ErrorInfo, as the service makes it.
grpc::Status RefusedStatus(grpc::StatusCode code, const std::string& wire_reason, const std::string& message);

// What the fake does and remembers. Set before the call, read after it.
struct FakeBehaviour {
  FakePassports passports;
  staffpassport::v1::PutSystemRequest put_system;
  staffpassport::v1::RevokeSystemRequest revoke_system;
  staffpassport::v1::ListSystemsRequest list_systems;
  staffpassport::v1::ErasePersonRequest erase;
  staffpassport::v1::ErasePersonResponse erased;
  staffpassport::v1::ReportRetentionRequest report_retention;
  staffpassport::v1::ApplyRetentionRequest apply_retention;
  staffpassport::v1::ListCredentialsRequest list_credentials;
  staffpassport::v1::CompromiseKeyRequest compromise_key;
  std::string replaced_by;                       // the key in its place
  grpc::Status status;                           // of every unary call
  std::atomic<int> failures_first{0};            // so many unary calls fail with UNAVAILABLE first
  std::vector<std::string> request_ids;          // of the changes that came
  staffpassport::v1::Organisation organisation;  // the last enrolled
  std::string passport_code;                     // the last one given with EnrolPerson or Present
  staffpassport::v1::PresentRequest present;
  staffpassport::v1::Verification verification;
  staffpassport::v1::Decision decision;
  std::string receipt;  // of a presentation that holds; its place is 12
  std::vector<staffpassport::v1::Override> overrides;
  staffpassport::v1::DecideRoleRequest decide;
  staffpassport::v1::ProposeChangeRequest propose;
  staffpassport::v1::ReviewProposalResponse review;
  staffpassport::v1::SignProposalRequest sign;
  staffpassport::v1::SignProposalResponse signed_so;
  std::vector<staffpassport::v1::ListAffectedResponse> affected;
  std::vector<staffpassport::v1::ReissueCredentialsResponse> reissued;
  staffpassport::v1::PutRulesRequest put_rules;
  staffpassport::v1::WithdrawRulesRequest withdraw_rules;
  std::vector<std::string> warnings;  // of rules that are put
  staffpassport::v1::OverrideDecisionRequest override_decision;
  staffpassport::v1::CountReliancesRequest count;
  staffpassport::v1::CountReliancesResponse counted;
  staffpassport::v1::ExportEvidenceRequest evidence;
  std::vector<std::string> evidence_lines;
  grpc::Status evidence_status;  // after the lines
  // Import: a row is staged once, whatever happens to the stream.
  staffpassport::v1::ImportHeader header;
  staffpassport::v1::IssueImportRequest issue;
  std::set<std::string> known_people;  // empty: everybody is known
  std::set<std::string> staged_rows;
  int streams = 0;
  int break_stream_after_batches = 0;  // the first stream ends then, before its answer is sent
  int unfinished_streams = 0;          // so many streams end with UNAVAILABLE before an answer
};

class FakeService {
 public:
  FakeService();
  ~FakeService();
  FakeBehaviour& behaviour();
  std::string address() const;
  // A folder with ca.pem, client.pem and client.key, and stranger.pem of another authority.
  const std::string& tls() const { return folder_; }
  void Stop();

 private:
  struct Parts;
  std::string folder_;
  std::unique_ptr<Parts> parts_;
};

// One run of passportctl, as a person would type it.
struct TypedRun {
  Ending ending;
  std::string output;
  std::string errors;
};
TypedRun Type(const FakeService& service, std::vector<std::string> words, bool terminal = false);
TypedRun TypeBare(const std::vector<std::string>& words, bool terminal = false);

}  // namespace passport
