#include "bench/peer/answers.h"

#include <time.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace passport::bench {
namespace {

constexpr std::string_view kName = "staff passport (C++, OpenSSL)";
constexpr std::string_view kNameWithTables = "staff passport, known issuer";
constexpr std::size_t kLatenciesMax = 200'000;

using Op = std::function<bool(Peer&, std::size_t)>;
const std::map<std::string, Op, std::less<>>& Ops() {
  static const std::map<std::string, Op, std::less<>> ops = {
      {"issue", [](Peer& peer, std::size_t i) { return peer.Issue(i).ok(); }},
      {"present", [](Peer& peer, std::size_t i) { return peer.Present(i, peer.corpus().items[i].credential).ok(); }},
      {"verify_credential",
       [](Peer& peer, std::size_t i) {
         return peer.VerifyCredential(peer.corpus().items[i].credential, peer.terms()).ok();
       }},
      {"verify_with_status",
       [](Peer& peer, std::size_t i) {
         return peer.VerifyCredential(peer.corpus().items[i].credential, peer.terms()).ok();
       }},
      {"verify_presentation",
       [](Peer& peer, std::size_t i) {
         return peer.VerifyPresentation(peer.corpus().items[i].presentation, peer.terms()).ok();
       }},
      {"status_cold",
       [](Peer& peer, std::size_t i) {
         const Result<std::uint8_t> value = peer.StatusCold(i);
         return value.ok() && *value == 0;
       }},
      {"status_warm", [](Peer& peer, std::size_t i) {
         const Result<std::uint8_t> value = peer.StatusWarm(i);
         return value.ok() && *value == 0;
       }}};
  return ops;
}

std::vector<std::string> SplitAt(std::string_view text, char mark) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (std::size_t at = text.find(mark); at != std::string_view::npos; at = text.find(mark, begin)) {
    parts.emplace_back(text.substr(begin, at - begin));
    begin = at + 1;
  }
  parts.emplace_back(text.substr(begin));
  return parts;
}

std::string JoinBy(const std::vector<std::string>& parts, char mark) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text += mark;
    text += parts[i];
  }
  return text;
}

void FlipAt(std::string& text, std::size_t at) { text[at] = text[at] == 'A' ? 'B' : 'A'; }

// A token as somebody might have altered it; every one must be refused.
std::string Altered(std::string_view token, std::string_view how) {
  std::vector<std::string> parts = SplitAt(token, '~');
  std::vector<std::string> jwt = SplitAt(parts.front(), '.');
  if (how == "issuer-signature") {
    FlipAt(jwt[2], 20);
  } else if (how == "payload") {
    FlipAt(jwt[1], jwt[1].size() / 2);
  } else if (how == "disclosure-value") {
    FlipAt(parts[1], parts[1].size() - 6);
  } else if (how == "kb-signature") {
    FlipAt(parts.back(), parts.back().size() - 20);
  } else if (how == "dropped-disclosure") {
    parts.erase(parts.begin() + 1);
  } else if (how == "kb-missing") {
    parts.back().clear();
  }
  parts.front() = JoinBy(jwt, '.');
  return JoinBy(parts, '~');
}

std::int64_t CpuNow() {
  ::timespec at{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
  return std::int64_t{at.tv_sec} * 1'000'000'000 + at.tv_nsec;
}

}  // namespace

std::string_view Answers::name() const { return tables_ ? kNameWithTables : kName; }

json::Value& Answers::Hello(json::Tree& tree) const {
  json::Value& answer = tree.Object();
  answer.Append("name", tree.String(name()));
  answer.Append("version", tree.String("1"));
  answer.Append("language", tree.String("c++"));
  json::Value& ops = tree.Array();
  for (const auto& [op, act] : Ops()) ops.Append(tree.String(op));
  answer.Append("ops", ops);
  return answer;
}

Result<json::Value*> Answers::Load(const json::Value& question, json::Tree& tree) {
  TRY_ASSIGN(PeerCorpus corpus, ReadPeerCorpus(std::filesystem::path(TextOf(question, "corpus"))));
  TRY_ASSIGN(peer_, Peer::Make(std::move(corpus), tables_));
  json::Value& answer = tree.Object();
  answer.Append("ok", tree.Boolean(true));
  return &answer;
}

Result<json::Value*> Answers::SelfTest(json::Tree& tree) {
  const std::string& credential = peer_->corpus().items[1].credential;
  const std::string& presentation = peer_->corpus().items[2].presentation;
  json::Value& accepted = tree.Array();
  for (const std::string_view how : {"issuer-signature", "payload", "disclosure-value"}) {
    if (peer_->VerifyCredential(Altered(credential, how), peer_->terms()).ok())
      accepted.Append(tree.String("credential:" + std::string(how)));
  }
  for (const std::string_view how :
       {"issuer-signature", "payload", "disclosure-value", "kb-signature", "dropped-disclosure", "kb-missing"}) {
    if (peer_->VerifyPresentation(Altered(presentation, how), peer_->terms()).ok())
      accepted.Append(tree.String("presentation:" + std::string(how)));
  }
  PeerTerms other = peer_->terms();
  other.nonce = "other-nonce";
  if (peer_->VerifyPresentation(presentation, other).ok()) accepted.Append(tree.String("presentation:wrong-nonce"));
  TRY(peer_->VerifyCredential(credential, peer_->terms()));
  TRY(peer_->VerifyPresentation(presentation, peer_->terms()));
  TRY_ASSIGN(const std::string issued, peer_->Issue(3));
  TRY(peer_->VerifyCredential(issued, peer_->terms()));
  TRY_ASSIGN(const std::string presented, peer_->Present(3, issued));
  TRY(peer_->VerifyPresentation(presented, peer_->terms()));
  json::Value& answer = tree.Object();
  answer.Append("ok", tree.Boolean(accepted.size() == 0));
  answer.Append("accepted_tampered", accepted);
  return &answer;
}

Result<json::Value*> Answers::Run(const json::Value& question, json::Tree& tree) {
  using Clock = std::chrono::steady_clock;
  const auto op = Ops().find(TextOf(question, "op"));
  const json::Value* const ms = question.Find("ms");
  if (op == Ops().end() || ms == nullptr) return Fault{Reason::kFieldInvalid, "", "no such operation"};
  const std::chrono::milliseconds length{ms->integer().value_or(100)};
  std::vector<std::int64_t> latencies;
  latencies.reserve(kLatenciesMax);
  const std::size_t items = peer_->corpus().items.size();
  const std::int64_t cpu = CpuNow();
  const Clock::time_point begun = Clock::now();
  Clock::time_point before = begun;
  std::int64_t n = 0;
  for (std::size_t item = 0; before < begun + length; ++n, item = item + 1 == items ? 0 : item + 1) {
    if (!op->second(*peer_, item)) return Fault{Reason::kSig, "", "the operation failed"};
    const Clock::time_point after = Clock::now();
    if (latencies.size() < kLatenciesMax) latencies.push_back((after - before).count());
    before = after;
  }
  const std::int64_t cpu_used = CpuNow() - cpu;
  std::sort(latencies.begin(), latencies.end());
  json::Value& answer = tree.Object();
  answer.Append("n", tree.Integer(n));
  answer.Append("wall_ns", tree.Integer((before - begun).count()));
  answer.Append("cpu_ns", tree.Integer(cpu_used));
  answer.Append("p50_ns", tree.Integer(latencies[latencies.size() / 2]));
  answer.Append("p99_ns", tree.Integer(latencies[latencies.size() * 99 / 100]));
  return &answer;
}

Result<json::Value*> Answers::Emit(const json::Value& question, json::Tree& tree) {
  const PeerCorpus& corpus = peer_->corpus();
  const json::Value* const count = question.Find("count");
  json::Value& items = tree.Array();
  for (std::size_t i = 0; i < static_cast<std::size_t>(count == nullptr ? 8 : count->integer().value_or(8)); ++i) {
    TRY_ASSIGN(const std::string credential, peer_->Issue(i));
    TRY_ASSIGN(const std::string presentation, peer_->Present(i, credential));
    TRY_ASSIGN(json::Value* const record, tree.Parse(corpus.items[i].record, json::kTokenLimits));
    TRY_ASSIGN(json::Value* const holder, tree.Parse(corpus.items[i].holder_jwk, json::kTokenLimits));
    json::Value& item = tree.Object();
    item.Append("credential", tree.String(credential));
    item.Append("presentation", tree.String(presentation));
    item.Append("record", *record);
    item.Append("holder_jwk", *holder);
    items.Append(item);
  }
  TRY_ASSIGN(json::Value* const jwks, tree.Parse(corpus.jwks, json::kTokenLimits));
  json::Value& answer = tree.Object();
  answer.Append("producer", tree.String(name()));
  answer.Append("iss", tree.String(corpus.issuer));
  answer.Append("jwks", *jwks);
  answer.Append("aud", tree.String(corpus.audience));
  answer.Append("nonce", tree.String(corpus.nonce));
  answer.Append("verify_at", tree.Integer(corpus.now.seconds));
  answer.Append("items", items);
  return &answer;
}

// A kind of token is told of when it is refused, and once when it is not.
Result<void> Answers::CheckProducer(const json::Value& producer, json::Tree& tree, json::Value& results) {
  const json::Value* const jwks = producer.Find("jwks");
  const json::Value* const keys = jwks == nullptr ? nullptr : jwks->Find("keys");
  const json::Value* const at = producer.Find("verify_at");
  const json::Value* const items = producer.Find("items");
  if (keys == nullptr || at == nullptr || items == nullptr)
    return Fault{Reason::kMalformed, "", "a producer without keys, time or items"};
  TRY_ASSIGN(const PeerTerms terms, TermsOf(TextOf(producer, "iss"), *keys, TextOf(producer, "aud"),
                                            TextOf(producer, "nonce"), Instant{at->integer().value_or(0)}));
  std::int64_t place = 0;
  for (const json::Value& item : *items) {
    for (const std::string_view kind : {"credential", "presentation"}) {
      const std::string_view token = TextOf(item, kind);
      if (token.empty()) continue;
      const Result<void> verified =
          kind == "credential" ? peer_->VerifyCredential(token, terms) : peer_->VerifyPresentation(token, terms);
      if (verified.ok() && place > 0) continue;
      json::Value& result = tree.Object();
      result.Append("producer", tree.String(TextOf(producer, "producer")));
      result.Append("kind", tree.String(kind));
      result.Append("item", tree.Integer(place));
      result.Append("ok", tree.Boolean(verified.ok()));
      if (!verified.ok())
        result.Append("error", tree.String(std::string(WordOf(verified.fault().reason)) + ' ' +
                                           std::string(verified.fault().check) + ": " + verified.fault().detail));
      results.Append(result);
    }
    ++place;
  }
  return {};
}

Result<json::Value*> Answers::Check(const json::Value& question, json::Tree& tree) {
  TRY_ASSIGN(const json::Value* const file, ReadRunnerFile(std::filesystem::path(TextOf(question, "file")), tree));
  const json::Value* const producers = file->Find("producers");
  if (producers == nullptr) return Fault{Reason::kMalformed, "", "a file without producers"};
  json::Value& results = tree.Array();
  for (const json::Value& producer : *producers) TRY(CheckProducer(producer, tree, results));
  json::Value& answer = tree.Object();
  answer.Append("results", results);
  return &answer;
}

Result<json::Value*> Answers::Of(const json::Value& question, json::Tree& tree) {
  const std::string_view asked = TextOf(question, "cmd");
  if (asked == "hello") return &Hello(tree);
  if (asked == "load") return Load(question, tree);
  if (asked == "quit") {
    over_ = true;
    return &tree.Object();
  }
  if (peer_ == nullptr) return Fault{Reason::kFieldInvalid, "", "nothing is loaded"};
  if (asked == "selftest") return SelfTest(tree);
  if (asked == "run") return Run(question, tree);
  if (asked == "emit") return Emit(question, tree);
  if (asked == "check") return Check(question, tree);
  return Fault{Reason::kFieldInvalid, "", "unknown command"};
}

std::string Answers::To(const std::string& line) {
  json::Tree tree;
  const Result<json::Value*> question = tree.Parse(line, json::kTokenLimits);
  const Result<json::Value*> answer = question.ok() ? Of(**question, tree) : Result<json::Value*>(question.fault());
  if (answer.ok()) return json::Write(**answer);
  json::Value& fault = tree.Object();
  fault.Append("error", tree.String(std::string(WordOf(answer.fault().reason)) + ": " + answer.fault().detail));
  return json::Write(fault);
}

}  // namespace passport::bench
