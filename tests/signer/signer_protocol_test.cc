// The words between service and signer: there and back, and nothing that is nearly one.
#include "signer/signer_protocol.h"

#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <iterator>
#include <sstream>

#include "tests/signer/sample_messages.h"

namespace passport {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes Copy(const Secret& secret) { return {secret.bytes().begin(), secret.bytes().end()}; }

TEST(SignerProtocol, EveryMessageComesBackAsItWas) {
  const std::vector<SignerRequest> requests = SampleRequests();
  ASSERT_EQ(requests.size(), std::variant_size_v<SignerRequest>);
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const Bytes bytes = Copy(WriteSignerRequest(requests[i]));
    const Result<SignerRequest> read = ReadSignerRequest(bytes);
    ASSERT_TRUE(read.ok()) << i;
    EXPECT_EQ(read->index(), i);
    EXPECT_EQ(bytes[1], i + 1) << "numbers on the wire are never changed";
    EXPECT_EQ(Copy(WriteSignerRequest(*read)), bytes) << i;
  }
  const std::vector<SignerAnswer> answers = SampleAnswers();
  ASSERT_EQ(answers.size(), std::variant_size_v<SignerAnswer>);
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const Bytes bytes = Copy(WriteSignerAnswer(answers[i]));
    const Result<SignerAnswer> read = ReadSignerAnswer(bytes);
    ASSERT_TRUE(read.ok()) << i;
    EXPECT_EQ(bytes[1], i);
    EXPECT_EQ(Copy(WriteSignerAnswer(*read)), bytes) << i;
  }
}

TEST(SignerProtocol, ThePagesExampleIsRead) {
  std::ifstream file("docs/formats/signer-protocol.md");
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  const std::size_t begin = page.find("```text\n") + 8;
  std::istringstream lines(page.substr(begin, page.find("```", begin) - begin));
  Bytes message;
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line.substr(0, line.find("   ")));
    for (std::string word; words >> word;) {
      for (std::size_t i = 0; i + 1 < word.size(); i += 2) {
        message.push_back(static_cast<std::uint8_t>(std::stoul(word.substr(i, 2), nullptr, 16)));
      }
    }
  }
  ASSERT_GT(message.size(), 4U);
  EXPECT_EQ(message[3], message.size() - 4) << "its length comes first";
  const Result<SignerRequest> read = ReadSignerRequest(std::span(message).subspan(4));
  ASSERT_TRUE(read.ok());
  const auto* const sign = std::get_if<AskSign>(&*read);
  ASSERT_NE(sign, nullptr);
  EXPECT_EQ(sign->role, KeyRole::kReceipt);
  EXPECT_EQ(sign->kid, kSampleKid);
}

TEST(SignerProtocol, ACutOrLengthenedMessageIsNone) {
  for (const SignerRequest& request : SampleRequests()) {
    Bytes bytes = Copy(WriteSignerRequest(request));
    for (std::size_t length = 0; length < bytes.size(); ++length) {
      EXPECT_FALSE(ReadSignerRequest(std::span(bytes).first(length)).ok()) << request.index() << " " << length;
    }
    bytes.push_back(0);
    EXPECT_FALSE(ReadSignerRequest(bytes).ok()) << request.index();
  }
  for (const SignerAnswer& answer : SampleAnswers()) {
    Bytes bytes = Copy(WriteSignerAnswer(answer));
    for (std::size_t length = 0; length < bytes.size(); ++length) {
      EXPECT_FALSE(ReadSignerAnswer(std::span(bytes).first(length)).ok()) << answer.index() << " " << length;
    }
    bytes.push_back(0);
    EXPECT_FALSE(ReadSignerAnswer(bytes).ok()) << answer.index();
  }
}

TEST(SignerProtocol, RefusesWhatIsNearlyAMessage) {
  const auto sign = [](const std::function<void(AskSign&)>& change) {
    AskSign ask{KeyOwner::Service(), KeyRole::kIssue, kSampleKid, {}};
    change(ask);
    return Copy(WriteSignerRequest(SignerRequest(std::move(ask))));
  };
  EXPECT_TRUE(ReadSignerRequest(sign([](AskSign&) {})).ok());
  Bytes other_version = sign([](AskSign&) {});
  other_version[0] = 2;
  Bytes unknown_question = Copy(WriteSignerRequest(AskList{}));
  unknown_question[1] = 13;
  Bytes no_question = unknown_question;
  no_question[1] = 0;
  Bytes other_owner = sign([](AskSign&) {});
  other_owner[6] = 'S';  // "Service"
  Bytes other_role = sign([](AskSign&) {});
  other_role[17] = 'x';
  Bytes endless = Copy(WriteSignerRequest(AskMakeHolderKey{}));
  endless[2] = 0xff;  // a length of 4 GiB
  const std::vector<std::pair<std::string, Bytes>> rows = {
      {"nothing", {}},
      {"another version", other_version},
      {"a question that there is not", unknown_question},
      {"no question", no_question},
      {"an owner that is none", other_owner},
      {"a role that is none", other_role},
      {"a length past the end", endless},
      {"a key id that is too short", sign([](AskSign& ask) { ask.kid.pop_back(); })},
      {"a key id that is too long", sign([](AskSign& ask) { ask.kid += 'k'; })},
      {"a key id that leaves the folder", sign([](AskSign& ask) { ask.kid.replace(0, 3, "../"); })},
      {"a context that is too long", Copy(WriteSignerRequest(AskMakeHolderKey{Bytes(kSignerContextMax + 1)}))},
      {"a text that is too long", Copy(WriteSignerRequest(AskSeal{Secret(std::size_t{kSignerTextMax + 1}), {}}))},
  };
  for (const auto& [what, bytes] : rows) {
    const Result<SignerRequest> read = ReadSignerRequest(bytes);
    ASSERT_FALSE(read.ok()) << what;
    EXPECT_EQ(read.fault().reason, Reason::kMalformed) << what;
  }
  EXPECT_TRUE(ReadSignerRequest(Copy(WriteSignerRequest(AskMakeHolderKey{Bytes(kSignerContextMax)}))).ok());
  EXPECT_TRUE(ReadSignerRequest(Copy(WriteSignerRequest(AskSeal{Secret(std::size_t{kSignerTextMax}), {}}))).ok());
}

TEST(SignerProtocol, TheLongestListStillFits) {
  GiveKeys give;
  KeyInfo longest = SampleKey(KeyRole::kIssuingAuthority);
  longest.published_at = longest.retired_at = longest.created_at;
  give.keys.assign(kKeysMax, longest);
  const Secret bytes = WriteSignerAnswer(SignerAnswer(std::move(give)));
  EXPECT_LT(bytes.size(), kSignerAnswerMax);
  EXPECT_TRUE(ReadSignerAnswer(bytes.bytes()).ok());
}

}  // namespace
}  // namespace passport
