// passportctl person enrol
#include <memory>

#include "keys/secret_text.h"
#include "operator-cli/commands/commands.h"
#include "terminal/files.h"
#include "terminal/plain_text.h"

namespace passport {
namespace {

struct PersonFlags {
  std::string employee_number;
  std::string passport_code_file;
  std::string code_out;
};

// A new code, where its person will find it.
Result<void> HandOver(Session& session, OpenFile* file, const Secret& code) {
  if (file == nullptr) {
    session.around().output << "passport code, shown once: " << TextOf(code) << "\n";
    return {};
  }
  TRY(file->Write(TextOf(code)));
  TRY(file->Write("\n"));
  return file->Sync();
}

void Tell(Session& session, const EnrolledAnswer& enrolled, const std::string& code_out) {
  const bool has_code = !enrolled.passport_code.empty();
  if (session.json()) {
    json::Tree tree;
    json::Value& line = tree.Object();
    AppendText(tree, line, "person_id", enrolled.person_id);
    line.Append("new_passport", tree.Boolean(has_code));
    if (has_code) AppendText(tree, line, "code_out", code_out);
    session.PrintJson(line);
    return;
  }
  session.around().output << "enrolled as " << Plain(enrolled.person_id) << "\n";
  if (has_code && !code_out.empty()) {
    session.around().output << "the new passport code is in " << Plain(code_out)
                            << "; hand it to the person and keep no copy\n";
  }
}

Ending Enrol(Session& session, const PersonFlags& flags) {
  const bool new_passport = flags.passport_code_file.empty();
  const bool may_show = session.around().output_is_terminal && !session.json();
  if (new_passport && flags.code_out.empty() && !may_show) {
    return session.Misuse("say with --code-out FILE where the new passport code goes; it is shown on a terminal only");
  }
  Secret code;
  if (!new_passport) {
    Result<Secret> given = ReadPassportCode(flags.passport_code_file, session.around().input);
    if (!given.ok()) return session.Refuse(given.fault());
    code = std::move(given).value();
  }
  // The place for the new code before the person: a code without a place would be lost.
  std::optional<OpenFile> file;
  if (new_passport && !flags.code_out.empty()) {
    Result<OpenFile> opened = OpenFile::PrivateNew(flags.code_out);
    if (!opened.ok()) return session.Refuse(opened.fault());
    file.emplace(std::move(opened).value());
  }
  const auto enrol = [&]() -> Result<EnrolledAnswer> {
    TRY_ASSIGN(ServiceClient * service, session.Service());
    const std::string id = session.RequestId();
    return session.Repeating([&] { return service->EnrolPerson(id, flags.employee_number, code); });
  };
  const Result<EnrolledAnswer> enrolled = enrol();
  if (!enrolled.ok()) {
    if (file) RemoveFile(flags.code_out);
    return session.Refuse(enrolled.fault());
  }
  if (!enrolled->passport_code.empty()) {
    const Result<void> handed = HandOver(session, file ? &*file : nullptr, enrolled->passport_code);
    if (!handed.ok()) return session.Refuse(handed.fault());
  }
  Tell(session, *enrolled, flags.code_out);
  return Ending::kDone;
}

}  // namespace

void AddPersonCommand(CLI::App& program, Action& chosen) {
  CLI::App* person = program.add_subcommand("person", "people of the employer");
  person->require_subcommand(1);
  CLI::App* enrol = person->add_subcommand("enrol", "make a person known, with a new passport or the one they have");
  const auto flags = std::make_shared<PersonFlags>();
  enrol->add_option("--employee-number", flags->employee_number, "the employer's own number")->required();
  CLI::Option* code = enrol->add_option("--passport-code-file", flags->passport_code_file,
                                        "file with the code of the passport they have, - for standard input");
  enrol->add_option("--code-out", flags->code_out, "new file for the code of a new passport, readable by you only")
      ->excludes(code);
  AddPersonErase(*person, chosen);
  AddPersonPassport(*person, chosen);
  enrol->callback([flags, &chosen] { chosen = [flags](Session& session) { return Enrol(session, *flags); }; });
}

}  // namespace passport
