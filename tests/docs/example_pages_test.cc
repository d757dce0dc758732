// The examples of docs/formats/ are one world: the registry lets the organisation issue the credential, the status list
// holds its entry, the presentation shows it, and the role profile is decided on it.
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "credential/bundle/bundle.h"
#include "credential/bundle/bundle_body.h"
#include "credential/crypto/jwk.h"
#include "credential/decision/decision.h"
#include "credential/encoding/base64url.h"
#include "credential/passport/holder_proof.h"
#include "credential/record/type_metadata.h"
#include "credential/trust/registry_memory.h"
#include "tests/docs/page_blocks.h"

namespace passport {
namespace {

constexpr Instant kThen{1795300000};
constexpr Seconds kLeeway{60};
constexpr std::string_view kStatusUri = "https://passport.example/status/ods-RC9/1.jwt";

std::vector<std::string> Page(std::string_view name) {
  std::vector<std::string> blocks = BlocksOf("docs/formats/" + std::string(name) + ".md");
  EXPECT_FALSE(blocks.empty()) << name;
  blocks.resize(std::max<std::size_t>(blocks.size(), 3));
  return blocks;
}

KeySet Pinned() {
  json::Tree tree;
  const Result<json::Value*> jwk = tree.Parse(Page("registry")[2], json::kTokenLimits);
  KeySet pinned;
  if (jwk.ok()) pinned.Add("registry-1", *ReadJwk(**jwk));
  return pinned;
}

Result<std::shared_ptr<const TrustSnapshot>> Snapshot() {
  TRY_ASSIGN(TrustRegistry registry, TrustRegistry::Read(Joined(Page("registry")[0]), Pinned(), kThen, kLeeway));
  TrustSnapshot::Builder builder(std::make_shared<const TrustRegistry>(std::move(registry)),
                                 {.status_age_max = {900}, .registry_grace = {3600}});
  TRY(builder.AddStatusToken(kStatusUri, Joined(Page("status-list")[0]), kThen, kLeeway));
  return std::move(builder).Build();
}

Result<VerifiedPresentation> Verified() {
  TRY_ASSIGN(const std::shared_ptr<const TrustSnapshot> snapshot, Snapshot());
  TRY_ASSIGN(const Presentation presentation, Presentation::Parse(Joined(Page("presentation")[0])));
  const Expectation expected{
      .audience = "ons:E06000032", .nonce = "BPcRvH3kR1i1rXDyjc9Nsg", .proof_age_max = {300}, .leeway = kLeeway};
  return VerifyPresentation(presentation, expected, *snapshot, kThen);
}

// The payload of a token as JSON, and the text shown beside it.
void ExpectPayload(std::string_view token, std::string_view shown) {
  const std::size_t dot = token.find('.');
  std::string payload;
  ASSERT_TRUE(DecodeBase64Url(token.substr(dot + 1, token.find('.', dot + 1) - dot - 1), payload).ok());
  json::Tree tree;
  const Result<json::Value*> signed_one = tree.Parse(payload, json::kTokenLimits);
  const Result<json::Value*> shown_one = tree.Parse(shown, json::kTokenLimits);
  ASSERT_TRUE(signed_one.ok() && shown_one.ok());
  EXPECT_TRUE(json::Equal(**signed_one, **shown_one));
}

TEST(Docs, ExamplesShowWhatTheirTokensSay) {
  for (const std::string_view page : {"registry", "status-list", "credential"}) {
    SCOPED_TRACE(page);
    ExpectPayload(Joined(Page(page)[0]), Page(page)[1]);
  }
}

// Its page shows an organisation that was taken over, keys with and without certificates, and a memory.
TEST(Docs, TheExampleOfTheRegistryHolds) {
  const Result<TrustRegistry> registry = TrustRegistry::Read(Joined(Page("registry")[0]), Pinned(), kThen, kLeeway);
  ASSERT_TRUE(registry.ok()) << registry.fault().detail;
  EXPECT_EQ(registry->content().documents.size(), 4U);
  EXPECT_EQ(registry->content().receipt_keys.size(), 2U);
  EXPECT_EQ(registry->content().issuing_authorities.size(), 1U);
  ASSERT_EQ(registry->organisations().size(), 2U);
  const RegistryOrganisation& heir = registry->organisations()[0];
  const RegistryOrganisation& gone = registry->organisations()[1];
  EXPECT_EQ(registry->ResponsibleFor(gone, kThen).id, heir.id);
  EXPECT_EQ(StateAt(gone, kThen).state, EntryState::kCeased);
  EXPECT_FALSE(gone.issue_keys.at(0).certificate.empty());
  EXPECT_TRUE(gone.status_keys.at(0).compromised_since.has_value());
  const std::string memory = Page("registry").at(3);
  const Result<RegistryMemory> remembered = RegistryMemory::Read(memory);
  ASSERT_TRUE(remembered.ok());
  const Result<RegistryMemory> after = remembered->After(*registry);
  ASSERT_TRUE(after.ok()) << after.fault().detail;
  EXPECT_EQ(Joined(after->Text()), Joined(memory));
}

TEST(Docs, ExamplesOfRegistryStatusAndPresentationHold) {
  const Result<VerifiedPresentation> verified = Verified();
  ASSERT_TRUE(verified.ok()) << verified.fault().check << " " << verified.fault().detail;
  EXPECT_EQ(verified->purpose(), "community_shift");
  EXPECT_EQ(verified->WorstStanding(), Standing::kGood);
  const std::string credential = Joined(Page("credential")[0]);
  const std::string presented = Presentation::Parse(Joined(Page("presentation")[0]))->credentials[0];
  EXPECT_EQ(presented.substr(0, presented.find('~')), credential.substr(0, credential.find('~')));
}

Taxonomies ShippedTaxonomies() {
  std::vector<Taxonomy> files;
  for (const std::string id : {"training", "regulators", "workforce"}) {
    Result<Taxonomy> file = Taxonomy::Parse(ReadPage("rules/taxonomies/" + id + ".json"));
    EXPECT_TRUE(file.ok()) << id << ": " << file.fault().detail;
    if (file.ok()) files.push_back(std::move(file).value());
  }
  return *Taxonomies::Make(std::move(files));
}

TEST(Docs, ExampleOfABundleReads) {
  const std::vector<std::string> page = BlocksOf("docs/formats/bundle.md");
  ASSERT_GE(page.size(), 6U);
  const auto bytes_of = [](std::string_view hex) {
    std::string bytes;
    for (std::size_t at = 0; at + 1 < hex.size(); at += 2)
      bytes += static_cast<char>(std::stoi(std::string(hex.substr(at, 2)), nullptr, 16));
    return bytes;
  };
  json::Tree tree;
  const Result<json::Value*> jwk = tree.Parse(page[5], json::kTokenLimits);
  ASSERT_TRUE(jwk.ok());
  KeySet pinned;
  pinned.Add("registry-1", *ReadJwk(**jwk));
  const std::size_t end = page[0].find('\n');
  const std::string manifest = Joined(std::string_view(page[0]).substr(end));
  ExpectPayload(manifest, page[1]);
  const Result<Bundle> bundle =
      Bundle::Read(page[0].substr(0, end) + "\n" + manifest + "\n" + bytes_of(Joined(page[2])), pinned);
  ASSERT_TRUE(bundle.ok()) << bundle.fault().detail;
  EXPECT_EQ(bundle->files().at("registry.jwt"), "text");
  EXPECT_EQ(bundle->files().at("profiles/a/1.jwt").substr(0, 23), "eyJhbGciOiJFUzI1NiJ9.e3");
  EXPECT_EQ(PackBody(bundle->files()), bytes_of(Joined(page[3])));
}

TEST(Docs, ExampleOfARoleProfileIsMet) {
  const Result<RoleProfile> profile = RoleProfile::Parse(Page("role-profile")[0]);
  ASSERT_TRUE(profile.ok()) << profile.fault().detail;
  const Result<VerifiedPresentation> verified = Verified();
  ASSERT_TRUE(verified.ok());
  const Duty duty = Duty::OnDay(*OrganisationId::Parse("ons:E06000032"), CivilDay::InLondon(kThen));
  const Result<Decision> decision = Decide(*profile, ShippedTaxonomies(), *verified, duty);
  ASSERT_TRUE(decision.ok());
  EXPECT_EQ(decision->outcome, Outcome::kMet);
}

// "mandatory_training" is docs/formats/records/mandatory-training.md.
std::string PageOf(const RecordKind& kind) {
  std::string name = "records/" + std::string(kind.word);
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

// A row for the field that says what the schema says.
std::string RowOf(const FieldRule& rule) {
  static constexpr std::string_view kShapes[] = {"a day",  "true or false", "a whole number",  "a word",  "one of",
                                                 "a name", "a code",        "an organisation", "a digest"};
  std::string shape(kShapes[static_cast<std::size_t>(rule.shape)]);
  for (const std::string_view choice : rule.choices) shape += " `" + std::string(choice) + "`";
  if (!rule.vocabulary.empty()) shape += " of the list `" + std::string(rule.vocabulary) + "`";
  const std::string presence = rule.presence == Presence::kRequired ? "required" : "optional";
  const std::string shown = rule.showing == Showing::kAlways ? "always" : "by choice";
  return "| `" + std::string(rule.name) + "` | " + std::string(rule.label) + " | " + shape + " | " + presence + " | " +
         shown + " |\n";
}

TEST(Docs, ExamplesOfRecordsAreWholeAndCoverEveryKindAndField) {
  const std::string index = ReadPage("docs/formats/records.md");
  for (const RecordKind* kind : AllRecordKinds()) {
    SCOPED_TRACE(kind->word);
    const std::string name = PageOf(*kind);
    EXPECT_NE(index.find("| `" + std::string(kind->word) + "` | ["), std::string::npos);
    EXPECT_NE(index.find("(" + name + ".md)"), std::string::npos);
    const std::string page = ReadPage("docs/formats/" + name + ".md");
    EXPECT_TRUE(page.starts_with("# " + std::string(kind->label) + "\n\n" + std::string(kind->description) + "\n"));
    EXPECT_NE(page.find("Kind `" + std::string(kind->word) + "`, type `" + std::string(kind->vct) + "`."),
              std::string::npos);
    EXPECT_NE(page.find("## A reader must refuse\n\n- "), std::string::npos);
    for (const FieldRule& rule : kind->fields) EXPECT_NE(page.find(RowOf(rule)), std::string::npos) << RowOf(rule);
    for (const std::string_view fact : kind->identity) {
      const std::size_t rule = page.find("- The same fact:");
      EXPECT_LT(page.find("`" + std::string(fact) + "`", rule), page.find('\n', rule)) << fact;
    }
    json::Tree tree;
    const Result<json::Value*> claims = tree.Parse(Page(name)[0], json::kTokenLimits);
    ASSERT_TRUE(claims.ok());
    const Result<Record> read = Record::FromClaims(*kind, **claims);
    ASSERT_TRUE(read.ok()) << read.fault().detail;
    EXPECT_EQ(read->facts().size(), (*claims)->size());
    std::vector<Record::Field> fields;
    for (const Fact& fact : read->facts()) fields.emplace_back(fact.rule->name, fact.value);
    EXPECT_TRUE(Record::Make(*kind, fields).ok());
  }
}

TEST(Docs, ExampleOfTypeMetadataIsTheDocumentOfItsKind) {
  json::Tree tree;
  const Result<json::Value*> shown = tree.Parse(Page("type-metadata")[0], json::kTokenLimits);
  const Result<json::Value*> made = tree.Parse(TypeMetadataOf(*FindRecordKind("immunity")), json::kTokenLimits);
  ASSERT_TRUE(shown.ok() && made.ok());
  EXPECT_TRUE(json::Equal(**shown, **made));
}

TEST(Docs, ExampleOfAHolderProofProvesItsCall) {
  const std::vector<std::string> blocks = BlocksOf("docs/formats/holder-proof.md");
  ASSERT_EQ(blocks.size(), 3U);
  const ProvenCall call{.path = "/staffpassport.v1.WalletService/Receive", .request = ""};
  const std::vector<std::string> names = {"passport.example"};
  const Result<HolderProof> proof = VerifyHolderProof(Joined(blocks[0]), names, call, Instant{1795300000});
  ASSERT_TRUE(proof.ok()) << proof.fault().detail;
  EXPECT_NE(ReadPage("docs/formats/holder-proof.md").find(proof->thumbprint), std::string::npos);
  const std::string token = Joined(blocks[0]);
  const std::size_t dot = token.find('.');
  EXPECT_EQ(token.substr(0, dot), EncodeBase64Url(blocks[1]));
  EXPECT_EQ(token.substr(dot + 1, token.rfind('.') - dot - 1), EncodeBase64Url(blocks[2]));
}

TEST(Docs, ExampleOfAPassportExportIsWhole) {
  std::vector<std::string> lines;
  std::istringstream text(Page("passport-export")[0]);
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  ASSERT_GE(lines.size(), 2U);
  for (const std::string& line : lines) {
    json::Tree tree;
    EXPECT_TRUE(tree.Parse(line, json::kTokenLimits).ok()) << line;
  }
  EXPECT_TRUE(lines.front().starts_with(R"({"line":"header","format":"staff_passport_export","version":1,)"));
  EXPECT_EQ(lines.back(), R"({"line":"end","lines":)" + std::to_string(lines.size() - 1) + "}");
}

TEST(Docs, EveryFormatPageSaysWhatAReaderMustRefuse) {
  for (const std::string_view page :
       {"credential", "presentation", "registry", "role-profile", "published-tree", "status-list", "records",
        "type-metadata", "holder-proof", "badge", "passport-file", "wallet-export", "passport-export"}) {
    const std::string text = ReadPage("docs/formats/" + std::string(page) + ".md");
    EXPECT_NE(text.find("must refuse"), std::string::npos) << page;
  }
}

}  // namespace
}  // namespace passport
