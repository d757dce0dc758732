#include "passport-service/acts/passport_lines.h"

#include <string_view>

#include "credential/encoding/json.h"
#include "credential/vocabulary/instant_text.h"
#include "passport-service/acts/fact_digest.h"

namespace passport {
namespace {

constexpr int kPassportExportVersion = 1;

// One line on its way. What is empty is left out.
class PassportLine {
 public:
  explicit PassportLine(std::string_view what) { Text("line", what); }
  PassportLine& Text(std::string_view name, std::string_view text) {
    if (!text.empty()) object_.Append(name, tree_.String(text));
    return *this;
  }
  PassportLine& At(std::string_view name, const std::optional<Instant>& at) {
    if (at) object_.Append(name, tree_.String(UtcText(*at)));
    return *this;
  }
  PassportLine& Count(std::string_view name, std::uint64_t count) {
    object_.Append(name, tree_.Integer(static_cast<std::int64_t>(count)));
    return *this;
  }
  PassportLine& When(std::string_view name, bool is_so) {
    if (is_so) object_.Append(name, tree_.Boolean(true));
    return *this;
  }
  // The id under `name`, the legal name beside it.
  PassportLine& Organisation(std::string_view name, std::string_view with_name, const NamedOrganisation& organisation) {
    return Text(name, organisation.id.text()).Text(with_name, organisation.legal_name);
  }
  PassportLine& Asked(std::string_view name, const std::vector<AskedRow>& rows) {
    json::Value& records = tree_.Array();
    for (const AskedRow& row : rows) {
      json::Value& record = tree_.Object();
      record.Append("kind", tree_.String(row.kind));
      json::Value& facts = tree_.Array();
      for (const std::string& fact : row.facts) facts.Append(tree_.String(fact));
      record.Append("facts", facts);
      records.Append(record);
    }
    object_.Append(name, records);
    return *this;
  }
  template <class Words>
  PassportLine& List(std::string_view name, const Words& words) {
    json::Value& list = tree_.Array();
    for (const auto& word : words) list.Append(tree_.String(word));
    object_.Append(name, list);
    return *this;
  }
  PassportLine& Facts(const Record& record) {
    json::Value& facts = tree_.Object();
    for (const Fact& fact : record.facts()) facts.Append(fact.rule->name, Record::ToJson(fact, tree_));
    object_.Append("facts", facts);
    return *this;
  }
  std::string Done() const { return json::Write(object_); }

 private:
  json::Tree tree_;
  json::Value& object_ = tree_.Object();
};

std::vector<std::string> TextsOfIds(const std::vector<CredentialId>& ids) {
  std::vector<std::string> texts;
  for (const CredentialId& id : ids) texts.push_back(id.text());
  return texts;
}

std::string_view ExportWordOf(CredentialState state) {
  switch (state) {
    case CredentialState::kCurrent:
      return "current";
    case CredentialState::kSuspended:
      return "suspended";
    case CredentialState::kRevoked:
      return "revoked";
  }
  return {};
}

std::string_view ExportWordOf(InvitationState state) {
  switch (state) {
    case InvitationState::kOpen:
      return "open";
    case InvitationState::kRedeemed:
      return "redeemed";
    case InvitationState::kDead:
      return "dead";
  }
  return {};
}

std::string_view ExportWordOf(DisputeState state) {
  switch (state) {
    case DisputeState::kOpen:
      return "open";
    case DisputeState::kCorrected:
      return "corrected";
    case DisputeState::kConfirmed:
      return "confirmed";
    case DisputeState::kWithdrawn:
      return "withdrawn";
    case DisputeState::kAccepted:
      return "accepted";
  }
  return {};
}

std::string_view ExportWordOf(ShareState state) {
  switch (state) {
    case ShareState::kAsked:
      return "asked";
    case ShareState::kGiven:
      return "given";
    case ShareState::kRenewing:
      return "renewing";
    case ShareState::kDeclined:
      return "declined";
    case ShareState::kEnded:
      return "ended";
    case ShareState::kLapsed:
      return "lapsed";
  }
  return {};
}

std::string_view ExportWordOf(RebindingState state) {
  switch (state) {
    case RebindingState::kReported:
      return "reported";
    case RebindingState::kSigning:
      return "signing";
    case RebindingState::kAwaitingKey:
      return "awaiting_key";
    case RebindingState::kUndoable:
      return "undoable";
    case RebindingState::kDone:
      return "done";
  }
  return {};
}

std::string_view ExportWordOf(RebindingReason reason) {
  switch (reason) {
    case RebindingReason::kMoved:
      return "moved";
    case RebindingReason::kLost:
      return "lost";
    case RebindingReason::kJoined:
      return "joined";
    case RebindingReason::kUndone:
      return "undone";
  }
  return {};
}

}  // namespace

std::string FirstLine(const PersonRow& person, HeldAs held_as, Instant now) {
  return PassportLine("header")
      .Text("format", "staff_passport_export")
      .Count("version", kPassportExportVersion)
      .Text("person_id", person.id.text())
      .At("as_of", now)
      .At("enrolled_at", person.enrolled_at)
      .Text("held_as", WordOf(held_as))
      .Done();
}

std::string LineOfKey(const HolderKeyRow& row) {
  return PassportLine("holder_key")
      .Text("thumbprint", row.thumbprint)
      .Text("held_as", WordOf(row.held_as))
      .At("from", row.from)
      .At("until", row.until)
      .Text("end_reason", row.end_reason)
      .Done();
}

std::string LineOfEmployment(const EmploymentRow& row, const NamedOrganisation& employer,
                             const std::optional<std::string>& number, const std::optional<std::string>& why) {
  return PassportLine("employment")
      .Organisation("organisation", "organisation_name", employer)
      .Text("employee_number", number.value_or(""))
      .At("left_at", row.left_at)
      .Text("leaving_reason", why.value_or(""))
      .When("erased", !number)
      .Done();
}

std::string LineOfIdentityCheck(const IdentityCheckRow& row, const NamedOrganisation& employer,
                                const std::optional<IdentityCheck>& check) {
  PassportLine line("identity_check");
  line.Organisation("organisation", "organisation_name", employer).At("recorded_at", row.at);
  if (check) {
    line.Text("method", check->method)
        .Text("checked_by", check->checked_by)
        .Text("checked_on", check->checked_on.Text());
  }
  return line.When("erased", !check).Done();
}

std::string LineOfInvitation(const InvitationRow& row, const NamedOrganisation& employer) {
  return PassportLine("invitation")
      .Organisation("organisation", "organisation_name", employer)
      .Text("state", ExportWordOf(row.state))
      .At("invited_at", row.at)
      .At("expires_at", row.expires_at)
      .Done();
}

std::string LineOfCredential(const ExportedCredential& credential) {
  const CredentialRow& row = credential.row;
  PassportLine line("credential");
  line.Text("credential_id", row.id.text())
      .Text("kind", row.kind)
      .Organisation("issuer", "issuer_name", credential.issuer)
      .Text("state", ExportWordOf(credential.state))
      .Text("state_reason", credential.reason)
      .At("issued_at", row.issued_at)
      .At("expires_at", row.expires_at);
  if (row.state != CredentialState::kCurrent) line.At("state_at", row.state_at);
  line.When("accepted", credential.accepted);
  if (!credential.token) return line.When("erased", true).Done();
  if (const Result<Record> record = RecordOf(row.kind, *credential.token); record.ok()) line.Facts(*record);
  return line.Text("token", *credential.token).Done();
}

std::string LineOfDispute(const DisputeRow& row, const NamedOrganisation& issuer,
                          const std::optional<std::string>& words, const std::optional<std::string>& answer) {
  return PassportLine("dispute")
      .Text("dispute_id", row.id)
      .Text("credential_id", row.credential.text())
      .Text("kind", row.kind)
      .Organisation("issuer", "issuer_name", issuer)
      .Text("state", ExportWordOf(row.state))
      .Text("words", words.value_or(""))
      .Text("answer", answer.value_or(""))
      .At("raised_at", row.raised_at)
      .At("settled_at", row.settled_at)
      .When("erased", !words)
      .Done();
}

std::string LineOfShare(const ShareRow& row, const NamedOrganisation& receiver) {
  PassportLine line("share");
  line.Text("share_id", row.id.text())
      .Organisation("receiver", "receiver_name", receiver)
      .Text("purpose", row.purpose)
      .Text("profile", row.profile)
      .Text("state", ExportWordOf(row.state))
      .Asked("asked", row.asked)
      .Text("for_day", row.day.Text());
  if (row.keep_through) line.Text("keep_through", row.keep_through->Text());
  return line.At("asked_at", row.asked_at)
      .At("given_at", row.given_at)
      .At("ended_at", row.ended_at)
      .Text("ended_by", row.ended_by)
      .Text("given_with", row.subject)
      .List("credentials", TextsOfIds(row.credentials))
      .When("answer_only", row.answer_only)
      .Done();
}

std::string LineOfLook(const RelianceRow& row, const SeenLook& look, const NamedOrganisation& receiver) {
  return PassportLine("look")
      .Text("share_id", look.share)
      .Organisation("receiver", "receiver_name", receiver)
      .At("at", look.at)
      .Text("purpose", look.purpose)
      .Text("profile", row.entry.profile)
      .Text("outcome", look.outcome)
      .List("reasons", row.entry.reasons)
      .Asked("records", look.records)
      .When("erased", row.entry.sealed_receipt.empty())
      .Done();
}

std::string LineOfLook(const ShareRow& share, const SeenLook& look, const NamedOrganisation& receiver) {
  return PassportLine("look")
      .Text("share_id", look.share)
      .Organisation("receiver", "receiver_name", receiver)
      .At("at", look.at)
      .Text("purpose", look.purpose)
      .Text("profile", share.profile)
      .Text("outcome", look.outcome)
      .Asked("records", look.records)
      .Done();
}

std::string LineOfOverride(const Override& override_made, const NamedOrganisation& receiver) {
  const OverrideRow& row = override_made.row;
  return PassportLine("override")
      .Organisation("receiver", "receiver_name", receiver)
      .Text("profile", row.profile)
      .Text("reason", row.reason)
      .At("from", row.from)
      .At("until", row.until)
      .Text("decided_by", override_made.named_person)
      .Text("words", override_made.words)
      .When("erased", override_made.words.empty())
      .Done();
}

std::string LineOfRebinding(const RebindingRow& row) {
  return PassportLine("rebinding")
      .Text("state", ExportWordOf(row.state))
      .Text("reason", ExportWordOf(row.reason))
      .At("at", row.at)
      .Text("old_key", row.old_key)
      .Text("new_key", row.new_key)
      .At("undo_until", row.undo_until)
      .When("end_shares", row.end_shares)
      .Count("signed_again", row.signed_again)
      .List("left_behind", TextsOfIds(row.left_behind))
      .Done();
}

std::string LastLine(std::uint64_t lines) { return PassportLine("end").Count("lines", lines).Done(); }

}  // namespace passport
