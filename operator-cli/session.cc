#include "operator-cli/session.h"

#include <array>

#include "credential/crypto/certificate.h"
#include "credential/encoding/base64url.h"
#include "terminal/plain_text.h"

namespace passport {

Result<Target> Session::ReadFlaggedTarget() {
  if (flags_.tls.empty()) {
    return Fault{Reason::kConfig, "",
                 "--tls names no folder with ca.pem, " + flags_.name + ".pem and " + flags_.name + ".key"};
  }
  return ReadTarget(flags_.server, flags_.tls, flags_.name);
}

Result<ServiceClient*> Session::Service() {
  if (service_) return service_.get();
  TRY_ASSIGN(ServiceClient client, ServiceAnew());
  service_ = std::make_unique<ServiceClient>(std::move(client));
  return service_.get();
}

Result<ServiceClient> Session::ServiceAnew() {
  TRY_ASSIGN(const Target target, ReadFlaggedTarget());
  return ServiceClient::Connect(target);
}

Result<CallerIdentity> Session::Caller() {
  constexpr std::string_view kEnd = "-----END CERTIFICATE-----\n";
  TRY_ASSIGN(const Target target, ReadFlaggedTarget());
  const std::string_view pem = target.certificate_pem;
  const std::size_t end = pem.find(kEnd);  // ours is the first; those that signed it may follow
  TRY_ASSIGN(const Certificate ours,
             ReadCertificatePem(end == std::string_view::npos ? pem : pem.substr(0, end + kEnd.size())));
  const std::vector<std::string_view> uris(ours.uris.begin(), ours.uris.end());
  return CallerFromUris(uris);
}

std::string Session::RandomRequestId() {
  std::array<std::uint8_t, 16> bytes{};
  around_.random.Fill(bytes);
  return EncodeBase64Url(bytes);
}

std::string Session::RequestId() {
  used_request_id_ = flags_.request_id.empty() ? RandomRequestId() : flags_.request_id;
  return used_request_id_;
}

Ending Session::Refuse(const Fault& fault) {
  if (fault.reason == Reason::kConfig) return Misuse(fault.detail);  // its text speaks of verifiers
  const ReasonText& text = TextOf(fault.reason);
  if (flags_.json) {
    json::Tree tree;
    json::Value& line = tree.Object();
    line.Append("error", ReasonObject(tree, fault.reason, fault.detail));
    if (!used_request_id_.empty()) line.Append("request_id", tree.String(used_request_id_));
    PrintJson(line);
  } else {
    around_.errors << "passportctl: " << text.happened;
    if (!fault.detail.empty()) around_.errors << " (" << Plain(fault.detail) << ")";
    around_.errors << "\n  reason: " << text.word << "\n  who: " << text.who << "\n  what to do: " << text.remedy
                   << "\n";
    if (!used_request_id_.empty()) around_.errors << "  to call again: --request-id " << used_request_id_ << "\n";
  }
  return EndingOf(fault.reason);
}

Ending Session::Misuse(std::string_view what) {
  around_.errors << "passportctl: " << Plain(what) << "\n";
  return Ending::kUsage;
}

void Session::PrintJson(const json::Value& value) { around_.output << json::Write(value) << std::endl; }

void AppendRecord(json::Tree& tree, json::Value& object, const RecordText& record) {
  AppendText(tree, object, "kind", record.kind);
  json::Value& fields = tree.Object();
  for (const auto& [name, value] : record.fields) AppendText(tree, fields, tree.Keep(Plain(name)), value);
  object.Append("fields", fields);
}

void AppendImport(json::Tree& tree, json::Value& object, const ImportAnswer& import) {
  AppendText(tree, object, "import_id", import.import_id);
  AppendText(tree, object, "source", import.source);
  AppendText(tree, object, "mode", import.full ? "full" : "delta");
  AppendNumber(tree, object, "sequence", import.sequence);
  AppendText(tree, object, "state", import.state);
  AppendText(tree, object, "prepared_by", import.prepared_by);
  AppendText(tree, object, "approved_by", import.approved_by);
}

}  // namespace passport
