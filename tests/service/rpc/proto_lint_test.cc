// The wire keeps its own rules (style, section 7), read from the .proto files themselves.
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>

namespace passport {
namespace {

namespace pb = google::protobuf;

class ProtoLint : public ::testing::Test {
 protected:
  void SetUp() override {
    // Made by protoc with the comments kept.
    std::ifstream in(PASSPORT_PROTO_DESCRIPTORS, std::ios::binary);
    pb::FileDescriptorSet set;
    ASSERT_TRUE(set.ParseFromIstream(&in));
    for (const pb::FileDescriptorProto& proto : set.file()) {
      const pb::FileDescriptor* file = pool_.BuildFile(proto);
      ASSERT_NE(file, nullptr) << proto.name();
      if (file->package() == "staffpassport.v1") files_.push_back(file);
    }
    ASSERT_GE(files_.size(), 10U);
  }
  template <class Visit>
  void EachMessage(const Visit& visit) const {
    for (const pb::FileDescriptor* file : files_) {
      for (int i = 0; i < file->message_type_count(); ++i) visit(*file->message_type(i));
    }
  }
  template <class Visit>
  void EachMethod(const Visit& visit) const {
    for (const pb::FileDescriptor* file : files_) {
      for (int i = 0; i < file->service_count(); ++i) {
        for (int j = 0; j < file->service(i)->method_count(); ++j) visit(*file->service(i)->method(j));
      }
    }
  }

  pb::DescriptorPool pool_;
  std::vector<const pb::FileDescriptor*> files_;
};

TEST_F(ProtoLint, EveryFieldSaysWhoFillsIt) {
  EachMessage([](const pb::Descriptor& message) {
    for (int i = 0; i < message.field_count(); ++i) {
      pb::SourceLocation location;
      ASSERT_TRUE(message.field(i)->GetSourceLocation(&location));
      const std::string& comment = location.leading_comments;
      EXPECT_TRUE(comment.starts_with(" Required. ") || comment.starts_with(" Optional. ") ||
                  comment.starts_with(" Output only. "))
          << message.field(i)->full_name();
    }
  });
}

TEST_F(ProtoLint, EveryEnumBeginsUnspecified) {
  int enums = 0;
  for (const pb::FileDescriptor* file : files_) {
    for (int i = 0; i < file->enum_type_count(); ++i, ++enums) {
      const pb::EnumValueDescriptor* first = file->enum_type(i)->value(0);
      EXPECT_EQ(first->number(), 0) << first->full_name();
      EXPECT_TRUE(first->name().ends_with("_UNSPECIFIED")) << first->full_name();
    }
  }
  EXPECT_GE(enums, 6);
}

TEST_F(ProtoLint, EveryMethodHasMessagesOfItsOwnAndAComment) {
  int methods = 0;
  EachMethod([&](const pb::MethodDescriptor& method) {
    ++methods;
    EXPECT_EQ(method.input_type()->name(), method.name() + "Request");
    EXPECT_EQ(method.output_type()->name(), method.name() + "Response");
    pb::SourceLocation location;
    ASSERT_TRUE(method.GetSourceLocation(&location));
    EXPECT_FALSE(location.leading_comments.empty()) << method.full_name();
  });
  EXPECT_EQ(methods, 74);
}

// Who calls comes from the connection; what changes something can be repeated.
TEST_F(ProtoLint, RequestsNameNoCallerAndChangesHaveARequestId) {
  // StageImport names its import in the first message of the stream.
  const std::set<std::string> reading = {
      "StageImport",  "ReviewImport",     "ListImports",        "GetCredential", "ListCredentials", "ListHoldings",
      "Present",      "CreateChallenge",  "VerifyPresentation", "DecideRole",    "CountReliances",  "ListOverrides",
      "ListSystems",  "ExportEvidence",   "ListKeys",           "PlanKeys",      "ListProposals",   "ReviewProposal",
      "ListAffected", "ExportAudit",      "ReportRetention",    "Receive",       "ListMyDisputes",  "ExportPassport",
      "ListDisputes", "ReadShareRequest", "ListMyShares",       "ListLooks",     "ListShares",      "WatchShares",
      "PollShares",   "CheckRoster"};
  EachMethod([&](const pb::MethodDescriptor& method) {
    const pb::Descriptor& request = *method.input_type();
    for (const char* name : {"caller", "caller_id", "by", "tenant", "organisation_id"}) {
      EXPECT_EQ(request.FindFieldByName(name), nullptr) << request.full_name();
    }
    const bool has_id = request.FindFieldByName("request_id") != nullptr;
    EXPECT_EQ(has_id, !reading.contains(method.name())) << method.full_name();
  });
}

TEST_F(ProtoLint, TimesAreTimestamps) {
  EachMessage([](const pb::Descriptor& message) {
    for (int i = 0; i < message.field_count(); ++i) {
      const pb::FieldDescriptor& field = *message.field(i);
      if (field.full_name() == "staffpassport.v1.ReceiveRequest.since") continue;  // a token of what was given
      const bool named_so =
          field.name().ends_with("_time") || field.name().ends_with("_until") || field.name() == "since";
      const bool typed_so =
          field.message_type() != nullptr && field.message_type()->full_name() == "google.protobuf.Timestamp";
      EXPECT_EQ(named_so, typed_so) << field.full_name();
    }
  });
}

}  // namespace
}  // namespace passport
