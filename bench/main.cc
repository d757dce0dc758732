// passport-bench [--json FILE]: speed of the pure law, each figure beside its raw limit from the same run.
//
// All benchmarks run in many short repetitions in random order, so that a slow mood of the machine hits all alike; the
// figure is the median of the repetitions per CPU second. Ratios are what to compare; rates belong to one machine and
// one day.
#include <openssl/ec.h>
#include <openssl/evp.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <memory>

#include "bench/audit_trail.h"
#include "bench/decisions.h"
#include "bench/measure.h"
#include "bench/region_bundle.h"
#include "bench/report.h"
#include "bench/status_lists.h"
#include "bench/verification.h"
#include "bench/world.h"
#include "credential/credential/credential.h"
#include "credential/evidence/audit_file.h"

namespace passport::bench {
namespace {

constexpr std::size_t kAuditRowHashedBytes = 320;  // of a usual row, with the lengths of its fields

// EVP_PKEY_verify and EVP_PKEY_sign with ready contexts over given digests: what nothing can beat with this library. As
// many different signatures as there are credentials, so that neither side profits from seeing the same one again.
class Raw {
 public:
  Raw() : key_(EVP_EC_gen("P-256")), sign_(EVP_PKEY_CTX_new(key_, nullptr)), verify_(EVP_PKEY_CTX_new(key_, nullptr)) {
    if (EVP_PKEY_sign_init(sign_) != 1 || EVP_PKEY_verify_init(verify_) != 1) std::abort();
    for (std::size_t i = 0; i < kHolders; ++i) {
      digests_.push_back(Sha256(std::to_string(i)));
      signatures_.emplace_back(80, '\0');
      if (!SignInto(i, signatures_.back())) std::abort();
    }
  }
  Raw(const Raw&) = delete;
  Raw& operator=(const Raw&) = delete;
  ~Raw() {
    EVP_PKEY_CTX_free(sign_);
    EVP_PKEY_CTX_free(verify_);
    EVP_PKEY_free(key_);
  }
  bool Verify(std::size_t i) const {
    const std::string& signature = signatures_[i];
    return EVP_PKEY_verify(verify_, reinterpret_cast<const std::uint8_t*>(signature.data()), signature.size(),
                           digests_[i].data(), digests_[i].size()) == 1;
  }
  bool Sign(std::size_t i) const {
    std::string out(80, '\0');
    return SignInto(i, out);
  }

 private:
  bool SignInto(std::size_t i, std::string& out) const {
    std::size_t length = out.size();
    if (EVP_PKEY_sign(sign_, reinterpret_cast<std::uint8_t*>(out.data()), &length, digests_[i].data(),
                      digests_[i].size()) != 1)
      return false;
    out.resize(length);
    return true;
  }
  EVP_PKEY* key_;
  EVP_PKEY_CTX* sign_;
  EVP_PKEY_CTX* verify_;
  std::vector<Digest> digests_;
  std::vector<std::string> signatures_;  // DER
};

// Each figure is of one row.
void RegisterAudit(const AuditTrail& trail) {
  Measure("raw_sha256",
          [text = std::string(kAuditRowHashedBytes, 'a')](std::size_t) { return Sha256(text) != Digest{}; });
  Measure("audit_append", [last = AuditRow()](std::size_t i) mutable {
    last = NextAuditRow(last, i);
    return last.sequence != 0;
  });
  Measure(
      "audit_export", [&](std::size_t i) { return !AuditFileRow(trail.rows[i]).empty(); }, kAuditRows);
  Measure(
      "audit_check",
      [&, check = std::shared_ptr<AuditCheck>()](std::size_t i) mutable {
        if (i == 0) check = std::make_shared<AuditCheck>(trail.pinned);
        if (i == 0 && !check->Begin(trail.header).ok()) return false;
        return check->Next(trail.lines[i]).ok();
      },
      kAuditRows);
}

void Register(World& world, const Raw& raw) {
  Measure("raw_verify", [&](std::size_t i) { return raw.Verify(i); });
  Measure("raw_sign", [&](std::size_t i) { return raw.Sign(i); });
  RegisterVerification(world);
  Measure("issue_credential", [&](std::size_t i) {
    auto prepared = PreparedCredential::Prepare(world.records[i], TermsOf(world, i), world.random);
    return prepared.ok() && IssueCredential(std::move(prepared).value(), world.kid, world.issuer).ok();
  });
  Measure("present", [&](std::size_t i) {
    const BindingTerms terms{.audience = kAudience, .nonce = kNonce, .made_at = kNow, .purpose = {}};
    return world.held[i].Present(ShownFacts(), terms, world.holders[i]).ok();
  });
  RegisterDecisions(world);
}

// What depends on how many credentials a set of lists has: taking a slot must not.
void RegisterLists() {
  constexpr std::uint32_t kMillion = 1'000'000;
  const auto none = std::make_shared<ListSet>(0);
  const auto million = std::make_shared<ListSet>(kMillion);
  Measure("slot_at_none", [none](std::size_t) { return none->TakeSlot(); });
  Measure("slot_at_a_million", [million](std::size_t) { return million->TakeSlot(); });
  Measure("publish_at_none", [none](std::size_t) { return none->RevokeAndPublish(); });
  Measure("publish_at_a_million", [million](std::size_t) { return million->RevokeAndPublish(); });
}

// Sizes, which are the same on every machine.
std::vector<Size> SizesOf(const RegionBundle& region) {
  constexpr std::size_t kBundleAtMost = 3'000'000;
  return {{"bundle_of_a_region", region.bytes, "at most", kBundleAtMost},
          {"bundle_delta", region.delta_bytes, "the whole", region.bytes}};
}

const std::vector<Pairing>& Pairings() {
  static const std::vector<Pairing> pairings = {
      {"verify_credential", "raw_verify"},
      {"verify_credential_known_issuer", "raw_verify"},
      {"verify_presentation", "raw_verify"},
      {"verify_presentation_known_issuer", "raw_verify"},
      {"verify_again", "raw_verify"},
      {"issue_credential", "raw_sign"},
      {"present", "raw_sign"},
      {"status_warm", "raw_verify"},
      {"status_cold", "raw_verify"},
      {"decide", "raw_verify"},
      {"decide_cannot_tell", "raw_verify"},
      {"decide_explained", "raw_verify"},
      {"decide_once", "raw_verify"},
      {"prepare_profile", "raw_verify"},
      {"prepare_records", "raw_verify"},
      {"prepare_case", "raw_verify"},
      {"restand", "raw_verify"},
      {"audit_append", "raw_sha256"},
      {"audit_export", "raw_sha256"},
      {"audit_check", "raw_sha256"},
      {"slot_at_a_million", "slot_at_none"},
      {"publish_at_a_million", "publish_at_none"},
  };
  return pairings;
}

int Run(int argc, char** argv) {
  CLI::App app{"Speed of the staff passport, each figure beside its raw limit from the same run"};
  std::string json_file;
  std::string only = ".*";
  app.add_option("--json", json_file, "also write the figures to this file");
  app.add_option("--only", only, "a regular expression: measure these alone, for a profiler; bundle: the sizes alone");
  CLI11_PARSE(app, argc, argv);
  const std::unique_ptr<World> world = MakeWorld();
  const Raw raw;
  Register(*world, raw);
  const AuditTrail trail = MakeAuditTrail();
  RegisterAudit(trail);
  RegisterLists();
  std::vector<std::string> flags = {"passport-bench", "--benchmark_filter=" + only, "--benchmark_repetitions=11",
                                    "--benchmark_min_time=0.12", "--benchmark_enable_random_interleaving=true"};
  std::vector<char*> words;
  words.reserve(flags.size());
  for (std::string& flag : flags) words.push_back(flag.data());
  int count = static_cast<int>(words.size());
  benchmark::Initialize(&count, words.data());
  Collector collector;
  benchmark::RunSpecifiedBenchmarks(&collector);
  const bool with_sizes = only == ".*" || only == "bundle";
  const std::vector<Size> sizes = with_sizes ? SizesOf(MakeRegionBundle()) : std::vector<Size>();
  std::cout << collector.Table(Pairings()) << TableOf(sizes);
  if (json_file.empty()) return 0;
  std::ofstream file(json_file);
  file << collector.Json(Pairings(), sizes) << std::flush;
  if (file) return 0;
  std::cerr << "passport-bench: can not write " << json_file << "\n";
  return 1;
}

}  // namespace
}  // namespace passport::bench

int main(int argc, char** argv) { return passport::bench::Run(argc, argv); }
