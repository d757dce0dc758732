// The acts that can be reached from the wire.
#pragma once

#include "passport-service/acts/admit_caller.h"
#include "passport-service/acts/admit_holder.h"
#include "passport-service/acts/apply_retention.h"
#include "passport-service/acts/audit_refusal.h"
#include "passport-service/acts/change_standing.h"
#include "passport-service/acts/check_presentation.h"
#include "passport-service/acts/count_reliances.h"
#include "passport-service/acts/enrol_organisation.h"
#include "passport-service/acts/enrol_person.h"
#include "passport-service/acts/erase_person.h"
#include "passport-service/acts/export_audit.h"
#include "passport-service/acts/invite_person.h"
#include "passport-service/acts/issue_credentials.h"
#include "passport-service/acts/issue_import.h"
#include "passport-service/acts/keep_keys.h"
#include "passport-service/acts/keep_systems.h"
#include "passport-service/acts/list_affected.h"
#include "passport-service/acts/override_decision.h"
#include "passport-service/acts/present_passport.h"
#include "passport-service/acts/propose_change.h"
#include "passport-service/acts/publish.h"
#include "passport-service/acts/put_rules.h"
#include "passport-service/acts/read_credentials.h"
#include "passport-service/acts/read_evidence.h"
#include "passport-service/acts/read_proposals.h"
#include "passport-service/acts/receive_records.h"
#include "passport-service/acts/redeem_invitation.h"
#include "passport-service/acts/reissue_credentials.h"
#include "passport-service/acts/resolve_draft.h"
#include "passport-service/acts/review_import.h"
#include "passport-service/acts/sign_proposal.h"
#include "passport-service/acts/stage_import.h"

namespace passport {

// Owned by whoever builds the service; they outlive the server.
struct Acts {
  AdmitCaller& admit_caller;
  AuditRefusal& audit_refusal;
  KeepKeys& keep_keys;
  KeepSystems& keep_systems;
  EnrolOrganisation& enrol_organisation;
  ProposeChange& propose_change;
  ReadProposals& read_proposals;
  SignProposal& sign_proposal;
  RejectProposal& reject_proposal;
  ListAffected& list_affected;
  ReissueCredentials& reissue_credentials;
  PutRules& put_rules;
  Publish& publish;
  EnrolPerson& enrol_person;
  ErasePerson& erase_person;
  ApplyRetention& apply_retention;
  IssueCredentials& issue_credentials;
  ReadCredentials& read_credentials;
  ChangeStanding& change_standing;
  StageImport& stage_import;
  ReviewImport& review_import;
  ResolveDraft& resolve_draft;
  IssueImport& issue_import;
  PresentPassport& present_passport;
  AskForPresentation& ask_for_presentation;
  CheckPresentation& check_presentation;
  OverrideDecision& override_decision;
  ReadOverrides& read_overrides;
  ReadEvidence& read_evidence;
  CountReliances& count_reliances;
  ExportAudit& export_audit;
  AdmitHolder& admit_holder;
  InvitePerson& invite_person;
  RedeemInvitation& redeem_invitation;
  ReceiveRecords& receive_records;
};

}  // namespace passport
