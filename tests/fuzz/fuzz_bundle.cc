// The first byte chooses: any bytes as a bundle file, as the body of one, or as a delta on a small one. Body and delta
// are what lies behind the signature.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "credential/bundle/bundle.h"
#include "credential/bundle/bundle_body.h"
#include "credential/bundle/bundle_delta.h"
#include "credential/bundle/bundle_manifest.h"

namespace {

using passport::BundleFiles;

const std::string& SmallBody() {
  static const std::string body = passport::PackBody(
      BundleFiles{{"registry.jwt", "e30.e30.e30"}, {"status/ods-RC9/1.jwt", "some text that is no token"}});
  return body;
}

void AsBody(std::string_view body) {
  const auto files = passport::UnpackBody(body);
  if (!files.ok()) return;
  for (const auto& [path, packed] : *files) {
    if (!passport::IsBundlePath(path)) std::abort();
    const auto text = passport::UnpackFile(packed);
    if (!text.ok()) continue;
    const auto again = passport::UnpackFile(passport::PackFile(*text));
    if (!again.ok() || *again != *text) std::abort();
  }
}

void AsDelta(std::string_view delta) {
  constexpr std::size_t kSize = 4096;
  const auto base = passport::UnpackBody(SmallBody());
  if (!base.ok()) std::abort();
  const auto body = passport::ApplyDelta(*base, delta, kSize);
  if (!body.ok()) return;
  if (body->size() > 2 * kSize + delta.size()) std::abort();
  AsBody(*body);
  const auto target = passport::UnpackBody(*body);
  if (!target.ok()) return;
  const auto again = passport::ApplyDelta(*base, passport::MakeDelta(*base, *target), body->size());
  if (!again.ok() || *again != *body) std::abort();
}

void AsFile(std::string_view file) {
  const auto envelope = passport::OpenEnvelope(file);
  if (!envelope.ok()) return;
  const std::string again = passport::MakeEnvelope(envelope->base, envelope->manifest, envelope->stream);
  const auto reopened = passport::OpenEnvelope(again);
  if (!reopened.ok() || reopened->base != envelope->base || reopened->manifest != envelope->manifest) std::abort();
  if (passport::Bundle::Read(file, passport::KeySet()).ok()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0]) {
    case 'b':
      AsBody(rest);
      break;
    case 'd':
      AsDelta(rest);
      break;
    default:
      AsFile(rest);
  }
  return 0;
}
