#include "verifier-cli/online/http_get.h"

#include <curl/curl.h>

#include <algorithm>
#include <memory>
#include <string_view>

namespace passport {
namespace {

constexpr long kConnectPatience = 10;  // seconds
constexpr long kRedirectsMax = 3;
constexpr long kSlowBytes = 64;  // a second, on average over ...
constexpr long kSlowSeconds = 20;
constexpr std::size_t kTagMax = 1024;

struct CurlEnd {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

struct Gathering {
  HttpAnswer answer;
  std::size_t bytes_max;
  bool too_large = false;
};

std::size_t TakeBody(char* bytes, std::size_t size, std::size_t count, void* to) {
  auto& gathering = *static_cast<Gathering*>(to);
  if (size * count > gathering.bytes_max - gathering.answer.body.size()) {
    gathering.too_large = true;
    return CURL_WRITEFUNC_ERROR;
  }
  gathering.answer.body.append(bytes, size * count);
  return size * count;
}

std::string_view Trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

std::size_t TakeHeader(char* bytes, std::size_t size, std::size_t count, void* to) {
  auto& gathering = *static_cast<Gathering*>(to);
  const std::string_view line(bytes, size * count);
  constexpr std::string_view kTag = "etag:";
  // Each answer on the way begins with its status: what an earlier one said is forgotten.
  if (line.starts_with("HTTP/")) gathering.answer.tag.clear();
  const bool tag = line.size() > kTag.size() && std::equal(kTag.begin(), kTag.end(), line.begin(), [](char a, char b) {
                     return a == (b >= 'A' && b <= 'Z' ? b - 'A' + 'a' : b);
                   });
  if (tag && line.size() <= kTagMax) gathering.answer.tag = Trimmed(line.substr(kTag.size()));
  return line.size();
}

// Once for the program, before any thread is started.
bool CurlIsReady() {
  static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  return ready;
}

void Bind(CURL* curl, const HttpOrder& order, Gathering& gathering) {
  const bool secure = order.address.starts_with("https://");
  curl_easy_setopt(curl, CURLOPT_URL, order.address.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, secure ? "https" : "http,https");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(curl, CURLOPT_MAXREDIRS, kRedirectsMax);
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt(curl, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
  if (order.authorities) curl_easy_setopt(curl, CURLOPT_CAINFO, order.authorities->c_str());
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, kConnectPatience);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, static_cast<long>(order.patience.count));
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, kSlowBytes);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, kSlowSeconds);
  curl_easy_setopt(curl, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(order.bytes_max));
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "passport-verify");
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &TakeBody);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &gathering);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, &TakeHeader);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &gathering);
}

}  // namespace

bool IsHttpAddress(std::string_view text) { return text.starts_with("https://") || text.starts_with("http://"); }

Result<HttpAnswer> HttpGet(const HttpOrder& order) {
  const auto unreachable = [&](std::string_view why) {
    return Fault{Reason::kServiceUnreachable, "", "can not fetch " + order.address + ": " + std::string(why)};
  };
  if (!IsHttpAddress(order.address)) return unreachable("not an address of http or https");
  if (!CurlIsReady()) return unreachable("no network library");
  const std::unique_ptr<CURL, CurlEnd> curl(curl_easy_init());
  if (curl == nullptr) return unreachable("no memory");
  Gathering gathering{.answer = {}, .bytes_max = order.bytes_max};
  Bind(curl.get(), order, gathering);
  std::unique_ptr<curl_slist, CurlEnd> headers;
  if (!order.tag.empty()) headers.reset(curl_slist_append(nullptr, ("If-None-Match: " + order.tag).c_str()));
  if (headers != nullptr) curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
  const CURLcode code = curl_easy_perform(curl.get());
  if (gathering.too_large || code == CURLE_FILESIZE_EXCEEDED)
    return Fault{Reason::kLimit, "", "what lies at " + order.address + " is larger than any of ours"};
  if (code != CURLE_OK) return unreachable(curl_easy_strerror(code));
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &gathering.answer.status);
  return std::move(gathering.answer);
}

}  // namespace passport
