// passportctl share watch
#include <algorithm>
#include <memory>
#include <utility>

#include "operator-cli/commands/commands.h"
#include "operator-cli/resume_place.h"
#include "terminal/plain_text.h"

namespace passport {
namespace {

constexpr std::chrono::seconds kFirstPause{1};
constexpr std::chrono::seconds kLongestPause{60};

struct WatchFlags {
  std::string resume;
  bool poll = false;
};

// Tells notices as they come and keeps the place after each: what was told before a stop may be told again, nothing is
// left out.
class NoticeTeller {
 public:
  NoticeTeller(Session& session, ResumePlace place) : session_(session), place_(std::move(place)) {}

  const ResumePlace& place() const { return place_; }

  // On the screen or in the pipe, then in the file. Fails with kFileUnreadable.
  Result<void> Tell(const ShareNotice& notice) {
    if (session_.json()) {
      json::Tree tree;
      json::Value& line = tree.Object();
      AppendText(tree, line, "share_id", notice.share_id);
      AppendText(tree, line, "at", UtcText(notice.at));
      AppendText(tree, line, "resume_token", notice.resume_token);
      session_.PrintJson(line);
    } else {
      session_.around().output << UtcText(notice.at) << "  look again at share " << Plain(notice.share_id) << std::endl;
    }
    if (!session_.around().output) return Fault{Reason::kFileUnreadable, "", "the output can not be written"};
    return GoOnAfter(notice.resume_token);
  }
  Result<void> GoOnAfter(std::string_view token) { return place_.MoveTo(token, session_.around().clock()); }

 private:
  Session& session_;
  ResumePlace place_;
};

Result<NoticeTeller> MakeTeller(Session& session, const std::string& resume) {
  TRY_ASSIGN(const CallerIdentity caller, session.Caller());
  TRY_ASSIGN(ResumePlace place,
             ResumePlace::Open(resume, {.organisation = caller.organisation, .server = session.server()}));
  if (place.IsTooOld(session.around().clock())) {
    session.around().errors << "passportctl: the place is older than notices are kept; look at every share again "
                               "(passportctl share list)\n";
  }
  return NoticeTeller(session, std::move(place));
}

Ending PollOnce(Session& session, NoticeTeller& teller) {
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  bool any = false;
  bool more = true;
  while (more) {
    const Result<ShareNoticePage> page =
        session.Repeating([&] { return (*service)->PollShares(teller.place().token()); });
    if (!page.ok()) return session.Refuse(page.fault());
    for (const ShareNotice& notice : page->notices) {
      const Result<void> told = teller.Tell(notice);
      if (!told.ok()) return session.Refuse(told.fault());
    }
    more = !page->notices.empty();
    any = any || more;
    const Result<void> kept = teller.GoOnAfter(page->resume_token);
    if (!kept.ok()) return session.Refuse(kept.fault());
  }
  if (!any && !session.json()) session.around().output << "nothing to look at again\n";
  return Ending::kDone;
}

// One stream until it breaks. `heard` says whether anything came; what telling failed with is not the service's fault.
struct BrokenWatch {
  Fault why;
  bool heard = false;
  bool ours = false;
};

BrokenWatch WatchOnce(Session& session, NoticeTeller& teller, bool going_on) {
  BrokenWatch broken{.why = {Reason::kServiceUnreachable, "", ""}};
  Result<ServiceClient> service = session.ServiceAnew();
  if (!service.ok()) {
    broken.why = service.fault();
    return broken;
  }
  const auto take = [&](const std::optional<ShareNotice>& notice, const std::string& token) {
    if (!broken.heard && going_on) session.around().errors << "passportctl: the watch goes on" << std::endl;
    broken.heard = true;
    Result<void> taken = notice ? teller.Tell(*notice) : teller.GoOnAfter(token);
    broken.ours = !taken.ok();
    return taken;
  };
  const Result<void> ended = service->WatchShares(teller.place().token(), take);
  if (!ended.ok()) broken.why = ended.fault();
  return broken;
}

// Goes on over restarts and lost connections, with growing pauses; ends when calling again is no remedy, or when the
// service was never reached.
Ending WatchOn(Session& session, NoticeTeller& teller) {
  std::chrono::seconds pause = kFirstPause;
  bool ever_heard = false;
  bool complained = false;
  while (true) {
    const BrokenWatch broken = WatchOnce(session, teller, complained);
    ever_heard = ever_heard || broken.heard;
    if (broken.ours || !ever_heard || !WorthRepeating(broken.why.reason)) return session.Refuse(broken.why);
    if (broken.heard) {
      pause = kFirstPause;
      complained = false;
    }
    if (!complained)
      session.around().errors << "passportctl: " << Plain(broken.why.detail) << "; trying again" << std::endl;
    complained = true;
    session.around().pause(pause);
    pause = std::min(pause * 2, kLongestPause);
  }
}

Ending WatchOrPoll(Session& session, const WatchFlags& flags) {
  Result<NoticeTeller> teller = MakeTeller(session, flags.resume);
  if (!teller.ok()) return session.Refuse(teller.fault());
  return flags.poll ? PollOnce(session, *teller) : WatchOn(session, *teller);
}

}  // namespace

void AddShareWatch(CLI::App& share, Action& chosen) {
  CLI::App* watch = share.add_subcommand("watch", "tells, as it happens, which shares to look at again");
  const auto flags = std::make_shared<WatchFlags>();
  watch->add_option("--resume", flags->resume,
                    "file that keeps how far it got: a watch that is started again goes on there.\n"
                    "Without one, or at first, a watch begins now and --poll with the oldest that is kept");
  watch->add_flag("--poll", flags->poll, "ask once and end, where no connection can be kept open");
  watch->callback([flags, &chosen] { chosen = [flags](Session& session) { return WatchOrPoll(session, *flags); }; });
}

}  // namespace passport
