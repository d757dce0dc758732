// The law itself: who may include whom. A new folder gets a row here, and the row is a decision to be reviewed.
#include "tests/tidy/include_law.h"

namespace passport::tidy {

const std::vector<FolderLaw>& FolderLaws() {
  static const std::vector<FolderLaw> laws = {
      // The pure law, from the ground up. record, sdjwt and status stand side by side; taxonomy stands on record.
      {"credential/vocabulary", {}},
      {"credential/encoding", {"credential/vocabulary"}},
      {"credential/crypto", {"credential/vocabulary", "credential/encoding"}},
      {"credential/record", {"credential/vocabulary", "credential/encoding", "credential/crypto"}},
      {"credential/taxonomy",
       {"credential/vocabulary", "credential/encoding", "credential/crypto", "credential/record"}},
      {"credential/sdjwt", {"credential/vocabulary", "credential/encoding", "credential/crypto"}},
      {"credential/status", {"credential/vocabulary", "credential/encoding", "credential/crypto"}},
      {"credential/trust",
       {"credential/vocabulary", "credential/encoding", "credential/crypto", "credential/record", "credential/sdjwt",
        "credential/status"}},
      {"credential/bundle", {"credential/vocabulary", "credential/encoding", "credential/crypto"}},
      {"credential/credential",
       {"credential/vocabulary", "credential/encoding", "credential/crypto", "credential/record", "credential/sdjwt",
        "credential/status", "credential/trust"}},
      {"credential/passport",
       {"credential/vocabulary", "credential/encoding", "credential/crypto", "credential/record", "credential/sdjwt",
        "credential/status", "credential/trust", "credential/credential"}},
      {"credential/badge",
       {"credential/vocabulary", "credential/encoding", "credential/crypto", "credential/record", "credential/sdjwt",
        "credential/status", "credential/trust"}},
      {"credential/presentation",
       {"credential/vocabulary", "credential/encoding", "credential/crypto", "credential/record", "credential/sdjwt",
        "credential/status", "credential/trust", "credential/credential", "credential/passport"}},
      {"credential/decision",
       {"credential/vocabulary", "credential/encoding", "credential/crypto", "credential/record", "credential/sdjwt",
        "credential/status", "credential/trust", "credential/credential", "credential/passport",
        "credential/presentation", "credential/taxonomy"}},
      {"credential/evidence",
       {"credential/vocabulary", "credential/encoding", "credential/crypto", "credential/record", "credential/sdjwt",
        "credential/status", "credential/trust", "credential/credential", "credential/passport",
        "credential/presentation", "credential/taxonomy", "credential/decision"}},

      // What is printed: pages and QR codes. Reads and writes no file.
      {"paper", {"credential"}},

      {"keys", {"credential/vocabulary", "credential/encoding", "credential/crypto"}},

      // The process that holds the keys; the service knows its client alone.
      {"signer", {"credential/vocabulary", "credential/encoding", "credential/crypto", "keys"}},

      // The service: acts ask ports, plugs stand behind ports, rpc calls acts, main names them all.
      {"passport-service/ports", {"credential"}},
      {"passport-service/acts", {"credential", "keys", "passport-service/ports"}},
      {"passport-service/store", {"credential", "passport-service/ports"}},
      {"passport-service/publish", {"credential", "passport-service/ports"}},
      {"passport-service/config", {"credential"}},
      {"passport-service/rpc", {"credential", "passport-service/acts", "proto"}},
      {"passport-service", {"credential", "keys", "passport-service", "proto", "signer"}},

      // The tools. Only their online/ has heard of the wire.
      {"verifier-cli", {"credential", "verifier-cli/files", "verifier-cli/online"}},
      {"verifier-cli/files", {"credential"}},
      {"verifier-cli/online", {"credential"}},
      {"operator-cli", {"credential", "keys", "operator-cli/online", "paper", "terminal", "verifier-cli/files"}},
      {"operator-cli/online", {"credential", "keys", "proto", "operator-cli"}},
      {"terminal", {"credential/vocabulary", "credential/encoding", "keys"}},
      {"wallet-cli", {"credential", "keys", "paper", "terminal", "verifier-cli/files", "wallet-cli/online"}},
      {"wallet-cli/online", {"credential", "keys", "proto", "operator-cli/online", "wallet-cli"}},
      {"samples", {"credential", "samples/demo"}},
      {"samples/demo", {"credential", "keys", "operator-cli", "samples"}},
  };
  return laws;
}

const std::vector<HeaderLaw>& HeaderLaws() {
  static const std::vector<HeaderLaw> laws = {
      {{"openssl/"}, {"credential/crypto/", "keys/"}, Where::kAnyFile},
      {{"p11-kit/"}, {"keys/"}, Where::kAnyFile},
      {{"libdeflate.h", "zlib.h", "simdjson.h"}, {"credential/encoding/"}, Where::kSourcesOnly},
      {{"rocksdb/"}, {"passport-service/store/"}, Where::kAnyFile},
      {{"qrencode.h"}, {"paper/"}, Where::kSourcesOnly},
      {{"grpc/", "grpc++/", "grpcpp/", "google/protobuf/", "google/rpc/", "staffpassport/"},
       {"passport-service/rpc/", "passport-service/main", "operator-cli/online/", "wallet-cli/online/",
        "samples/demo/"},
       Where::kAnyFile},
      {{"curl/"}, {"verifier-cli/online/"}, Where::kSourcesOnly},
      {{"CLI/"},
       {"passport-service/", "signer/", "verifier-cli/", "operator-cli/", "wallet-cli/", "samples/"},
       Where::kAnyFile},
      {{"spdlog/"}, {"passport-service/", "operator-cli/", "samples/"}, Where::kAnyFile},
      // A second reader of JSON, for tests and measurements only.
      {{"nlohmann/"}, {}, Where::kAnyFile},
      // credential/ reads no file, asks no clock and draws no random number.
      {{"fstream", "filesystem", "random"},
       {"keys/", "signer/", "passport-service/", "verifier-cli/", "operator-cli/", "wallet-cli/", "samples/"},
       Where::kAnyFile},
  };
  return laws;
}

}  // namespace passport::tidy
