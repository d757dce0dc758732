#include "credential/bundle/bundle.h"

#include <gtest/gtest.h>

#include <functional>

#include "credential/bundle/bundle_body.h"
#include "credential/bundle/bundle_delta.h"
#include "credential/bundle/bundle_manifest.h"
#include "credential/encoding/inflate.h"
#include "tests/credential/trust/trust_world.h"

namespace passport {
namespace {

TrustWorld& Region() { return TrustWorld::Get(); }

BundleFiles SampleFiles(const StatusEntries& of_trust = {}, Instant issued_at = kNow - kMinute) {
  return {{"registry.jwt", Region().RegistryToken(Region().Content())},
          {"status/ods-RC9/1.jwt", Region().StatusToken(Region().trust, of_trust, issued_at)},
          {"status/ons-E06000032/1.jwt", Region().StatusToken(Region().council, {}, issued_at)},
          {"profiles/test/1.jwt", "no token at all"}};
}

Bundle Made(const BundleFiles& files, std::uint64_t sequence = 7) {
  return Bundle::Sign(files, sequence, kNow, "registry-1", Region().registry_key).value();
}

std::string ReadWords(const std::string& file) {
  const Result<Bundle> read = Bundle::Read(file, Region().pinned);
  return read.ok() ? "ok" : std::string(WordOf(read.fault().reason)) + ": " + read.fault().detail;
}

// A bundle file around any body, signed as if it were one.
std::string FileAround(const std::string& body, std::uint64_t files) {
  const BundleManifest manifest{
      .sequence = 7, .as_of = kNow, .files = files, .size = body.size(), .digest = Sha256(body)};
  const std::string head = SignBundleManifest(manifest, "registry-1", Region().registry_key).value();
  const std::span<const std::uint8_t> bytes(reinterpret_cast<const std::uint8_t*>(body.data()), body.size());
  return MakeEnvelope(std::nullopt, head, Deflate(bytes, 6));
}

TEST(Bundle, GivesBackWhatWasPutIn) {
  const BundleFiles files = SampleFiles({{3, 1}, {5, 2}});
  const Bundle made = Made(files);
  const Result<Bundle> read = Bundle::Read(made.File(), Region().pinned);
  ASSERT_TRUE(read.ok()) << read.fault().detail;
  EXPECT_EQ(read->files(), files);
  EXPECT_EQ(read->manifest().sequence, 7U);
  EXPECT_EQ(read->manifest().as_of, kNow);
  EXPECT_EQ(read->manifest().files, 4U);
  EXPECT_EQ(read->File(), made.File());
}

TEST(Bundle, UndoesTheBase64OfTokensSoThatTheyCompress) {
  const std::string token = Region().RegistryToken(Region().Content());
  EXPECT_LT(PackFile(token).size(), token.size() * 4 / 5);
  EXPECT_EQ(UnpackFile(PackFile(token)).value(), token);
  for (const std::string& odd : {std::string(), std::string("a.b.c"), token + "\n", token + ".", "." + token}) {
    EXPECT_EQ(UnpackFile(PackFile(odd)).value(), odd);
  }
}

TEST(Bundle, RefusesAnotherKeyAndAnotherKindOfToken) {
  const BundleFiles files = SampleFiles();
  const Bundle forged = Bundle::Sign(files, 7, kNow, "registry-1", Region().stranger).value();
  EXPECT_TRUE(ReadWords(forged.File()).starts_with("registry: bundle: the registry's key did not sign it"));
  const Bundle unnamed = Bundle::Sign(files, 7, kNow, "registry-2", Region().registry_key).value();
  EXPECT_TRUE(ReadWords(unnamed.File()).starts_with("registry: bundle: the registry's key did not sign it"));
  const std::string other =
      "dsp-bundle 1\n" + files.at("registry.jwt") + Made(files).File().substr(Made(files).File().find('\n') + 1);
  EXPECT_TRUE(ReadWords(other).starts_with("registry: bundle: its manifest")) << ReadWords(other);
}

TEST(Bundle, RefusesEveryTruncationAndEveryAlteredByte) {
  const std::string file = Made(SampleFiles()).File();
  for (std::size_t length = 0; length < file.size(); length += 7) {
    EXPECT_TRUE(ReadWords(file.substr(0, length)).starts_with("registry")) << length;
  }
  for (std::size_t at = 0; at < file.size(); at += 3) {
    std::string altered = file;
    altered[at] = static_cast<char>(altered[at] ^ 0x01);
    // Bits that deflate leaves unused change nothing.
    const Result<Bundle> read = Bundle::Read(altered, Region().pinned);
    EXPECT_TRUE(!read.ok() || read->File() == file) << at;
  }
  EXPECT_NE(ReadWords(file + "x"), "ok");
  EXPECT_EQ(ReadWords(std::string(kBundleBytesMax + 1, ' ')), "limit: bundle: larger than 16 MiB");
}

TEST(Bundle, RefusesContentThatDoesNotBelongInOne) {
  const auto entry = [](std::string_view path, std::string_view packed) {
    std::string bytes;
    AppendNumber(path.size(), 2, bytes);
    bytes += path;
    AppendNumber(packed.size(), 4, bytes);
    return bytes + std::string(packed);
  };
  const std::string text("\0text", 5);
  const std::string registry = entry("registry.jwt", text);
  ASSERT_EQ(ReadWords(FileAround(registry, 1)), "ok");
  const struct {
    std::string what;
    std::string body;
    std::uint64_t files;
  } rows[] = {
      {"no registry", entry("status/a/1.jwt", text), 1},
      {"a path twice", registry + registry, 2},
      {"paths out of order", entry("status/a/1.jwt", text) + registry, 2},
      {"more files than signed", registry + entry("status/a/1.jwt", text), 1},
      {"fewer files than signed", registry, 2},
      {"a file cut off", registry.substr(0, registry.size() - 1), 1},
      {"a form nobody knows", entry("registry.jwt", "\2text"), 1},
      {"no form", entry("registry.jwt", ""), 1},
      {"a token cut off", entry("registry.jwt", std::string("\1\0\0\0\1", 5)), 1},
      {"a length past the end", registry + std::string("\0\1a\xff\xff\xff\xff", 7), 2},
      {"private keys", registry + entry("taxonomies", text), 2},
      {"a way out", registry + entry("status/../../etc/passwd", text), 2},
      {"a hidden name", registry + entry("status/.fresh-1", text), 2},
      {"an empty name", registry + entry("status//1.jwt", text), 2},
      {"a folder", registry + entry("status/a/", text), 2},
      {"another folder", registry + entry("types/a.json", text), 2},
  };
  for (const auto& row : rows)
    EXPECT_TRUE(ReadWords(FileAround(row.body, row.files)).starts_with("registry: bundle")) << row.what;
}

TEST(Bundle, ABombIsStoppedAtTheSizeThatWasSigned) {
  const std::string body = "registry";
  const BundleManifest manifest{.sequence = 7, .as_of = kNow, .files = 1, .size = body.size(), .digest = Sha256(body)};
  const std::string head = SignBundleManifest(manifest, "registry-1", Region().registry_key).value();
  const std::vector<std::uint8_t> large(std::size_t{32} << 20);
  EXPECT_TRUE(ReadWords(MakeEnvelope(std::nullopt, head, Deflate(large, 6))).starts_with("registry: bundle: zlib"));
}

TEST(Bundle, ADeltaMakesTheNewOneOfTheOld) {
  const Bundle base = Made(SampleFiles({{3, 1}}), 7);
  BundleFiles files = SampleFiles({{3, 1}, {200, 1}}, kNow);
  files.erase("profiles/test/1.jwt");
  files["profiles/test/2.jwt"] = "another";
  const Bundle next = Made(files, 8);
  const std::string delta = next.DeltaFrom(base);
  const Result<Bundle> made = base.After(delta, Region().pinned);
  ASSERT_TRUE(made.ok()) << made.fault().detail;
  EXPECT_EQ(made->files(), files);
  EXPECT_EQ(made->File(), next.File());
  EXPECT_EQ(Bundle::BaseOf(delta).value(), 7U);
  EXPECT_EQ(Bundle::BaseOf(next.File()).value(), std::nullopt);
}

TEST(Bundle, ADeltaOfListsThatWereOnlySignedAgainIsSmall) {
  StatusEntries many;
  for (std::uint32_t i = 0; i < 200; ++i) many[i * i % 1021] = 1;
  const Bundle base = Made(SampleFiles(many, kNow - kMinute), 7);
  const Bundle next = Made(SampleFiles(many, kNow), 8);
  EXPECT_LT(next.DeltaFrom(base).size() * 2, next.File().size());
}

TEST(Bundle, RefusesADeltaOnAnotherBaseOrOfAnotherHand) {
  const Bundle base = Made(SampleFiles({{3, 1}}), 7);
  const Bundle next = Made(SampleFiles({{3, 1}, {4, 1}}, kNow), 8);
  const std::string delta = next.DeltaFrom(base);
  const auto words = [&](const Bundle& from, const std::string& file) {
    const Result<Bundle> made = from.After(file, Region().pinned);
    return made.ok() ? "ok" : made.fault().detail;
  };
  ASSERT_EQ(words(base, delta), "ok");
  EXPECT_EQ(words(Made(SampleFiles({{3, 1}}), 6), delta), "bundle: the delta starts from another bundle");
  BundleFiles others = SampleFiles({{3, 1}});
  others["profiles/test/1.jwt"] = "a token of nobody";
  EXPECT_EQ(words(Made(others, 7), delta), "bundle: its content is not what was signed")
      << "the number alone does not make it the same";
  EXPECT_EQ(words(base, next.File()), "bundle: it is no delta");
  EXPECT_EQ(ReadWords(delta), "registry: bundle: a delta alone is none; it goes with the bundle it starts from");
  for (std::size_t at = 0; at < delta.size(); at += 5) {
    std::string altered = delta;
    altered[at] = static_cast<char>(altered[at] ^ 0x10);
    // Bits that deflate leaves unused change nothing; whatever else does makes nothing.
    const Result<Bundle> made = base.After(altered, Region().pinned);
    EXPECT_TRUE(!made.ok() || made->File() == next.File()) << at;
  }
}

TEST(Bundle, ADeltaCanNotReadPastTheOldFileNorGrowPastWhatWasSigned) {
  const std::string body = PackBody({{"registry.jwt", "text"}});
  const PackedFiles base = UnpackBody(body).value();
  const auto delta = [](std::uint64_t start, std::uint64_t end) {
    std::string bytes;
    AppendNumber(12, 2, bytes);
    bytes += "registry.jwt";
    AppendNumber(start, 4, bytes);
    AppendNumber(end, 4, bytes);
    AppendNumber(0, 4, bytes);
    return bytes;
  };
  EXPECT_EQ(ApplyDelta(base, delta(5, 0), body.size()).value(), body);
  EXPECT_EQ(ApplyDelta(base, delta(2, 3), body.size()).value(), body);
  EXPECT_FALSE(ApplyDelta(base, delta(5, 1), body.size()).ok());
  EXPECT_FALSE(ApplyDelta(base, delta(0xffffffff, 0xffffffff), body.size()).ok());
  EXPECT_FALSE(ApplyDelta(base, delta(5, 0), body.size() - 8).ok());
}

TEST(Bundle, IsNotMadeOfWhatDoesNotBelongInOne) {
  for (const char* path : {"keys/ods-RC9.jwt", "registry.jwt/x", "status/.x", "", "/registry.jwt", "status/a b"}) {
    EXPECT_FALSE(Bundle::Sign({{"registry.jwt", "r"}, {path, "x"}}, 1, kNow, "k", Region().registry_key).ok()) << path;
  }
}

}  // namespace
}  // namespace passport
