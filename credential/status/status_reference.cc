#include "credential/status/status_reference.h"

#include <algorithm>
#include <limits>

#include "credential/vocabulary/text_forms.h"

namespace passport {
namespace {

Fault BadShape(std::string_view what) { return {Reason::kStatus, "TSL-03", "status: " + std::string(what)}; }

bool IsAlphanumeric(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
bool IsHexDigit(char c) { return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

// A DNS name or an IPv4 address, then maybe a port: "status.example", "status.example:8443".
bool IsAuthority(std::string_view authority) {
  const std::size_t colon = authority.find(':');
  const std::string_view host = authority.substr(0, colon);
  const auto of_a_name = [](char c) { return IsAlphanumeric(c) || c == '-' || c == '.'; };
  if (host.empty() || !IsAlphanumeric(host.front()) || !std::all_of(host.begin(), host.end(), of_a_name)) return false;
  if (colon == std::string_view::npos) return true;
  const std::string_view port = authority.substr(colon + 1);
  return !port.empty() && port.size() <= 5 && std::all_of(port.begin(), port.end(), IsDigit);
}

// RFC 3986: pchar, "/" and "?", with whole percent escapes.
bool IsPathAndQuery(std::string_view text) {
  constexpr std::string_view kOthers = "-._~!$&'()*+,;=:@/?";
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '%') {
      if (text.size() - at < 3 || !IsHexDigit(text[at + 1]) || !IsHexDigit(text[at + 2])) return false;
      at += 2;
    } else if (!IsAlphanumeric(text[at]) && kOthers.find(text[at]) == std::string_view::npos) {
      return false;
    }
  }
  return true;
}

}  // namespace

bool IsStatusUri(std::string_view uri) {
  constexpr std::string_view kScheme = "https://";
  if (uri.size() > kStatusUriBytesMax || uri.substr(0, kScheme.size()) != kScheme) return false;
  const std::string_view rest = uri.substr(kScheme.size());
  const std::size_t end = std::min(rest.find_first_of("/?"), rest.size());
  return IsAuthority(rest.substr(0, end)) && IsPathAndQuery(rest.substr(end));
}

Result<std::optional<StatusReference>> ReadStatusReference(const json::Value& claims) {
  const json::Value* status = claims.Find("status");
  if (status == nullptr) return std::optional<StatusReference>();
  if (!status->is_object()) return BadShape("not an object");
  const json::Value* list = status->Find("status_list");
  if (list == nullptr || !list->is_object()) return BadShape("status_list is not an object");
  const json::Value* index = list->Find("idx");
  const std::optional<std::int64_t> number = index == nullptr ? std::nullopt : index->integer();
  if (!number || *number < 0 || *number > std::numeric_limits<std::uint32_t>::max()) {
    return BadShape("idx is not an integer in 0 .. 4294967295");
  }
  const json::Value* uri = list->Find("uri");
  if (uri == nullptr || !uri->is_string() || !IsStatusUri(*uri->text())) {
    return BadShape("uri is not an https URI without userinfo and fragment");
  }
  return std::optional(StatusReference{.uri = std::string(*uri->text()), .index = static_cast<std::uint32_t>(*number)});
}

void WriteStatusReference(const StatusReference& reference, json::Tree& tree, json::Value& claims) {
  json::Value& list = tree.Object();
  list.Append("idx", tree.Integer(reference.index));
  list.Append("uri", tree.String(reference.uri));
  json::Value& status = tree.Object();
  status.Append("status_list", list);
  claims.Append("status", status);
}

}  // namespace passport
