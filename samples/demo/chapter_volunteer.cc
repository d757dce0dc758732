// A volunteer, a stricter local profile, and a named person who goes on regardless.
#include "samples/demo/story.h"

namespace passport {
namespace {

constexpr Seconds kOneHour{3600};
constexpr Seconds kThreeHours{3 * 3600};

}  // namespace

Result<void> Story::FollowTheVolunteer() {
  const std::size_t person = terms_.world.story.volunteer;
  const CivilDay tomorrow = terms_.world.today.PlusDays(1);
  TRY_ASSIGN(ShiftQuestion visit, ShiftOn(tomorrow, "14:00", "16:00"));
  visit.purpose = "volunteering";
  const RoleQuestion at_home{.verifier = std::string(kCareHome), .person = person, .role = "volunteer", .shift = visit};
  TRY_ASSIGN(const Shown shown, AskAndPresent(at_home, "volunteer-visit.json"));
  TRY_ASSIGN(const RoleDecisionAnswer answer, Decide("volunteer at the care home", shown));
  TRY(Expect("the volunteer at the care home", RoleAnswer::kMet, *answer.decision));
  screen_.Say(FirstName(person) + " befriends people for " + NameOf(HomeOf(person)) + ". A visit to " +
              NameOf(kCareHome) + " tomorrow at 14:00, with the licence to attend that the home signed: " +
              std::string(Heading(answer.decision->outcome)) +
              ". The role is no regulated activity, so no criminal record check is asked for.");

  const std::string copy = At("usb-stick-of-the-home");
  TRY(CopyPublished(copy));
  TRY_ASSIGN(const OfflineAnswer old,
             DecideWithout("volunteer, evidence older than the home accepts", shown,
                           {.published = copy, .at = terms_.clock() + kThreeHours, .status_age_max = kOneHour}));
  TRY(Expect("the home with evidence of three hours ago", WordOf(RoleAnswer::kCannotTell), old.outcome));
  screen_.Say("The home believes no status list that is older than an hour. Three hours later, its line still down: " +
              std::string(Heading(RoleAnswer::kCannotTell)) + ", exit code " + std::to_string(old.exit_code) +
              ". That is no accusation: only a fresh copy is missing.");

  TRY_ASSIGN(ShiftQuestion ward, ShiftOn(tomorrow, "10:00", "12:00"));
  ward.purpose = "volunteering";
  const RoleQuestion on_ward{
      .verifier = std::string(kAcuteTrust), .person = person, .role = "ward-helper-ouzel-valley", .shift = ward};
  TRY_ASSIGN(const RoleDecisionAnswer refused,
             AskAndDecide("volunteer on the ward", on_ward, "volunteer-ward.json", RoleAnswer::kNotMet));
  screen_.Say("A ward of " + NameOf(kAcuteTrust) + " would like help at 10:00, by the trust's own, stricter profile. " +
              std::string(Heading(refused.decision->outcome)) + ":");
  SayMissing(*refused.decision);
  TRY(Expect("what the volunteer lacks on the ward", 3, MissingIn(*refused.decision).size()));
  return GoOnRegardless(on_ward, refused.kept.reliance);
}

Result<void> Story::GoOnRegardless(const RoleQuestion& question, std::uint64_t reliance) {
  TRY_ASSIGN(ServiceClient* const trust, ClientOf(kAcuteTrust));
  TRY(trust->OverrideDecision("override-1", {.reliance = reliance,
                                             .named_person = "Testy Example-Matron",
                                             .reason = "supervised_only",
                                             .words = "Beside a nurse all the time, two hours, this once.",
                                             .until = *question.shift.ends_at}));
  TRY_ASSIGN(const RoleDecisionAnswer again,
             AskAndDecide("volunteer on the ward, overridden", question, "volunteer-ward-2.json", RoleAnswer::kNotMet));
  TRY(Expect("overrides beside the decision", 1, again.overrides.size()));
  facts_.override.recorded = true;
  facts_.override.decision_unchanged = again.decision->outcome == RoleAnswer::kNotMet;
  const OverrideAnswer& override = again.overrides.front();
  screen_.Say(
      "The matron takes it on herself, with a reason of the list and an end. The decision does not change: asked "
      "again it is " +
      std::string(Heading(again.decision->outcome)) + ", and beside it stands: " + override.named_person + ", " +
      override.reason + ", \"" + override.words +
      "\" It ends with the shift, "
      "and is reported.");
  return {};
}

}  // namespace passport
