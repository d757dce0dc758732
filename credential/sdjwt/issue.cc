#include "credential/sdjwt/issue.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <span>
#include <utility>

#include "credential/crypto/jws.h"
#include "credential/crypto/sha256.h"
#include "credential/encoding/base64url.h"
#include "credential/sdjwt/sd_jwt.h"

namespace passport {
namespace {

constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kDecoyBytes = 32 + 4;  // what is hashed, then where in an array it goes

Fault BadSelection(std::string_view what) { return {Reason::kDisclosure, "", std::string(what)}; }

bool IsReserved(std::string_view name) { return name == "_sd" || name == "..." || name == "_sd_alg"; }

// RFC 9901, 4.2.4: these names mean something only where we put them.
Result<void> CheckNames(json::Value& claims) {
  std::vector<const json::Value*> open = {&claims};
  while (!open.empty()) {
    const json::Value& value = *open.back();
    open.pop_back();
    for (const json::Value& child : value) {
      if (value.is_object() && IsReserved(child.name())) return BadSelection("a claim has a reserved name");
      if (child.size() != 0) open.push_back(&child);
    }
  }
  return {};
}

json::Value* ChildAt(json::Value& parent, const std::variant<std::string, std::size_t>& step) {
  if (const auto* name = std::get_if<std::string>(&step)) return parent.Find(*name);
  const std::size_t index = std::get<std::size_t>(step);
  if (!parent.is_array() || index >= parent.size()) return nullptr;
  auto element = parent.begin();
  for (std::size_t i = 0; i < index; ++i) ++element;
  return &*element;
}

// One claim that becomes a disclosure, or the decoys of one object or array.
struct Spot {
  json::Value* container;
  json::Value* child;          // null: decoys
  std::size_t depth;           // steps to the child
  std::size_t decoys;          // how many, when child is null
  const std::uint8_t* chance;  // its random bytes
};

class Preparation {
 public:
  Preparation(json::Value& claims, json::Tree& tree) : claims_(claims), tree_(tree) {}

  Result<void> Resolve(const Selection& selection) {
    spots_.reserve(selection.disclosable.size() + selection.decoys.size());
    std::vector<const json::Value*> children;
    children.reserve(selection.disclosable.size());
    for (const ClaimPath& path : selection.disclosable) {
      TRY(ResolveClaim(path));
      children.push_back(spots_.back().child);
    }
    std::sort(children.begin(), children.end(), std::less<>());
    if (std::adjacent_find(children.begin(), children.end()) != children.end()) {
      return BadSelection("a claim is named twice");
    }
    for (const ClaimPath& path : selection.disclosable) TRY(CheckRecursion(path, children));
    for (const Selection::Decoys& decoys : selection.decoys) TRY(ResolveDecoys(decoys));
    if (children.size() > kSdJwtLimits.disclosures || children.size() + decoys_ > kSdJwtLimits.digests) {
      return Fault{Reason::kLimit, "", "too many disclosures or digests"};
    }
    return {};
  }

  bool anything() const { return !spots_.empty(); }

  // One call for all salts and decoys: eight calls cost eight times one.
  void Draw(Random& random) {
    chance_.resize(disclosures_ * kSaltBytes + decoys_ * kDecoyBytes);
    random.Fill(chance_);
    const std::uint8_t* next = chance_.data();
    for (Spot& spot : spots_) {
      spot.chance = next;
      next += spot.child != nullptr ? kSaltBytes : spot.decoys * kDecoyBytes;
    }
  }

  // Innermost first, so that a disclosed value holds the digests of what is disclosed in it.
  std::vector<std::string> Rearrange() {
    std::stable_sort(spots_.begin(), spots_.end(), [](const Spot& a, const Spot& b) { return a.depth > b.depth; });
    std::vector<std::string> disclosures;
    disclosures.reserve(disclosures_);
    for (std::size_t i = 0; i < spots_.size(); ++i) {
      if (spots_[i].child != nullptr) {
        disclosures.push_back(Hide(spots_[i]));
      } else {
        AddDecoys(spots_[i]);
      }
      if (i + 1 == spots_.size() || spots_[i + 1].depth != spots_[i].depth) WriteDigests();
    }
    claims_.Append("_sd_alg", tree_.String("sha-256"));
    return disclosures;
  }

 private:
  struct ObjectDigest {
    json::Value* object;
    Digest digest;
  };

  Result<void> ResolveClaim(const ClaimPath& path) {
    if (path.empty()) return BadSelection("the claims as a whole can not be disclosed");
    json::Value* container = nullptr;
    json::Value* at = &claims_;
    for (const auto& step : path) {
      container = at;
      at = ChildAt(*container, step);
      if (at == nullptr) return BadSelection("a path leads nowhere");
    }
    spots_.push_back({container, at, path.size(), 0, nullptr});
    ++disclosures_;
    return {};
  }

  Result<void> ResolveDecoys(const Selection::Decoys& decoys) {
    json::Value* at = &claims_;
    for (const auto& step : decoys.object_or_array) {
      at = ChildAt(*at, step);
      if (at == nullptr) return BadSelection("a path of decoys leads nowhere");
    }
    if (!at->is_object() && !at->is_array()) return BadSelection("decoys fit into objects and arrays only");
    if (decoys.count > kSdJwtLimits.digests) return Fault{Reason::kLimit, "", "too many decoys"};
    if (decoys.count == 0) return {};
    spots_.push_back({at, nullptr, decoys.object_or_array.size() + 1, decoys.count, nullptr});
    decoys_ += decoys.count;
    return {};
  }

  // `marked` are the disclosable claims, sorted. Only long paths can nest too deep.
  Result<void> CheckRecursion(const ClaimPath& path, const std::vector<const json::Value*>& marked) {
    if (path.size() <= kSdJwtLimits.recursion) return {};
    std::size_t around = 0;
    json::Value* at = &claims_;
    for (const auto& step : path) {
      at = ChildAt(*at, step);
      around += std::binary_search(marked.begin(), marked.end(), at, std::less<>()) ? 1U : 0U;
    }
    if (around > kSdJwtLimits.recursion) return Fault{Reason::kLimit, "", "disclosures nested too deep"};
    return {};
  }

  // Takes one claim out and leaves its digest; the disclosure.
  std::string Hide(const Spot& spot) {
    json_.assign("[\"");
    AppendBase64Url(std::span(spot.chance, kSaltBytes), json_);
    json_ += "\",";
    const bool is_member = spot.container->is_object();
    if (is_member) {
      json::WriteString(spot.child->name(), json_);
      json_ += ',';
    }
    json::Write(*spot.child, json_);
    json_ += ']';
    std::string disclosure = EncodeBase64Url(json_);
    const Digest digest = Sha256(disclosure);
    if (is_member) {
      spot.container->RemoveIf([&](const json::Value& member) { return &member == spot.child; });
      digests_.push_back({spot.container, digest});
    } else {
      spot.child->Become(Placeholder(digest));
    }
    return disclosure;
  }

  void AddDecoys(const Spot& spot) {
    for (std::size_t i = 0; i < spot.decoys; ++i) {
      const std::span<const std::uint8_t> chance(spot.chance + i * kDecoyBytes, kDecoyBytes);
      const Digest digest = Sha256(chance.first(32));
      if (spot.container->is_object()) {
        digests_.push_back({spot.container, digest});
      } else {
        const std::uint32_t where = static_cast<std::uint32_t>(chance[32]) << 24 |
                                    static_cast<std::uint32_t>(chance[33]) << 16 |
                                    static_cast<std::uint32_t>(chance[34]) << 8 | chance[35];
        Insert(*spot.container, where % (spot.container->size() + 1), Placeholder(digest));
      }
    }
  }

  static void Insert(json::Value& array, std::size_t position, json::Value& element) {
    std::vector<json::Value*> elements;
    elements.reserve(array.size() + 1);
    for (json::Value& old : array) elements.push_back(&old);
    elements.insert(elements.begin() + static_cast<std::ptrdiff_t>(position), &element);
    array.RemoveIf([](const json::Value&) { return true; });
    for (json::Value* each : elements) array.Append(*each);
  }

  // The `_sd` of every object of the depth that is done. Sorted, so their order tells nothing.
  void WriteDigests() {
    std::sort(digests_.begin(), digests_.end(), [](const ObjectDigest& a, const ObjectDigest& b) {
      return a.object != b.object ? std::less<>()(a.object, b.object) : a.digest < b.digest;
    });
    json::Value* sd = nullptr;
    for (std::size_t i = 0; i < digests_.size(); ++i) {
      if (i == 0 || digests_[i].object != digests_[i - 1].object) {
        sd = &tree_.Array();
        digests_[i].object->Append("_sd", *sd);
      }
      sd->Append(DigestText(digests_[i].digest));
    }
    digests_.clear();
  }

  json::Value& Placeholder(const Digest& digest) {
    json::Value& placeholder = tree_.Object();
    placeholder.Append("...", DigestText(digest));
    return placeholder;
  }

  json::Value& DigestText(const Digest& digest) {
    text_.clear();
    AppendBase64Url(digest, text_);
    return tree_.String(text_);
  }

  json::Value& claims_;
  json::Tree& tree_;
  std::vector<Spot> spots_;
  std::size_t disclosures_ = 0;
  std::size_t decoys_ = 0;
  std::vector<std::uint8_t> chance_;
  std::vector<ObjectDigest> digests_;
  std::string json_;
  std::string text_;
};

}  // namespace

Result<PreparedSdJwt> PrepareSdJwt(json::Value& claims, const Selection& selection, Random& random, json::Tree& tree) {
  if (!claims.is_object()) return BadSelection("claims are not an object");
  TRY(CheckNames(claims));
  Preparation preparation(claims, tree);
  TRY(preparation.Resolve(selection));
  PreparedSdJwt prepared{.payload = &claims, .disclosures = {}};
  if (!preparation.anything()) return prepared;
  preparation.Draw(random);
  prepared.disclosures = preparation.Rearrange();
  return prepared;
}

Result<std::string> SignSdJwt(const PreparedSdJwt& prepared, std::string_view header_json, Signer& signer) {
  std::string payload;
  payload.reserve(1024);
  json::Write(*prepared.payload, payload);
  if (payload.size() > kSdJwtLimits.payload.bytes) return Fault{Reason::kLimit, "JWT-01", "payload too long"};
  TRY_ASSIGN(std::string text, SignJws(header_json, payload, signer));
  std::size_t length = text.size() + 1;
  for (const std::string& disclosure : prepared.disclosures) length += disclosure.size() + 1;
  if (length > kSdJwtLimits.presentation_bytes) return Fault{Reason::kLimit, "JWT-01", "SD-JWT too long"};
  text.reserve(length);
  text += '~';
  for (const std::string& disclosure : prepared.disclosures) {
    text += disclosure;
    text += '~';
  }
  return text;
}

}  // namespace passport
