#include "credential/record/type_metadata.h"

#include "credential/encoding/json.h"

namespace passport {
namespace {

constexpr std::string_view kLocale = "en-GB";

json::Value& ClaimOf(const FieldRule& rule, json::Tree& tree) {
  json::Value& path = tree.Array();
  path.Append(tree.String(rule.name));
  json::Value& words = tree.Object();
  words.Append("locale", tree.String(kLocale));
  words.Append("label", tree.String(rule.label));
  json::Value& display = tree.Array();
  display.Append(words);
  json::Value& claim = tree.Object();
  claim.Append("path", path);
  claim.Append("display", display);
  claim.Append("mandatory", tree.Boolean(rule.presence == Presence::kRequired));
  // What a holder can keep back is never sent in the clear, and the other way round.
  claim.Append("sd", tree.String(rule.showing == Showing::kAlways ? "never" : "always"));
  return claim;
}

}  // namespace

std::string TypeMetadataOf(const RecordKind& kind) {
  json::Tree tree;
  json::Value& words = tree.Object();
  words.Append("locale", tree.String(kLocale));
  words.Append("name", tree.String(kind.label));
  words.Append("description", tree.String(kind.description));
  json::Value& display = tree.Array();
  display.Append(words);
  json::Value& claims = tree.Array();
  for (const FieldRule& rule : kind.fields) claims.Append(ClaimOf(rule, tree));
  json::Value& root = tree.Object();
  root.Append("vct", tree.String(kind.vct));
  root.Append("name", tree.String(kind.label));
  root.Append("description", tree.String(kind.description));
  root.Append("display", display);
  root.Append("claims", claims);
  return json::Write(root);
}

}  // namespace passport
