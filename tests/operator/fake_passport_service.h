// PassportService as the test says; part of FakeService.
#pragma once

#include <string>
#include <vector>

#include "staffpassport/v1/passport_service.grpc.pb.h"

namespace passport {

// What came, and what is answered. Set before the call, read after it.
struct FakePassports {
  grpc::Status status;
  std::vector<std::string> request_ids;  // of the changes that came
  staffpassport::v1::InvitePersonRequest invite;
  staffpassport::v1::InvitePersonResponse invited;
  staffpassport::v1::UnlockPassportRequest unlock;
  staffpassport::v1::UnlockPassportResponse unlocked;
  staffpassport::v1::ReplacePassportRequest replace;
  staffpassport::v1::ReplacePassportResponse replaced;
  staffpassport::v1::EndEmploymentRequest leave;
  staffpassport::v1::EndEmploymentResponse left;
  std::vector<staffpassport::v1::ListDisputesRequest> lists;
  std::vector<staffpassport::v1::Dispute> disputes;  // told one a page
  staffpassport::v1::SettleDisputeRequest settle;
};

class FakePassportService final : public staffpassport::v1::PassportService::Service {
 public:
  explicit FakePassportService(FakePassports& passports) : passports_(passports) {}

  grpc::Status InvitePerson(grpc::ServerContext*, const staffpassport::v1::InvitePersonRequest* request,
                            staffpassport::v1::InvitePersonResponse* response) override {
    return Change(*request, passports_.invite, passports_.invited, *response);
  }
  grpc::Status UnlockPassport(grpc::ServerContext*, const staffpassport::v1::UnlockPassportRequest* request,
                              staffpassport::v1::UnlockPassportResponse* response) override {
    return Change(*request, passports_.unlock, passports_.unlocked, *response);
  }
  grpc::Status ReplacePassport(grpc::ServerContext*, const staffpassport::v1::ReplacePassportRequest* request,
                               staffpassport::v1::ReplacePassportResponse* response) override {
    return Change(*request, passports_.replace, passports_.replaced, *response);
  }
  grpc::Status EndEmployment(grpc::ServerContext*, const staffpassport::v1::EndEmploymentRequest* request,
                             staffpassport::v1::EndEmploymentResponse* response) override {
    return Change(*request, passports_.leave, passports_.left, *response);
  }
  grpc::Status ListDisputes(grpc::ServerContext*, const staffpassport::v1::ListDisputesRequest* request,
                            staffpassport::v1::ListDisputesResponse* response) override {
    passports_.lists.push_back(*request);
    const std::size_t at = request->page_token().empty() ? 0 : std::stoul(request->page_token());
    if (at < passports_.disputes.size()) *response->add_disputes() = passports_.disputes[at];
    if (at + 1 < passports_.disputes.size()) response->set_next_page_token(std::to_string(at + 1));
    return passports_.status;
  }
  // Settled as it was asked.
  grpc::Status SettleDispute(grpc::ServerContext*, const staffpassport::v1::SettleDisputeRequest* request,
                             staffpassport::v1::SettleDisputeResponse* response) override {
    passports_.request_ids.push_back(request->request_id());
    passports_.settle = *request;
    response->mutable_dispute()->set_dispute_id(request->dispute_id());
    response->mutable_dispute()->set_state(request->state());
    response->mutable_dispute()->set_answer(request->answer());
    return passports_.status;
  }

 private:
  template <class Request, class Response>
  grpc::Status Change(const Request& request, Request& kept, const Response& answer, Response& response) {
    passports_.request_ids.push_back(request.request_id());
    kept = request;
    response = answer;
    return passports_.status;
  }
  FakePassports& passports_;
};

}  // namespace passport
