// passport-wallet alone with a passport file: what it says of a bad one, how it is at a terminal, in a shell and in a
// pipe.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <filesystem>

#include "credential/crypto/sha256.h"
#include "credential/encoding/base64url.h"
#include "keys/secret_text.h"
#include "keys/system_random.h"
#include "samples/process/process.h"
#include "samples/process/temporary_folder.h"
#include "tests/story/at_terminal.h"
#include "wallet-cli/passport_on_disk.h"

namespace passport {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kWords = "the words that open it";

class PassportFileStory : public testing::Test {
 protected:
  void SetUp() override {
    Write("passphrase", std::string(kWords) + "\n");
    SystemRandom random;
    Result<PassportOnDisk> made =
        PassportOnDisk::Make(At("my.passport"), SecretOf(kWords), HeldAs::kFile, kLeastCost, random);
    ASSERT_TRUE(made.ok()) << made.fault().detail;
    ASSERT_TRUE(made->carried()
                    .Take({.id = "credential-1",
                           .issuer = "ods:X0A",
                           .issuer_name = "A trust (fictional)",
                           .kind = "identity_check",
                           .state = "current",
                           .state_reason = "",
                           .token = "",
                           .accepted = false})
                    .ok());
    ASSERT_TRUE(made->Save(random).ok());
  }

  std::string At(std::string_view name) const { return folder_.At(name); }
  void Write(std::string_view name, std::string_view text) const {
    ASSERT_TRUE(WriteWholeFile(At(name), std::string(text)).ok());
    ASSERT_EQ(chmod(At(name).c_str(), 0600), 0);
  }
  static std::string Program() { return std::string(PASSPORT_PROGRAMS) + "/passport-wallet"; }
  ProcessEnd Wallet(std::vector<std::string> words) const {
    words.insert(words.begin(), {"--file", At("my.passport"), "--passphrase-file", At("passphrase")});
    const Result<ProcessEnd> end =
        RunProcess({.program = Program(), .words = std::move(words), .log = ""}, In(std::chrono::seconds(30)));
    EXPECT_TRUE(end.ok());
    return end.value();
  }
  // What is said of a passport file with that text, which is left as it is.
  std::string SaidOf(const std::string& text) const {
    Write("my.passport", text);
    const ProcessEnd end = Wallet({"list"});
    EXPECT_EQ(end.exit_code, 64) << end.errors;
    EXPECT_EQ(end.output, "");
    EXPECT_EQ(ReadWholeFile(At("my.passport")).value(), text);
    EXPECT_THAT(end.errors, Not(HasSubstr(std::string(kWords))));
    return end.errors;
  }
  TerminalEnd AtTerminal(const std::string& setting, std::vector<std::string> words, std::string_view typed) const {
    words.insert(words.begin(), {"/usr/bin/env", setting, Program(), "--file", At("my.passport")});
    const Result<TerminalEnd> end = RunAtTerminal(words, std::string(typed));
    EXPECT_TRUE(end.ok()) << (end.ok() ? "" : end.fault().detail);
    return end.ok() ? *end : TerminalEnd{};
  }

 private:
  TemporaryFolder folder_ = TemporaryFolder::Make("passport-file-story").value();
};

// Altered by somebody who knows the format: the last line fits again.
std::string AlteredWithCare(const std::string& text) {
  const std::size_t first = text.find('\n');
  const std::size_t second = text.find('\n', first + 1);
  std::string altered = text.substr(0, second + 1);
  char& changed = altered[first + 40];
  changed = changed == 'A' ? 'B' : 'A';
  const Digest sum = Sha256(altered);
  return altered + EncodeBase64Url(sum) + "\n";
}

TEST_F(PassportFileStory, EachThingThatIsWrongWithAFileIsSaidApart) {
  const std::string text = ReadWholeFile(At("my.passport")).value();
  EXPECT_EQ(Wallet({"list"}).exit_code, 0);
  EXPECT_THAT(SaidOf(text.substr(0, text.size() / 2)), HasSubstr("the passport file is cut short"));
  EXPECT_THAT(SaidOf(text.substr(0, text.size() - 1)), HasSubstr("the passport file is cut short"));
  std::string altered = text;
  char& changed = altered[text.find('\n') + 40];
  changed = changed == 'A' ? 'B' : 'A';
  EXPECT_THAT(SaidOf(altered), HasSubstr("the passport file was altered"));
  std::string newer = text;
  newer.replace(newer.find("\"version\":1"), 11, "\"version\":2");
  const std::string of_newer = SaidOf(newer);
  EXPECT_THAT(of_newer, HasSubstr("newer version"));
  EXPECT_THAT(of_newer, HasSubstr("Install the newer passport-wallet."));
  EXPECT_THAT(SaidOf("eggs, milk\n"), HasSubstr("it is no passport file"));
  EXPECT_THAT(SaidOf(""), HasSubstr("there is no passport at"));
  EXPECT_EQ(Wallet({"--file", At("."), "list"}).exit_code, 64);
  // These two can not be told apart, and are not.
  const std::string with_care = SaidOf(AlteredWithCare(text));
  EXPECT_THAT(with_care, HasSubstr("reason: passphrase"));
  Write("passphrase", "other words\n");
  EXPECT_EQ(SaidOf(text), with_care);
}

TEST_F(PassportFileStory, APassphraseIsTypedUnseenAndColoursAreForTerminals) {
  constexpr std::string_view kGreen = "\x1b[32min force";
  const TerminalEnd listed = AtTerminal("NO_COLOR=", {"list"}, kWords);
  EXPECT_EQ(listed.exit_code, 0) << listed.seen;
  EXPECT_THAT(listed.seen, HasSubstr("Passphrase of the passport: "));
  EXPECT_THAT(listed.seen, Not(HasSubstr(std::string(kWords))));
  EXPECT_THAT(listed.seen, HasSubstr(std::string(kGreen)));
  const TerminalEnd plain = AtTerminal("NO_COLOR=1", {"list"}, kWords);
  EXPECT_THAT(plain.seen, HasSubstr("in force"));
  EXPECT_THAT(plain.seen, Not(HasSubstr("\x1b")));
  const TerminalEnd json = AtTerminal("NO_COLOR=", {"list", "--json"}, kWords);
  EXPECT_THAT(json.seen, HasSubstr("\"state\":\"current\""));
  EXPECT_THAT(json.seen, Not(HasSubstr("\x1b")));
  const TerminalEnd wrong = AtTerminal("NO_COLOR=", {"list"}, "guessed");
  EXPECT_EQ(wrong.exit_code, 64) << wrong.seen;
  EXPECT_THAT(wrong.seen, HasSubstr("reason: passphrase"));
  const ProcessEnd piped = Wallet({"list"});
  EXPECT_THAT(piped.output, HasSubstr("in force"));
  EXPECT_THAT(piped.output, Not(HasSubstr("\x1b")));
}

TEST_F(PassportFileStory, AShellThatSourcesTheScriptCompletesTheProgram) {
  const std::string script = "export PATH=" + std::string(PASSPORT_PROGRAMS) + ":$PATH\n" +
                             R"(source <(passport-wallet completion bash)
complete -p passport-wallet
offered() { COMP_WORDS=(passport-wallet "$@"); COMP_CWORD=$#; _passport_wallet; echo "${COMPREPLY[*]}"; }
offered undo
offered undo-lost --passport-c
offered dispute --words
)";
  Write("try.bash", script);
  const Result<ProcessEnd> end = RunProcess({.program = "/bin/bash", .words = {"--norc", At("try.bash")}, .log = ""},
                                            In(std::chrono::seconds(30)));
  ASSERT_TRUE(end.ok());
  EXPECT_EQ(end->exit_code, 0) << end->errors;
  EXPECT_EQ(end->errors, "");
  EXPECT_EQ(end->output,
            "complete -o filenames -F _passport_wallet passport-wallet\n"
            "undo-lost\n--passport-code-file\n--words --words-file\n");
}

}  // namespace
}  // namespace passport
