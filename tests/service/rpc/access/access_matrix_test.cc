// Every call as every role of three organisations, and as those who may not call at all. The expected answer of each
// cell stands in docs/access.md, which people read; the descriptors must say the same.
#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <set>
#include <sstream>

#include "passport-service/rpc/access_table.h"
#include "staffpassport/v1/access.pb.h"
#include "staffpassport/v1/audit_service.grpc.pb.h"
#include "staffpassport/v1/keys_service.grpc.pb.h"
#include "staffpassport/v1/personal_data_service.grpc.pb.h"
#include "staffpassport/v1/system_service.grpc.pb.h"
#include "tests/service/rpc/person_program.h"

namespace passport {
namespace {

namespace pb = google::protobuf;

constexpr const char* kServices[] = {"RegistrarService", "SystemService", "IssuerService", "HolderService",
                                     "VerifierService",  "KeysService",   "AuditService",  "PersonalDataService",
                                     "PassportService",  "WalletService", "ShareService",  "RosterService"};

std::vector<const pb::MethodDescriptor*> AllMethods() {
  std::vector<const pb::MethodDescriptor*> methods;
  for (const char* const name : kServices) {
    const pb::ServiceDescriptor* const service =
        pb::DescriptorPool::generated_pool()->FindServiceByName(std::string("staffpassport.v1.") + name);
    for (int i = 0; i < service->method_count(); ++i) {
      methods.push_back(service->method(i));
    }
  }
  return methods;
}

std::vector<std::string> CellsOf(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream in(line.substr(1));
  for (std::string cell; std::getline(in, cell, '|');) {
    const std::size_t first = cell.find_first_not_of(' ');
    cells.push_back(first == std::string::npos ? "" : cell.substr(first, cell.find_last_not_of(' ') - first + 1));
  }
  return cells;
}

// One row of the table of docs/access.md.
struct Row {
  std::map<std::string, std::string> reach;  // "own", "region", "person" or "-", by role
  std::string person;                        // what proves a call of a person, or "-"
  bool reads = false;
};

std::map<std::string, Row> PageRows() {
  std::ifstream page("docs/access.md");
  std::map<std::string, Row> rows;
  std::vector<std::string> heads;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("| call |")) {
      heads = CellsOf(line);
    } else if (!line.starts_with("|")) {
      if (!rows.empty()) break;
    } else if (!heads.empty() && !line.starts_with("|---")) {
      const std::vector<std::string> cells = CellsOf(line);
      EXPECT_EQ(cells.size(), heads.size()) << line;
      EXPECT_FALSE(rows.contains(cells[0])) << cells[0] << " twice";
      Row& row = rows[cells[0]];
      EXPECT_EQ(heads[heads.size() - 2], "person");
      for (std::size_t i = 1; i + 2 < cells.size(); ++i) row.reach[heads[i]] = cells[i];
      row.person = cells[cells.size() - 2];
      row.reads = cells.back() == "yes";
    }
  }
  return rows;
}

std::string WordOfNeeds(HolderNeeds needs) {
  switch (needs) {
    case HolderNeeds::kSession:
      return "session";
    case HolderNeeds::kPassport:
      return "passport";
    case HolderNeeds::kAnyCode:
      return "any code";
    case HolderNeeds::kAnyKey:
      return "any key";
    case HolderNeeds::kActJudges:
      return "judged";
  }
  return "";
}

std::string ReachOf(const v1::Access& access, Role role) {
  switch (access.scope()) {
    case v1::SCOPE_OWN:
      return "own";
    case v1::SCOPE_OWN_OR_REGION:
      return role == Role::kRegistrar ? "region" : "own";
    case v1::SCOPE_REGION:
      return "region";
    case v1::SCOPE_PERSON:
      return "person";
    default:
      return "nowhere";
  }
}

// An empty message to any method, whatever streams it has. One that never ends by itself is left at its first answer.
grpc::Status CallAny(const std::shared_ptr<grpc::Channel>& channel, const pb::MethodDescriptor& method,
                     const std::string& metadata = "", const std::string& value = "") {
  grpc::GenericStub stub(channel);
  grpc::CompletionQueue queue;
  const auto context = Soon();
  if (!metadata.empty()) context->AddMetadata(metadata, value);
  const auto stream =
      stub.PrepareCall(context.get(), "/" + method.service()->full_name() + "/" + method.name(), &queue);
  const auto wait = [&queue] {
    void* tag = nullptr;
    bool ok = false;
    queue.Next(&tag, &ok);
    return ok;
  };
  stream->StartCall(nullptr);
  if (wait()) {
    grpc::Slice nothing;
    stream->WriteLast(grpc::ByteBuffer(&nothing, 1), grpc::WriteOptions(), nullptr);
    wait();
  }
  for (bool more = true; more;) {
    grpc::ByteBuffer answer;
    stream->Read(&answer, nullptr);
    more = wait();
    if (more && method.name() == "WatchShares") context->TryCancel();
  }
  grpc::Status status;
  stream->Finish(&status, nullptr);
  wait();
  return status;
}

ServerLimits Generous() {
  ServerLimits limits;
  limits.share.calls_per_s = 1e9;
  limits.share.calls_burst = 1e9;
  limits.share.refused_burst = 1e9;
  limits.people.address = limits.share;
  limits.people.address.calls_max = 1000;
  return limits;
}

class AccessMatrix : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    world_ = new WireWorld(Generous());
    code_ = world_->Settle();
  }
  static void TearDownTestSuite() {
    delete world_;
    std::cout << "AccessMatrix: " << cells_ << " cells\n";
  }
  // The answer of one cell: "in" when the call was let in, whatever became of it then, otherwise the word of the
  // refusal.
  static std::string Answer(const std::shared_ptr<grpc::Channel>& channel, const pb::MethodDescriptor& method,
                            const std::string& metadata = "", const std::string& value = "") {
    ++cells_;
    const grpc::Status status = CallAny(channel, method, metadata, value);
    const std::string word = ErrorWord(status);
    EXPECT_NE(status.error_code(), grpc::StatusCode::UNIMPLEMENTED) << method.full_name();
    return word == "CALLER_UNKNOWN" || word == "NOT_PERMITTED" || word == "HOLDER_UNKNOWN" ? word : "in";
  }
  static SystemRow SystemOf(const std::string& organisation, const std::string& name) {
    return world_->store().FindSystem(OrganisationId::Parse(organisation).value(), name)->value();
  }
  static void Replace(SystemRow row) {
    ++row.revision;
    ASSERT_EQ(world_->store().Apply({ReplaceSystem{row}}).outcome, CommitOutcome::kDone);
  }
  // Another organisation like the employer, whose standing is what `change` makes of it, with a system that may do all.
  static std::shared_ptr<grpc::Channel> StandingSo(const std::string& id,
                                                   const std::function<void(OrganisationRow&)>& change) {
    OrganisationRow row = world_->store().FindOrganisation(OrganisationId::Parse(kEmployer).value())->value();
    row.id = OrganisationId::Parse(id).value();
    EXPECT_EQ(world_->store().Apply({AddOrganisation{row}}).outcome, CommitOutcome::kDone);
    auto channel = world_->Connect(id);
    change(row);
    ++row.revision;
    EXPECT_EQ(world_->store().Apply({ReplaceOrganisation{row}}).outcome, CommitOutcome::kDone);
    return channel;
  }
  // Calls of people answer the same whoever is connected: nothing was proved.
  static void EveryCallAnswers(const std::shared_ptr<grpc::Channel>& channel, const std::string& expected) {
    for (const pb::MethodDescriptor* method : AllMethods()) {
      EXPECT_EQ(Answer(channel, *method), AccessOf(*method).holder ? "HOLDER_UNKNOWN" : expected)
          << method->full_name();
    }
  }

  static inline WireWorld* world_ = nullptr;
  static inline std::string code_;
  static inline int cells_ = 0;
};

TEST_F(AccessMatrix, ThePageSaysWhatTheDescriptorsSay) {
  const std::map<std::string, Row> rows = PageRows();
  for (const pb::MethodDescriptor* method : AllMethods()) {
    ASSERT_TRUE(rows.contains(method->name())) << method->full_name() << " is missing in docs/access.md";
    const Row& row = rows.at(method->name());
    const v1::Access& access = method->options().GetExtension(v1::access);
    const CallAccess call = AccessOf(*method);
    EXPECT_EQ(row.reads, call.reads_personal_data) << method->full_name();
    EXPECT_NE(call.roles.empty(), !call.holder.has_value())
        << method->full_name() << " may be called by nobody, or by both";
    EXPECT_EQ(row.person, call.holder ? WordOfNeeds(*call.holder) : "-") << method->full_name();
    EXPECT_EQ(call.holder.has_value(), access.proof() != v1::HOLDER_PROOF_UNSPECIFIED) << method->full_name();
    EXPECT_EQ(row.reach.size(), static_cast<std::size_t>(kRoleCount));
    for (int number = 0; number < kRoleCount; ++number) {
      const auto role = static_cast<Role>(number);
      const std::string expected = call.roles.Has(role) ? ReachOf(access, role) : "-";
      EXPECT_EQ(row.reach.at(std::string(WordOf(role))), expected) << method->full_name() << " " << WordOf(role);
    }
    if (access.scope() == v1::SCOPE_REGION) {
      EXPECT_EQ(call.roles, Roles{Role::kRegistrar}) << method->full_name();
    }
  }
  EXPECT_EQ(rows.size(), AllMethods().size()) << "a call of the page is gone";
}

TEST_F(AccessMatrix, EveryServedServiceIsWalked) {
  std::set<std::string> walked;
  for (const pb::MethodDescriptor* method : AllMethods()) walked.insert(method->service()->file()->name());
  for (const auto& entry : std::filesystem::directory_iterator("proto/staffpassport/v1")) {
    const std::string name = entry.path().filename();
    const bool service = name.ends_with("_service.proto");
    EXPECT_EQ(service, walked.contains("staffpassport/v1/" + name)) << name;
  }
}

TEST_F(AccessMatrix, EachRoleOfEachOrganisationMakesTheCallsOfItsRow) {
  const std::map<std::string, Row> rows = PageRows();
  for (const std::string organisation : {kRegistrar, kEmployer, kReceiver}) {
    for (int number = 0; number < kRoleCount; ++number) {
      const auto role = static_cast<Role>(number);
      const std::string word(WordOf(role));
      std::string system = "only-" + word;
      std::replace(system.begin(), system.end(), '_', '-');
      const auto channel = world_->Connect(world_->Client(organisation, system, {role}));
      // The office counts where the organisation holds it.
      const bool counts = role != Role::kRegistrar || organisation == kRegistrar;
      for (const pb::MethodDescriptor* method : AllMethods()) {
        const Row& row = rows.at(method->name());
        const bool may = counts && row.reach.at(word) != "-";
        const char* const refused = row.person != "-" ? "HOLDER_UNKNOWN" : "NOT_PERMITTED";
        EXPECT_EQ(Answer(channel, *method), may ? "in" : refused)
            << method->full_name() << " as " << word << " of " << organisation;
      }
    }
  }
}

TEST_F(AccessMatrix, ASystemWithoutRolesMakesNoCall) {
  const auto channel = world_->Connect(world_->Client(kEmployer, "nothing", {Role::kAuditor}));
  SystemRow row = SystemOf(kEmployer, "nothing");
  row.roles = {};
  Replace(row);
  EveryCallAnswers(channel, "NOT_PERMITTED");
}

TEST_F(AccessMatrix, NobodyElseMakesAnyCall) {
  const ClientIdentity ended = world_->Client(kEmployer, "ended");
  const ClientIdentity renewed = world_->Client(kEmployer, "renewed");
  const ClientIdentity later = world_->Client(kEmployer, "later");
  const ClientIdentity past = world_->Client(kEmployer, "past");
  const Instant now = world_->store().FindSystem(OrganisationId::Parse(kEmployer).value(), "ended")->value().at;
  SystemRow row = SystemOf(kEmployer, "ended");
  row.state = SystemState::kRevoked;
  Replace(row);
  row = SystemOf(kEmployer, "renewed");
  row.certificates.front().revoked_at = now;
  Replace(row);
  row = SystemOf(kEmployer, "later");
  row.certificates.front().from = now + Seconds{86'400};
  Replace(row);
  row = SystemOf(kEmployer, "past");
  row.certificates.front().until = now;
  Replace(row);
  EveryCallAnswers(world_->Connect(world_->Unregistered(kEmployer)), "CALLER_UNKNOWN");
  EveryCallAnswers(world_->Connect(world_->Unregistered(kEmployer, "never-heard-of")), "CALLER_UNKNOWN");
  EveryCallAnswers(world_->Connect(world_->Unregistered("ods:ZZZ")), "CALLER_UNKNOWN");
  EveryCallAnswers(world_->Connect(ended), "CALLER_UNKNOWN");
  EveryCallAnswers(world_->Connect(renewed), "CALLER_UNKNOWN");
  EveryCallAnswers(world_->Connect(later), "CALLER_UNKNOWN");
  EveryCallAnswers(world_->Connect(past), "CALLER_UNKNOWN");
}

TEST_F(AccessMatrix, AnOrganisationThatDoesNotTakePartMakesNoCall) {
  const auto since = [](EntryState state) {
    return [state](OrganisationRow& row) { row.history.push_back({state, row.valid_from, "test"}); };
  };
  EveryCallAnswers(StandingSo("ods:X1S", since(EntryState::kSuspended)), "NOT_PERMITTED");
  EveryCallAnswers(StandingSo("ods:X1C", since(EntryState::kCeased)), "NOT_PERMITTED");
  EveryCallAnswers(StandingSo("ods:X1K", since(EntryState::kCompromised)), "NOT_PERMITTED");
  EveryCallAnswers(StandingSo("ods:X1E", [](OrganisationRow& row) { row.valid_until = row.valid_from; }),
                   "NOT_PERMITTED");
  EveryCallAnswers(StandingSo("ods:X1T",
                              [](OrganisationRow& row) {
                                row.successions.push_back({.kind = SuccessionKind::kAcquired,
                                                           .successor = OrganisationId::Parse(kReceiver).value(),
                                                           .at = row.valid_from});
                              }),
                   "NOT_PERMITTED");
}

// No certificate is asked for there, so none is brought: only calls that prove themselves are for that port.
TEST_F(AccessMatrix, OnThePortOfPeopleNoOtherCallIsMade) {
  const auto channel = world_->ConnectAsPerson();
  for (const pb::MethodDescriptor* method : AllMethods()) {
    const std::string& service = method->service()->full_name();
    if (service == v1::WalletService::service_full_name() || service == v1::ShareService::service_full_name()) {
      EXPECT_EQ(Answer(channel, *method), AccessOf(*method).holder ? "HOLDER_UNKNOWN" : "CALLER_UNKNOWN")
          << method->full_name();
    } else {
      EXPECT_EQ(CallAny(channel, *method).error_code(), grpc::StatusCode::UNIMPLEMENTED) << method->full_name();
    }
  }
}

// What a person may bring, and which words of the page it opens the calls of.
TEST_F(AccessMatrix, EachProofOfAPersonMakesTheCallsOfItsRow) {
  const std::map<std::string, Row> rows = PageRows();
  const auto channel = world_->ConnectAsPerson();
  PersonProgram anna(*world_);
  PersonProgram nobody(*world_);
  const std::string code_in_own_hands = anna.TakeUp("M2001").passport_code();
  const std::string session = PersonProgram::Unlock(*world_);
  const auto by_key = [&](PersonProgram& program, const pb::MethodDescriptor& method) {
    const std::string path = "/" + method.service()->full_name() + "/" + method.name();
    return Answer(channel, method, "dpop", program.Proof(path, v1::ReceiveRequest(), SystemClockNow()));
  };
  const auto by_code = [&](const std::string& code, const pb::MethodDescriptor& method) {
    return Answer(channel, method, "passport-code", code);
  };
  std::set<std::string> seen;
  for (const pb::MethodDescriptor* method : AllMethods()) {
    const std::string& word = rows.at(method->name()).person;
    if (word == "-") continue;
    seen.insert(word);
    const auto expected = [](bool in) { return in ? "in" : "HOLDER_UNKNOWN"; };
    EXPECT_EQ(by_code(session, *method), expected(word == "session")) << method->full_name();
    EXPECT_EQ(by_code("nobody's", *method), "HOLDER_UNKNOWN") << method->full_name();
    EXPECT_EQ(Answer(channel, *method), "HOLDER_UNKNOWN") << method->full_name();
    if (word == "judged") continue;  // by what its message holds
    EXPECT_EQ(by_key(anna, *method), "in") << method->full_name();
    EXPECT_EQ(by_key(nobody, *method), expected(word == "any key")) << method->full_name();
    EXPECT_EQ(by_code(code_, *method), "in") << method->full_name();
    EXPECT_EQ(by_code(code_in_own_hands, *method), expected(word == "any code")) << method->full_name();
  }
  EXPECT_EQ(seen, (std::set<std::string>{"session", "passport", "any code", "any key", "judged"}));
}

// Which of the three is not known must not be told.
TEST_F(AccessMatrix, AllWhoAreNotKnownHearTheSameWords) {
  const pb::MethodDescriptor& method = *AllMethods().front();
  const grpc::Status first = CallAny(world_->Connect(world_->Unregistered(kEmployer)), method);
  for (const ClientIdentity& identity :
       {world_->Unregistered(kEmployer, "never-heard-of"), world_->Unregistered("ods:ZZZ")}) {
    const grpc::Status other = CallAny(world_->Connect(identity), method);
    EXPECT_EQ(other.error_message(), first.error_message());
    EXPECT_EQ(other.error_details(), first.error_details());
  }
}

TEST(AccessTable, ACallThatIsNotInItMayBeMadeByNobody) {
  const AccessTable table({"staffpassport.v1.HolderService", "staffpassport.v1.NoService"});
  EXPECT_TRUE(table.Of(*v1::PresentRequest::descriptor()).roles.Has(Role::kVerifier));
  EXPECT_TRUE(table.Of(*v1::PublishRequest::descriptor()).roles.empty()) << "of a service that is not served";
  EXPECT_TRUE(table.Of(*v1::Record::descriptor()).roles.empty()) << "no request at all";
}

// The rule for calls that nobody has written yet.
TEST(AccessTable, AnOptionThatIsNotWholeLetsNobodyIn) {
  const auto access_of = [](const std::string& option) {
    pb::FileDescriptorProto file;
    const std::string name = "lacking" + std::to_string(std::hash<std::string>()(option)) + ".proto";
    file.set_name(name);
    file.set_package("p" + std::to_string(std::hash<std::string>()(option)));
    file.add_dependency("staffpassport/v1/access.proto");
    file.add_message_type()->set_name("M");
    pb::ServiceDescriptorProto& service = *file.add_service();
    service.set_name("S");
    pb::MethodDescriptorProto& method = *service.add_method();
    method.set_name("Do");
    method.set_input_type("M");
    method.set_output_type("M");
    if (!option.empty()) {
      v1::Access& access = *method.mutable_options()->MutableExtension(v1::access);
      if (option.find("role") != std::string::npos) access.add_roles(v1::ROLE_AUDITOR);
      if (option.find("none") != std::string::npos) access.add_roles(v1::ROLE_UNSPECIFIED);
      if (option.find("newer") != std::string::npos) access.add_roles(static_cast<v1::Role>(99));
      if (option.find("scope") != std::string::npos) access.set_scope(v1::SCOPE_OWN);
      if (option.find("holder") != std::string::npos) access.set_scope(v1::SCOPE_HOLDER);
      if (option.find("proof") != std::string::npos) access.set_proof(v1::HOLDER_PROOF_SESSION);
      if (option.find("later") != std::string::npos) access.set_proof(static_cast<v1::HolderProof>(99));
    }
    pb::DescriptorPool pool(pb::DescriptorPool::generated_pool());
    const pb::FileDescriptor* built = pool.BuildFile(file);
    EXPECT_NE(built, nullptr);
    return AccessOf(*built->service(0)->method(0));
  };
  EXPECT_EQ(access_of("role scope").roles, Roles{Role::kAuditor});
  EXPECT_EQ(access_of("holder proof").holder, HolderNeeds::kSession);
  for (const char* const option : {"", "role", "scope", "role none scope", "role newer scope", "holder", "holder later",
                                   "role holder proof", "proof", "scope proof"}) {
    EXPECT_TRUE(access_of(option).roles.empty()) << option;
    EXPECT_FALSE(access_of(option).holder.has_value()) << option;
  }
}

}  // namespace
}  // namespace passport
