#include "operator-cli/resume_place.h"

#include <filesystem>

#include "credential/encoding/json.h"
#include "credential/vocabulary/instant_text.h"
#include "terminal/files.h"
#include "verifier-cli/files/input.h"

namespace passport {
namespace {

constexpr std::string_view kPlaceMark = "staff_passport_share_watch";
constexpr std::int64_t kPlaceVersion = 1;
constexpr std::size_t kPlaceBytesMax = 4096;
constexpr std::size_t kPlaceMembers = 5;

Fault NoPlace(const std::string& path, std::string_view what) {
  return {Reason::kConfig, "",
          path + " " + std::string(what) + "; name another file, in which the place is kept from now on"};
}

std::optional<std::string> TextIn(const json::Value& object, std::string_view name) {
  const json::Value* const member = object.Find(name);
  const auto text = member == nullptr ? std::nullopt : member->text();
  if (!text || text->empty()) return std::nullopt;
  return std::string(*text);
}

}  // namespace

Result<ResumePlace> ResumePlace::Open(const std::string& path, WatchedBy by) {
  ResumePlace place(path, std::move(by));
  if (path.empty()) return place;
  std::error_code error;
  const bool there = std::filesystem::exists(path, error);
  if (error) return Fault{Reason::kFileUnreadable, "", path + ": " + error.message()};
  if (!there) return place;
  TRY_ASSIGN(const std::string text, ReadText(path, -1, kPlaceBytesMax));
  TRY(place.Read(text));
  return place;
}

Result<void> ResumePlace::Read(std::string_view text) {
  json::Tree tree;
  const Result<json::Value*> parsed = tree.Parse(text.substr(0, text.find_last_not_of("\r\n") + 1), json::kTokenLimits);
  if (!parsed.ok() || !(*parsed)->is_object()) return NoPlace(path_, "is not the place of a watch");
  const json::Value& object = **parsed;
  const json::Value* const version = object.Find(kPlaceMark);
  if (version == nullptr) return NoPlace(path_, "is not the place of a watch");
  if (version->integer() != kPlaceVersion) return NoPlace(path_, "is of another version");
  const std::optional<std::string> token = TextIn(object, "resume_token");
  const std::optional<std::string> as_of = TextIn(object, "as_of");
  const Result<Instant> moved_at = ParseInstant(as_of.value_or(""));
  if (object.size() != kPlaceMembers || !token || !moved_at.ok()) return NoPlace(path_, "is damaged");
  if (TextIn(object, "organisation") != by_.organisation.text())
    return NoPlace(path_, "is the place of another organisation");
  if (TextIn(object, "server") != by_.server) return NoPlace(path_, "is the place of a watch at another service");
  token_ = *token;
  as_of_ = *moved_at;
  return {};
}

Result<void> ResumePlace::MoveTo(std::string_view token, Instant now) {
  token_ = token;
  as_of_ = now;
  if (path_.empty()) return {};
  json::Tree tree;
  json::Value& object = tree.Object();
  object.Append(kPlaceMark, tree.Integer(kPlaceVersion));
  object.Append("organisation", tree.String(by_.organisation.text()));
  object.Append("server", tree.String(by_.server));
  object.Append("resume_token", tree.String(token_));
  object.Append("as_of", tree.String(UtcText(now)));
  return WriteFile(path_, json::Write(object) + "\n");
}

}  // namespace passport
