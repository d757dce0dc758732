#include "wallet-cli/online/person_client.h"

#include <algorithm>
#include <utility>

#include "keys/secret_text.h"
#include "operator-cli/online/answers.h"
#include "wallet-cli/online/person_client_parts.h"
#include "wallet-cli/online/person_from_wire.h"

namespace passport {

namespace v1 = staffpassport::v1;
using Wallet = v1::WalletService::Stub;

namespace {

constexpr std::string_view kReceivePath = "/staffpassport.v1.WalletService/Receive";
constexpr std::string_view kMovePath = "/staffpassport.v1.WalletService/MovePassport";
constexpr std::string_view kJoinPath = "/staffpassport.v1.WalletService/JoinPassport";
constexpr std::string_view kExportPath = "/staffpassport.v1.WalletService/ExportPassport";
// Of one receiving, and of one export: no service has so much for one person.
constexpr std::size_t kReceivedBytesMax = std::size_t{32} << 20;
constexpr std::size_t kExportBytesMax = std::size_t{256} << 20;

bool NamesAPort(std::string_view address) {
  const std::size_t colon = address.rfind(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == address.size()) return false;
  const std::string_view port = address.substr(colon + 1);
  return std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

PersonClient::PersonClient(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
PersonClient::PersonClient(PersonClient&&) noexcept = default;
PersonClient& PersonClient::operator=(PersonClient&&) noexcept = default;
PersonClient::~PersonClient() = default;

bool PersonClient::IsWorthRepeating(Reason reason) { return WorthRepeating(reason); }

Result<PersonClient> PersonClient::Connect(const CarriedService& service, CallProof& proof) {
  if (!NamesAPort(service.address)) return Fault{Reason::kFieldInvalid, "", "the service is not named like HOST:PORT"};
  grpc::SslCredentialsOptions tls;
  tls.pem_root_certs = service.authority_pem;
  grpc::ChannelArguments arguments;
  // As the employer's program: no compression, no proxy of the environment.
  arguments.SetInt(GRPC_COMPRESSION_CHANNEL_ENABLED_ALGORITHMS_BITSET, 1);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  const std::shared_ptr<grpc::Channel> channel =
      grpc::CreateCustomChannel(service.address, grpc::SslCredentials(tls), arguments);
  if (!channel->WaitForConnected(std::chrono::system_clock::now() + kPersonConnectDeadline)) {
    return Fault{
        Reason::kServiceUnreachable, "",
        "no service answers at " + service.address + ", or its certificate is not of the authority it should be"};
  }
  return PersonClient(std::make_unique<Parts>(service.address, channel, proof));
}

Result<RedeemedAnswer> PersonClient::Redeem(std::string_view request_id, std::string_view invitation,
                                            const Secret& code, HeldAs held_as) {
  v1::RedeemRequest request;
  request.set_request_id(std::string(request_id));
  request.set_invitation(std::string(invitation));
  request.set_code(std::string(TextOf(code)));
  if (held_as != HeldAs::kKept) request.set_held_as(ToWire(held_as));
  TRY_ASSIGN(const v1::RedeemResponse response,
             parts_->Call(*parts_->wallet, &Wallet::Redeem, "/staffpassport.v1.WalletService/Redeem", request));
  return RedeemedAnswer{.person_id = response.person_id(),
                        .organisation = response.organisation(),
                        .passport_code = SecretOf(response.passport_code()),
                        .signed_again = response.signed_again()};
}

Result<ReceivedAnswer> PersonClient::Receive(std::string_view since) {
  v1::ReceiveRequest request;
  request.set_since(std::string(since));
  grpc::ClientContext context;
  TRY(parts_->Prove(context, kReceivePath, request));
  const auto stream = parts_->wallet->Receive(&context, request);
  ReceivedAnswer received;
  v1::ReceiveResponse part;
  for (std::size_t bytes = 0; stream->Read(&part);) {
    bytes += part.ByteSizeLong();
    if (part.part_case() == v1::ReceiveResponse::kNextToken) received.next_token = part.next_token();
    if (part.part_case() != v1::ReceiveResponse::kCredential) continue;
    Result<CarriedCredential> credential = FromWire(part.credential());
    if (!credential.ok() || bytes > kReceivedBytesMax) {
      context.TryCancel();
      static_cast<void>(stream->Finish());
      if (!credential.ok()) return std::move(credential).fault();
      return Fault{Reason::kLimit, "", "the service sends without end"};
    }
    received.credentials.push_back(std::move(credential).value());
  }
  const grpc::Status status = stream->Finish();
  if (!status.ok()) return FaultOfStatus(status, parts_->address);
  if (received.next_token.empty()) return Fault{Reason::kOutcomeUnknown, "", "the service did not say where to go on"};
  return received;
}

Result<void> PersonClient::AcceptRecord(std::string_view request_id, std::string_view credential_id) {
  v1::AcceptRecordRequest request;
  request.set_request_id(std::string(request_id));
  request.set_credential_id(std::string(credential_id));
  const Result<v1::AcceptRecordResponse> response =
      parts_->Call(*parts_->wallet, &Wallet::AcceptRecord, "/staffpassport.v1.WalletService/AcceptRecord", request);
  if (!response.ok()) return response.fault();
  return {};
}

Result<DisputeAnswer> PersonClient::DisputeRecord(std::string_view request_id, std::string_view credential_id,
                                                  std::string_view words) {
  v1::DisputeRecordRequest request;
  request.set_request_id(std::string(request_id));
  request.set_credential_id(std::string(credential_id));
  request.set_words(std::string(words));
  request.set_withdraw(words.empty());
  TRY_ASSIGN(
      const v1::DisputeRecordResponse response,
      parts_->Call(*parts_->wallet, &Wallet::DisputeRecord, "/staffpassport.v1.WalletService/DisputeRecord", request));
  return FromWire(response.dispute());
}

Result<std::vector<DisputeAnswer>> PersonClient::ListDisputes() {
  TRY_ASSIGN(const v1::ListMyDisputesResponse response,
             parts_->Call(*parts_->wallet, &Wallet::ListMyDisputes, "/staffpassport.v1.WalletService/ListMyDisputes",
                          v1::ListMyDisputesRequest()));
  std::vector<DisputeAnswer> disputes;
  for (const v1::Dispute& message : response.disputes()) {
    TRY_ASSIGN(DisputeAnswer dispute, FromWire(message));
    disputes.push_back(std::move(dispute));
  }
  return disputes;
}

Result<MovedAnswer> PersonClient::Move(std::string_view request_id, HeldAs held_as, CallProof* new_key) {
  v1::MovePassportRequest request;
  request.set_request_id(std::string(request_id));
  request.set_held_as(ToWire(held_as));
  if (new_key != nullptr) {
    TRY_ASSIGN(CallProof::Metadata proof, new_key->For(parts_->service, kMovePath, request.SerializeAsString()));
    request.set_new_key_proof(std::move(proof.value));
  }
  TRY_ASSIGN(const v1::MovePassportResponse response,
             parts_->Call(*parts_->wallet, &Wallet::MovePassport, kMovePath, request));
  return MovedAnswer{.signed_again = response.signed_again(),
                     .left_behind = {response.left_behind().begin(), response.left_behind().end()},
                     .passport_code = SecretOf(response.passport_code())};
}

Result<MovedAnswer> PersonClient::Join(std::string_view request_id, const Secret& other_code, CallProof* other_key) {
  v1::JoinPassportRequest request;
  request.set_request_id(std::string(request_id));
  request.set_other_passport_code(std::string(TextOf(other_code)));
  if (other_key != nullptr) {
    TRY_ASSIGN(CallProof::Metadata proof, other_key->For(parts_->service, kJoinPath, request.SerializeAsString()));
    request.set_other_key_proof(std::move(proof.value));
  }
  TRY_ASSIGN(const v1::JoinPassportResponse response,
             parts_->Call(*parts_->wallet, &Wallet::JoinPassport, kJoinPath, request));
  return MovedAnswer{.signed_again = response.signed_again(),
                     .left_behind = {response.left_behind().begin(), response.left_behind().end()},
                     .passport_code = {}};
}

Result<std::string> PersonClient::ReportLoss(std::string_view request_id, bool end_shares) {
  v1::ReportLossRequest request;
  request.set_request_id(std::string(request_id));
  request.set_end_shares(end_shares);
  TRY_ASSIGN(const v1::ReportLossResponse response,
             parts_->Call(*parts_->wallet, &Wallet::ReportLoss, "/staffpassport.v1.WalletService/ReportLoss", request));
  return response.report_id();
}

Result<std::uint32_t> PersonClient::UndoReplacement(std::string_view request_id, const Secret& code_before,
                                                    const Secret& session_code) {
  v1::UndoReplacementRequest request;
  request.set_request_id(std::string(request_id));
  request.set_passport_code(std::string(TextOf(code_before)));
  request.set_session_code(std::string(TextOf(session_code)));
  TRY_ASSIGN(const v1::UndoReplacementResponse response,
             parts_->Call(*parts_->wallet, &Wallet::UndoReplacement, "/staffpassport.v1.WalletService/UndoReplacement",
                          request));
  return response.reinstated();
}

Result<std::vector<StillKeptAnswer>> PersonClient::Erase(std::string_view request_id) {
  v1::ErasePassportRequest request;
  request.set_request_id(std::string(request_id));
  TRY_ASSIGN(
      const v1::ErasePassportResponse response,
      parts_->Call(*parts_->wallet, &Wallet::ErasePassport, "/staffpassport.v1.WalletService/ErasePassport", request));
  std::vector<StillKeptAnswer> kept;
  for (const v1::StillKept& message : response.kept()) {
    TRY_ASSIGN(StillKeptAnswer each, FromWire(message));
    kept.push_back(std::move(each));
  }
  return kept;
}

Result<void> PersonClient::Export(const std::function<Result<void>(std::string_view line)>& line) {
  const v1::ExportPassportRequest request;
  grpc::ClientContext context;
  TRY(parts_->Prove(context, kExportPath, request));
  const auto stream = parts_->wallet->ExportPassport(&context, request);
  v1::ExportPassportResponse part;
  for (std::size_t bytes = 0; stream->Read(&part);) {
    bytes += part.line().size();
    Result<void> taken = Fault{Reason::kLimit, "", "the service sends without end"};
    if (part.line().find('\n') != std::string::npos)
      taken = Fault{Reason::kMalformed, "", "a line holds several"};
    else if (bytes <= kExportBytesMax)
      taken = line(part.line());
    if (taken.ok()) continue;
    context.TryCancel();
    static_cast<void>(stream->Finish());
    return taken;
  }
  const grpc::Status status = stream->Finish();
  if (!status.ok()) return FaultOfStatus(status, parts_->address);
  return {};
}

}  // namespace passport
