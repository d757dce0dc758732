// passport-service: the parts and how they fit.
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <iostream>

#include "passport-service/acts/audit_start.h"
#include "passport-service/acts/clocked_keys.h"
#include "passport-service/acts/publish_audit.h"
#include "passport-service/acts/reconcile.h"
#include "passport-service/acts/retire_lists.h"
#include "passport-service/commands/command_line.h"
#include "passport-service/commands/opening.h"
#include "passport-service/commands/signals.h"
#include "passport-service/commands/signing.h"
#include "passport-service/commands/tls_reload.h"
#include "passport-service/commands/upkeep.h"
#include "passport-service/publish/publish_loop.h"
#include "passport-service/publish/static_files.h"
#include "passport-service/rpc/server.h"
#include "passport-service/system_clock.h"

namespace passport {
namespace {

constexpr std::chrono::seconds kTlsLookInterval{2};

std::shared_ptr<spdlog::logger> MakeLog() {
  auto log = std::make_shared<spdlog::logger>("passport-service", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  log->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
  log->flush_on(spdlog::level::info);
  return log;
}

PublishTerms TermsOf(const Settings& settings) {
  return {.registry_lifetime = settings.registry_lifetime,
          .status_lifetime = settings.status_lifetime,
          .status_ttl = settings.status_ttl,
          .freshness = {.status_age_max = settings.status_age_max, .registry_grace = settings.registry_grace},
          .bundle_every = settings.bundle_every};
}

RotationPolicy PolicyOf(const Settings& settings) {
  return {.life = settings.key_life, .published_ahead = settings.key_published_ahead, .overlap = settings.key_overlap};
}

// Keys first, so that what is new is published with it; what receivers can read afterwards is noted. What fails is due
// again the next time. Says when something of the registry begins that is not published yet; nothing at all when the
// publication failed.
std::optional<std::optional<Instant>> KeepKeysAndPublish(KeepKeys& keep_keys, Publish& publish,
                                                         PublishAudit& publish_audit, spdlog::logger& log) {
  const Result<std::size_t> steps = keep_keys.DoWhatIsDue();
  if (!steps.ok()) log.error("keys: {} {}", WordOf(steps.fault().reason), steps.fault().detail);
  if (steps.ok() && *steps > 0) log.info("keys: {} steps of their succession were taken", *steps);
  if (const auto audit = publish_audit(); !audit.ok()) log.error("audit trail: {}", WordOf(audit.fault().reason));
  const auto report = publish();
  if (!report.ok()) {
    log.error("publication: {} {}", WordOf(report.fault().reason), report.fault().detail);
    return std::nullopt;
  }
  if (report->files_written > 0) log.info("published {} files", report->files_written);
  if (report->bundle_sequence > 0) log.info("made bundle {}", report->bundle_sequence);
  if (report->bundle_fault)
    log.error("bundle: {} {}", WordOf(report->bundle_fault->reason), report->bundle_fault->detail);
  for (const std::string& uri : report->lists_without_key) log.error("no status key signs {}", uri);
  const Result<void> noted = keep_keys.NotePublished();
  if (!noted.ok()) log.error("keys: {} {}", WordOf(noted.fault().reason), noted.fault().detail);
  return report->again_at;
}

// Certificate, key and authority for the server.
OrStop<ServerOptions> ServerOptionsOf(const Settings& settings) {
  ServerOptions options;
  options.listen = settings.listen;
  options.listen_people = settings.listen_people;
  options.reflection = settings.reflection;
  options.limits = LimitsFor(settings.threads_max);
  auto files = ReadTlsFiles(settings.tls);
  if (auto* stop = std::get_if<Stop>(&files)) return *stop;
  options.tls = std::get<TlsFiles>(std::move(files));
  return options;
}

// Without a port for people they call through their employer's system, if at all: then it may have none.
OrStop<std::vector<std::string>> PeopleNames(const Settings& settings, const TlsFiles& files) {
  auto names = PeopleNamesOf(settings.people_names, files);
  if (!settings.listen_people && std::holds_alternative<Stop>(names)) return std::vector<std::string>();
  return names;
}

Stop ListenStop(const Fault& fault) {
  return {fault.reason == Reason::kFileUnreadable ? kExitTlsFiles : kExitAddress, fault.detail};
}

// Whoever waits for the port finds that of the people written, too.
std::optional<Stop> SayReady(const Settings& settings, const Server& server) {
  const std::string people = std::to_string(server.people_port());
  if (settings.people_port_file) {
    if (auto stop = WriteFile(*settings.people_port_file, people + "\n", 0644)) return stop;
  }
  const std::string port = std::to_string(server.port());
  if (settings.port_file) {
    if (auto stop = WriteFile(*settings.port_file, port + "\n", 0644)) return stop;
  }
  std::cout << "passport-service is ready on port " << port
            << (settings.listen_people ? ", for people on port " + people : "") << std::endl;
  return std::nullopt;
}

std::optional<Stop> Serve(const Settings& settings) {
  HoldSignals();
  const std::shared_ptr<spdlog::logger> log = MakeLog();
  auto options = ServerOptionsOf(settings);
  if (auto* stop = std::get_if<Stop>(&options)) return *stop;
  auto names = PeopleNames(settings, std::get<ServerOptions>(options).tls);
  if (auto* stop = std::get_if<Stop>(&names)) return *stop;

  const SystemClock clock;
  SystemRandom random;
  RocksOptions store_options;
  store_options.folder = settings.data;
  store_options.free_floor_bytes = settings.free_floor_bytes;
  auto opened_store = OpenStoreOfAnySchema(store_options);
  if (auto* stop = std::get_if<Stop>(&opened_store)) return *stop;
  RocksStore& store = *std::get<std::unique_ptr<RocksStore>>(opened_store);
  auto opened_keys = OpenServiceKeys(settings, log);
  if (auto* stop = std::get_if<Stop>(&opened_keys)) return *stop;
  KeyStore& own_keys = *std::get<ServiceKeys>(opened_keys).store;
  if (auto stop = RaiseIfOlder(store, own_keys, random, clock.Now(), *log)) return *stop;
  auto rules = ReadRetention(settings);
  if (auto* stop = std::get_if<Stop>(&rules)) return *stop;
  auto base = FindPublishedBase(store);
  if (auto* stop = std::get_if<Stop>(&base)) return *stop;
  Result<StaticFiles> files = StaticFiles::Open(settings.published);
  if (!files.ok()) return StopOf("published folder " + settings.published.string(), files.fault());
  const Result<Instant> newest =
      CheckAuditAtStart(store, *files, own_keys, clock.Now(), {settings.accepted_older_store, settings.accepted_clock});
  if (!newest.ok()) return StopOf("data folder " + settings.data.string(), newest.fault());
  ClockedKeys keys(own_keys, clock, *newest);
  if (auto stop = EnsureServiceKeys(keys, clock.Now())) return *stop;
  CurrentTrust trust;
  PersonVault vault(store, keys, random);

  AdmitCaller admit_caller(store, clock);
  AuditRefusal audit_refusal(store, clock);
  KeepKeys keep_keys(store, keys, trust, clock, PolicyOf(settings));
  KeepSystems keep_systems(store, clock);
  RegistryEffects effects(store, keys, random, std::get<PublishedBase>(base));
  EnrolOrganisation enrol_organisation(store, clock, effects);
  ProposeChange propose_change(store, clock, effects);
  ReadProposals read_proposals(store, keys, clock, effects);
  SignProposal sign_proposal(store, clock, effects);
  RejectProposal reject_proposal(store, clock);
  ListAffected list_affected(store, keys, clock);
  PutRules put_rules(store, clock);
  Publish publish(store, keys, *files, trust, clock, random, TermsOf(settings));
  RetireLists retire_lists(store, clock);
  EnrolPerson enrol_person(store, keys, vault, random, clock);
  ErasePerson erase_person(store, vault, clock);
  ApplyRetention apply_retention(store, vault, clock, std::get<std::optional<RetentionRules>>(std::move(rules)));
  const WordCheck words = [&trust](const Record& record, const CivilDay& day) {
    return CheckWords(trust, record, day);
  };
  IssueCredentials issue_credentials(store, keys, vault, random, clock, settings.credential_lifetime, words);
  ReissueCredentials reissue_credentials(store, keys, issue_credentials, clock);
  StageImport stage_import(store, vault, clock, words);
  ReviewImport review_import(store, vault, clock);
  ResolveDraft resolve_draft(store, vault, clock);
  IssueImport issue_import(store, vault, clock, issue_credentials);
  ReadCredentials read_credentials(store, vault, clock);
  ChangeStanding change_standing(store, vault, clock);
  PresentPassport present_passport(store, keys, vault, trust, clock);
  AskForPresentation ask_for_presentation(store, random, clock);
  CheckPresentation check_presentation(store, keys, vault, trust, clock);
  OverrideDecision override_decision(store, vault, trust, clock);
  ReadOverrides read_overrides(store, vault, clock);
  ReadEvidence read_evidence(store, keys, vault, clock);
  CountReliances count_reliances(store, clock);
  ExportAudit export_audit(store, keys, clock);
  AdmitHolder admit_holder(store, clock, std::get<std::vector<std::string>>(std::move(names)));
  InvitePerson invite_person(store, vault, trust, random, clock);
  RenewShares renew_shares(store, keys, vault, trust, clock);
  RebindPassport rebind_passport(store, keys, vault, random, clock, issue_credentials, renew_shares.AsTurn());
  RedeemInvitation redeem_invitation(store, vault, random, clock, BringsTheNewKey(vault, rebind_passport));
  ReceiveRecords receive_records(store, keys, vault, clock);
  MovePassport move_passport(store, rebind_passport, clock);
  JoinPassport join_passport(store, rebind_passport, clock);
  ReportLoss report_loss(store, random, clock);
  ReplacePassport replace_passport(store, vault, trust, random, clock, rebind_passport);
  UndoReplacement undo_replacement(store, rebind_passport, clock);
  AcceptRecord accept_record(store, clock);
  DisputeRecord dispute_record(store, vault, clock);
  ReadDisputes read_disputes(store, vault, clock);
  SettleDispute settle_dispute(store, vault, clock);
  EndEmployment end_employment(store, vault, trust, clock);
  IssueBadge issue_badge(store, keys, vault, random, clock);
  UnlockPassport unlock_passport(store, vault, trust, random, clock);
  PublishAudit publish_audit(store, keys, *files, clock);
  AskForShare ask_for_share(store, vault, random, trust, clock);
  ReadShareRequest read_share_request(store, vault, trust, clock);
  AnswerShare answer_share(store, keys, vault, trust, clock);
  LookAtShare look_at_share(store, keys, vault, trust, clock);
  EndShare end_share(store, vault, clock);
  RenewShare renew_share(store, vault, trust, clock);
  ListShares list_shares(store, clock);
  ListLooks list_looks(store, vault, trust, clock);
  ReadShareNotices read_share_notices(store, clock);
  ExportPassport export_passport(store, keys, vault, trust, clock);
  ErasePassport erase_passport(store, vault, clock, rebind_passport, apply_retention.rules());
  CheckRoster check_roster(store, keys, vault, random, trust, clock,
                           {.lines_max = settings.roster_lines_max, .remembered_max = settings.roster_remembered_max});
  FollowEvents follow_events(store, trust, clock);
  const Acts acts{admit_caller,        audit_refusal,      keep_keys,        keep_systems,       enrol_organisation,
                  propose_change,      read_proposals,     sign_proposal,    reject_proposal,    list_affected,
                  reissue_credentials, put_rules,          publish,          enrol_person,       erase_person,
                  apply_retention,     issue_credentials,  read_credentials, change_standing,    stage_import,
                  review_import,       resolve_draft,      issue_import,     present_passport,   ask_for_presentation,
                  check_presentation,  override_decision,  read_overrides,   read_evidence,      count_reliances,
                  export_audit,        admit_holder,       invite_person,    redeem_invitation,  receive_records,
                  move_passport,       join_passport,      report_loss,      replace_passport,   undo_replacement,
                  accept_record,       dispute_record,     read_disputes,    settle_dispute,     end_employment,
                  ask_for_share,       read_share_request, answer_share,     look_at_share,      end_share,
                  renew_share,         list_shares,        list_looks,       read_share_notices, issue_badge,
                  export_passport,     unlock_passport,    erase_passport,   check_roster};

  const Result<std::size_t> voided = Reconcile(store, clock);
  if (!voided.ok()) return StopOf("data folder " + settings.data.string(), voided.fault());
  if (*voided > 0) log->warn("{} interrupted issues were voided", *voided);
  FinishRebindings(rebind_passport, *log);
  const auto first = publish();
  if (!first.ok()) {
    return Stop{kExitPublish,
                "publication: " + first.fault().detail + ". " + std::string(TextOf(first.fault().reason).remedy)};
  }
  if (const auto head = publish_audit(); !head.ok()) return StopOf("publication of the audit trail", head.fault());
  const auto until = [&](Instant moment) {
    return std::chrono::seconds(std::max<std::int64_t>(moment.seconds - clock.Now().seconds, 0));
  };
  const PublishPace pace{std::chrono::seconds(settings.publish_within.count)};
  PublishLoop loop(
      [&] {
        const auto begun = std::chrono::steady_clock::now();
        const auto again_at = KeepKeysAndPublish(keep_keys, publish, publish_audit, *log);
        if (!again_at) loop.WakeIn(pace.retry);
        if (again_at && *again_at) loop.WakeIn(until(**again_at));
        if (std::chrono::steady_clock::now() - begun > pace.interval)
          log->warn("a publication takes longer than half of publish_within_s: the bound does not hold");
      },
      pace.interval, pace.pause);
  if (first->again_at) loop.WakeIn(until(*first->again_at));

  ServerOptions& server_options = std::get<ServerOptions>(options);
  server_options.log = log;
  server_options.changed = [&loop] { loop.Wake(); };
  const Result<std::unique_ptr<Server>> server = Server::Start(server_options, acts);
  if (!server.ok()) return ListenStop(server.fault());
  if (auto stop = SayReady(settings, **server)) return stop;
  const auto renamed = [&](const TlsFiles& used) {
    auto renewed = PeopleNames(settings, used);
    if (auto* all = std::get_if<std::vector<std::string>>(&renewed)) return admit_holder.GoBy(std::move(*all));
    log->warn("{}. People go on calling the service by the names it had", std::get<Stop>(renewed).line);
  };
  TlsReload tls(settings.tls, server_options.tls, renamed, log);
  PublishLoop tls_loop([&] { tls.Look(**server, clock.Now()); }, kTlsLookInterval, kTlsLookInterval);
  const Upkeep upkeep(
      settings, store, apply_retention, retire_lists, {end_share, follow_events, read_share_notices}, rebind_passport,
      [&loop] { loop.Wake(); }, log);
  WaitForStop();
  log->info("stopping: calls under way have {} s", settings.drain.count);
  (*server)->Drain(std::chrono::seconds(settings.drain.count));
  if (const auto last = publish_audit(); !last.ok()) log->error("audit trail: {}", WordOf(last.fault().reason));
  log->info("stopped");
  return std::nullopt;
}

struct Execute {
  std::optional<Stop> operator()(const InitFlags& flags) const { return Init(flags); }
  std::optional<Stop> operator()(const CertificateFlags& flags) const { return MakeCertificate(flags); }
  std::optional<Stop> operator()(const MakeRootFlags& flags) const { return MakeRoot(flags); }
  std::optional<Stop> operator()(const RequestAuthorityFlags& flags) const { return RequestAuthority(flags); }
  std::optional<Stop> operator()(const SignAuthorityFlags& flags) const { return SignAuthority(flags); }
  std::optional<Stop> operator()(const InstallAuthorityFlags& flags) const {
    return InstallAuthorityCertificate(flags);
  }
  std::optional<Stop> operator()(const RegisterFlags& flags) const { return Register(flags); }
  std::optional<Stop> operator()(const Settings& settings) const { return Serve(settings); }
  std::optional<Stop> operator()(const BackupFlags& flags) const { return MakeBackup(flags); }
  std::optional<Stop> operator()(const CheckBackupFlags& flags) const { return CheckBackup(flags); }
  std::optional<Stop> operator()(const RestoreFlags& flags) const { return Restore(flags); }
  std::optional<Stop> operator()(const CheckFlags& flags) const { return Check(flags.data); }
  std::optional<Stop> operator()(ExitCode code) const { return Stop{code, ""}; }
};

}  // namespace
}  // namespace passport

int main(int count, char** words) {
  const auto stop = std::visit(passport::Execute{}, passport::ReadCommandLine(count, words));
  if (!stop) return passport::kExitDone;
  if (!stop->line.empty()) std::cerr << "passport-service: " << stop->line << "\n";
  return stop->code;
}
