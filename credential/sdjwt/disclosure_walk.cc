#include "credential/sdjwt/disclosure_walk.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "credential/encoding/base64url.h"
#include "credential/sdjwt/canonical_text.h"
#include "credential/sdjwt/disclosure_index.h"
#include "credential/sdjwt/path_steps.h"

namespace passport {
namespace {

constexpr std::string_view kSd = "_sd";
constexpr std::string_view kSdAlg = "_sd_alg";
constexpr std::string_view kEllipsis = "...";
constexpr std::uint32_t kNobody = PathSteps::kNone;

Fault BadDisclosure(std::string_view check, std::string_view what) {
  return {Reason::kDisclosure, check, std::string(what)};
}
Fault MalformedClaims(std::string_view check, std::string_view what) {
  return {Reason::kMalformed, check, std::string(what)};
}
Fault BadAlgorithm(std::string_view what) { return {Reason::kSdAlg, "SDJWT-05", std::string(what)}; }
Fault TooMuch(std::string_view what) { return {Reason::kLimit, "", std::string(what)}; }

bool IsContainer(const json::Value& value) { return value.is_object() || value.is_array(); }

// One object or array still to be looked at.
struct Visit {
  json::Value* value;
  std::string_view top;     // the top-level claim it is in; empty for the payload itself
  std::size_t depth;        // of nesting; the payload has 1
  std::size_t recursion;    // disclosures around it
  std::uint32_t parent;     // the innermost of them, or kNobody
  std::uint32_t last_step;  // of its path, or kNobody; only kept when somebody asks for paths
};

class Walk {
 public:
  Walk(std::span<const std::string_view> disclosures, json::Tree& tree, const SdJwtLimits& limits,
       std::vector<FoundDisclosure>* found)
      : disclosures_(disclosures), tree_(tree), limits_(limits), found_(found) {}

  Result<DisclosureReport> Run(json::Value& payload) {
    if (disclosures_.size() > limits_.disclosures) return TooMuch("too many disclosures");
    TRY_ASSIGN(index_, DisclosureIndex::Make(disclosures_));
    used_.resize(disclosures_.size());
    if (found_ != nullptr) found_->assign(disclosures_.size(), {});
    open_.reserve(16);
    touched_.reserve(disclosures_.size());
    TRY(CheckAlgorithm(payload));
    open_.push_back({&payload, {}, 1, 0, kNobody, kNobody});
    while (!open_.empty()) {
      const Visit visit = open_.back();
      open_.pop_back();
      TRY(visit.value->is_object() ? Object(visit) : Array(visit));
    }
    TRY(CheckDigestsAndDisclosures());
    payload.RemoveIf([](const json::Value& member) { return member.name() == kSdAlg; });
    std::sort(touched_.begin(), touched_.end());
    touched_.erase(std::unique(touched_.begin(), touched_.end()), touched_.end());
    return DisclosureReport{std::move(touched_)};
  }

 private:
  static Result<void> CheckAlgorithm(const json::Value& payload) {
    const json::Value* algorithm = payload.Find(kSdAlg);
    if (algorithm != nullptr && algorithm->text() != "sha-256") return BadAlgorithm("_sd_alg is not sha-256");
    return {};
  }

  // Step 3.c for `_sd`.
  Result<void> Object(const Visit& visit) {
    json::Value& object = *visit.value;
    const bool is_payload = visit.depth == 1;
    const json::Value* sd = nullptr;
    for (json::Value& member : object) {
      if (member.name() == kSd) {
        sd = &member;
        continue;
      }
      if (member.name() == kEllipsis) return MalformedClaims("SDJWT-12", "... outside of an array element");
      if (member.name() == kSdAlg && !is_payload) return BadAlgorithm("_sd_alg below the top level");
      if (IsContainer(member)) TRY(Enter(member, visit, visit.recursion, visit.parent, member.name()));
    }
    if (sd == nullptr) return {};
    if (!sd->is_array()) return MalformedClaims("SDJWT-11", "_sd is not an array");
    if (!is_payload) touched_.push_back(visit.top);
    for (const json::Value& digest : *sd) {
      if (!digest.is_string()) return MalformedClaims("SDJWT-11", "_sd holds something other than strings");
      TRY(Insert(*digest.text(), object, visit, sd->size() <= kFewNames));
    }
    object.RemoveIf([](const json::Value& member) { return member.name() == kSd; });
    return sd->size() <= kFewNames ? Result<void>() : NamesDiffer(object);
  }

  // The claim behind one digest of `_sd`, if it is disclosed, becomes a member.
  Result<void> Insert(std::string_view digest, json::Value& object, const Visit& visit, bool look_for_name) {
    TRY_ASSIGN(const std::optional<std::size_t> position, Use(digest));
    if (!position) return {};
    if (visit.recursion >= limits_.recursion) return TooMuch("disclosures nested too deep");
    TRY_ASSIGN(json::Value* const disclosure, Read(*position));
    if (disclosure->size() != 3) return BadDisclosure("SDJWT-07", "a claim's disclosure has not three elements");
    auto element = ++disclosure->begin();
    const std::optional<std::string_view> name = element->text();
    json::Value& value = *++element;
    if (!name) return BadDisclosure("SDJWT-07", "a disclosed claim's name is not a string");
    if (*name == kSdAlg) return BadAlgorithm("_sd_alg in a disclosure");
    if (*name == kSd || *name == kEllipsis) return BadDisclosure("SDJWT-09", "a disclosed claim has a reserved name");
    if (look_for_name && object.Find(*name) != nullptr) return NameTwice();
    object.Append(*name, value);
    if (visit.depth == 1) touched_.push_back(*name);
    TRY_ASSIGN(const std::uint32_t step, Note(*position, visit, *name, 0));
    return IsContainer(value) ? EnterAt(value, visit, *position, *name, step) : Result<void>();
  }

  // Step 3.c for array elements.
  Result<void> Array(const Visit& visit) {
    bool kept_back = false;
    std::size_t index = 0;
    for (json::Value& element : *visit.value) {
      Visit around = visit;
      while (const json::Value* ellipsis = element.Find(kEllipsis)) {
        touched_.push_back(visit.top);
        if (element.size() != 1 || !ellipsis->is_string()) {
          return MalformedClaims("SDJWT-12", "an element with ... has other members or no string");
        }
        TRY_ASSIGN(const std::optional<std::size_t> position, Use(*ellipsis->text()));
        kept_back = kept_back || !position;
        if (!position) break;
        TRY(Replace(element, *position, around, index));
      }
      if (IsContainer(element) && element.Find(kEllipsis) == nullptr) {
        TRY(Enter(element, around, around.recursion, around.parent, {}, index));
      }
      ++index;
    }
    if (kept_back) {
      visit.value->RemoveIf([](const json::Value& element) { return element.Find(kEllipsis) != nullptr; });
    }
    return {};
  }

  // The disclosed value takes the element's place; `around` then tells that it hangs in this disclosure.
  Result<void> Replace(json::Value& element, std::size_t position, Visit& around, std::size_t index) {
    TRY_ASSIGN(const json::Value* const disclosure, Read(position));
    if (disclosure->size() != 2) return BadDisclosure("SDJWT-08", "an array element's disclosure has not two elements");
    element.Become(*++disclosure->begin());
    TRY(Note(position, around, {}, index));
    around.parent = static_cast<std::uint32_t>(position);
    if (++around.recursion > limits_.recursion) return TooMuch("disclosures nested too deep");
    return {};
  }

  // The disclosure of a digest, marked as used. Every digest counts, decoys too.
  Result<std::optional<std::size_t>> Use(std::string_view digest) {
    if (++digests_ > limits_.digests) return TooMuch("too many digests");
    const std::optional<std::size_t> position = index_.Find(digest);
    if (!position) {
      unmatched_.push_back(digest);
      return position;
    }
    if (used_[*position]) return DigestTwice();
    used_[*position] = true;
    return position;
  }

  // SDJWT-06. An array of two or three elements that starts with a string.
  Result<json::Value*> Read(std::size_t position) {
    Result<json::Value*> read = tree_.ParseBase64Url(disclosures_[position], limits_.payload);
    if (!read.ok()) {
      if (read.fault().check == "JWT-02") return NotBase64Url();
      const Reason reason = read.fault().reason == Reason::kLimit ? Reason::kLimit : Reason::kDisclosure;
      return Fault{reason, "SDJWT-06", "a disclosure: " + read.fault().detail};
    }
    const json::Value& array = **read;
    if (!array.is_array() || array.size() < 2 || array.size() > 3) {
      return BadDisclosure("SDJWT-06", "a disclosure is not an array of two or three elements");
    }
    if (!array.begin()->is_string()) return BadDisclosure("SDJWT-06", "a salt is not a string");
    if (found_ != nullptr) (*found_)[position].salt = *array.begin()->text();
    return read;
  }

  Result<void> Enter(json::Value& value, const Visit& from, std::size_t recursion, std::uint32_t parent,
                     std::string_view name, std::size_t index = 0) {
    if (from.depth >= limits_.payload.depth) return TooMuch("claims nested too deep");
    const std::uint32_t step = found_ == nullptr ? kNobody : AddStep(from, name, index);
    open_.push_back({&value, from.depth == 1 ? name : from.top, from.depth + 1, recursion, parent, step});
    return {};
  }

  // As Enter, into the value of a disclosure whose path is already noted.
  Result<void> EnterAt(json::Value& value, const Visit& from, std::size_t position, std::string_view name,
                       std::uint32_t step) {
    if (from.depth >= limits_.payload.depth) return TooMuch("claims nested too deep");
    open_.push_back({&value, from.depth == 1 ? name : from.top, from.depth + 1, from.recursion + 1,
                     static_cast<std::uint32_t>(position), step});
    return {};
  }

  std::uint32_t AddStep(const Visit& from, std::string_view name, std::size_t index) {
    return from.value->is_array() ? steps_.AddElement(from.last_step, index) : steps_.AddMember(from.last_step, name);
  }

  // Keeps where a disclosure was found, if somebody asks; the step of its path.
  Result<std::uint32_t> Note(std::size_t position, const Visit& from, std::string_view name, std::size_t index) {
    if (found_ == nullptr) return kNobody;
    const std::uint32_t step = AddStep(from, name, index);
    FoundDisclosure& found = (*found_)[position];
    if (from.parent != kNobody) found.parent = from.parent;
    found.path = steps_.Pointer(step);
    return step;
  }

  // Steps 4 and 5, then the rule that digests are digests. A digest that found its disclosure is one, and Use() has
  // seen to it that it is the only one.
  Result<void> CheckDigestsAndDisclosures() {
    std::sort(unmatched_.begin(), unmatched_.end());
    if (std::adjacent_find(unmatched_.begin(), unmatched_.end()) != unmatched_.end()) return DigestTwice();
    bool all_used = true;
    for (std::size_t i = 0; i < disclosures_.size(); ++i) {
      if (used_[i]) continue;
      all_used = false;
      if (disclosures_[i].empty() || !IsCanonicalBase64Url(disclosures_[i])) return NotBase64Url();
    }
    if (!all_used) return Fault{Reason::kUnused, "SDJWT-15", "a disclosure is not referenced"};
    for (const std::string_view digest : unmatched_) {
      if (digest.size() != DisclosureIndex::kDigestLength || !IsCanonicalBase64Url(digest)) {
        return MalformedClaims("SDJWT-11", "a digest is not the base64url text of a SHA-256");
      }
    }
    return {};
  }

  static Result<void> NamesDiffer(const json::Value& object) {
    std::vector<std::string_view> names;
    names.reserve(object.size());
    for (const json::Value& member : object) names.push_back(member.name());
    std::sort(names.begin(), names.end());
    if (std::adjacent_find(names.begin(), names.end()) != names.end()) return NameTwice();
    return {};
  }

  static Fault NameTwice() { return BadDisclosure("SDJWT-10", "a disclosed claim is already there"); }
  static Fault DigestTwice() { return {Reason::kDigestDup, "SDJWT-13", "a digest occurs twice"}; }
  static Fault NotBase64Url() { return MalformedClaims("SDJWT-01", "a disclosure is not canonical base64url"); }

  // Up to here names are looked for one by one; longer `_sd` arrays sort them once.
  static constexpr std::size_t kFewNames = 32;

  std::span<const std::string_view> disclosures_;
  json::Tree& tree_;
  const SdJwtLimits& limits_;
  std::vector<FoundDisclosure>* found_;
  DisclosureIndex index_;
  std::vector<bool> used_;
  std::size_t digests_ = 0;
  std::vector<std::string_view> unmatched_;  // of them, those without a disclosure
  std::vector<std::string_view> touched_;
  std::vector<Visit> open_;
  PathSteps steps_;
};

}  // namespace

Result<DisclosureReport> WalkDisclosures(json::Value& payload, std::span<const std::string_view> disclosures,
                                         json::Tree& tree, const SdJwtLimits& limits,
                                         std::vector<FoundDisclosure>* found) {
  if (!payload.is_object()) return MalformedClaims("JWT-03", "the payload is not an object");
  return Walk(disclosures, tree, limits, found).Run(payload);
}

Result<DisclosureReport> Disclose(json::Value& payload, std::span<const std::string_view> disclosures, json::Tree& tree,
                                  const SdJwtLimits& limits) {
  return WalkDisclosures(payload, disclosures, tree, limits, nullptr);
}

}  // namespace passport
