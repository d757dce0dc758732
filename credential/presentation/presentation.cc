#include "credential/presentation/presentation.h"

#include "credential/encoding/json.h"

namespace passport {
namespace {

constexpr std::string_view kVersionMember = "staff_passport_presentation";
constexpr json::Limits kPresentationJson{.bytes = kPresentationBytesMax,
                                         .depth = 2,
                                         .nodes = kPresentationCredentialsMax + 8,
                                         .string_bytes = kPresentationBytesMax,
                                         .members = 2};

Fault Malformed(std::string_view what) { return {Reason::kMalformed, "", "presentation: " + std::string(what)}; }

}  // namespace

Result<Presentation> Presentation::Parse(std::string_view text) {
  json::Tree tree;
  TRY_ASSIGN(const json::Value* const root, tree.Parse(text, kPresentationJson));
  const json::Value* version = root->Find(kVersionMember);
  const json::Value* credentials = root->Find("credentials");
  if (version == nullptr || version->integer() != 1) return Malformed("not a staff passport presentation of version 1");
  if (root->size() != 2 || credentials == nullptr || !credentials->is_array() || credentials->size() == 0) {
    return Malformed("credentials is not a filled array, or there is an unknown member");
  }
  if (credentials->size() > kPresentationCredentialsMax)
    return Fault{Reason::kLimit, "", "presentation: too many credentials"};
  Presentation presentation;
  for (const json::Value& credential : *credentials) {
    if (!credential.is_string()) return Malformed("a credential is not a string");
    presentation.credentials.emplace_back(*credential.text());
  }
  return presentation;
}

std::string Presentation::Text() const {
  std::string text = "{\"";
  text += kVersionMember;
  text += "\":1,\"credentials\":[";
  for (const std::string& credential : credentials) {
    if (&credential != &credentials.front()) text += ',';
    json::WriteString(credential, text);
  }
  text += "]}";
  return text;
}

}  // namespace passport
