// IssuerService: messages to orders and answers to messages. Imports are in convert_import.h.
#pragma once

#include "passport-service/acts/change_standing.h"
#include "passport-service/acts/enrol_person.h"
#include "passport-service/acts/issue_credentials.h"
#include "passport-service/acts/read_credentials.h"
#include "passport-service/rpc/desk.h"
#include "staffpassport/v1/issuer_service.pb.h"

namespace passport {

struct IssueOrder {
  Caller by;
  IssueCredentials::Order order;
};
struct GetOrder {
  Caller by;
  CredentialId credential;
};
struct ListOrder {
  Caller by;
  std::optional<OrganisationId> organisation;
  std::string page_token;
  std::size_t page_size;
};

Result<EnrolPerson::Order> ToOrder(const Caller& by, const staffpassport::v1::EnrolPersonRequest& request);
Result<IssueOrder> ToOrder(const Caller& by, const staffpassport::v1::IssueCredentialRequest& request);
Result<GetOrder> ToOrder(const Caller& by, const staffpassport::v1::GetCredentialRequest& request);
Result<ListOrder> ToOrder(const Caller& by, const staffpassport::v1::ListCredentialsRequest& request);
Result<ChangeStanding::Order> ToOrder(const Caller& by, const staffpassport::v1::RevokeCredentialRequest& request);
Result<ChangeStanding::Order> ToOrder(const Caller& by, const staffpassport::v1::SuspendCredentialRequest& request);
Result<ChangeStanding::Order> ToOrder(const Caller& by, const staffpassport::v1::ReinstateCredentialRequest& request);

// Everything but the token.
void FillCredential(const CredentialRow& row, staffpassport::v1::Credential& message);
void Fill(const EnrolPerson::Enrolled& enrolled, staffpassport::v1::EnrolPersonResponse& response);
void Fill(const IssueCredentials::Issued& issued, staffpassport::v1::IssueCredentialResponse& response);
void Fill(const ReadCredentials::One& one, staffpassport::v1::GetCredentialResponse& response);
void Fill(const Page<CredentialRow>& page, staffpassport::v1::ListCredentialsResponse& response);
void Fill(const ChangeStanding::Standing& standing, staffpassport::v1::RevokeCredentialResponse& response);
void Fill(const ChangeStanding::Standing& standing, staffpassport::v1::SuspendCredentialResponse& response);
void Fill(const ChangeStanding::Standing& standing, staffpassport::v1::ReinstateCredentialResponse& response);

// One order through the act for many.
Result<IssueCredentials::Issued> IssueOne(IssueCredentials& issue, const IssueOrder& order);

template <>
inline constexpr bool kChangesWhatIsPublished<staffpassport::v1::RevokeCredentialRequest> = true;
template <>
inline constexpr bool kChangesWhatIsPublished<staffpassport::v1::SuspendCredentialRequest> = true;
template <>
inline constexpr bool kChangesWhatIsPublished<staffpassport::v1::ReinstateCredentialRequest> = true;

}  // namespace passport
