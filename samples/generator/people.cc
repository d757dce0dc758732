#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "samples/generator/courses.h"
#include "samples/generator/parts.h"
#include "samples/generator/posts.h"

namespace passport {
namespace {

constexpr std::size_t kTrusts = 3;

constexpr std::array<std::string_view, 30> kGivenNames = {
    "Florrie",  "Mabel",  "Ada",    "Bertram", "Cuthbert", "Dorcas", "Edgar",   "Fidelma",    "Gideon",    "Hattie",
    "Ignatius", "Juno",   "Kezia",  "Lemuel",  "Minerva",  "Nahum",  "Ottilie", "Percival",   "Quilla",    "Rufus",
    "Sidonie",  "Tobias", "Ursula", "Vernon",  "Wilfreda", "Xanthe", "Yorick",  "Zo\xC3\xAB", "Amaryllis", "Barnaby"};
constexpr std::array<std::string_view, 30> kBirds = {
    "Avocet",       "Plover",      "Bittern",  "Curlew",  "Dunlin",    "Egret",    "Fulmar",   "Gannet",
    "Heron",        "Ibis",        "Jackdaw",  "Kestrel", "Linnet",    "Merlin",   "Nuthatch", "Oriole",
    "Ptarmigan",    "Quail",       "Redstart", "Siskin",  "Turnstone", "Ural-Owl", "Vireo",    "Whimbrel",
    "Yellowhammer", "Zebra-Finch", "Bunting",  "Crake",   "Dotterel",  "Eider"};

class PeopleMaker {
 public:
  PeopleMaker(Dice& dice, CivilDay today, const std::vector<SampleOrganisation>& organisations)
      : dice_(dice), today_(today), organisations_(organisations), numbers_given_(organisations.size(), 0) {}

  std::vector<SamplePerson> Make() {
    people_.reserve(kSamplePeople);
    AddStoryNurse(true);
    AddStoryNurse(false);
    AddStoryCareWorker();
    AddStoryVolunteer();
    std::vector<std::size_t> done(organisations_.size(), 0);
    for (const SamplePerson& person : people_) ++done[person.jobs.front().organisation];
    for (std::size_t organisation = 0; organisation < organisations_.size(); ++organisation) {
      const auto posts = PostsOf(organisations_[organisation].type);
      for (std::size_t i = done[organisation]; i < Employers()[organisation].people; ++i)
        AddPerson(organisation, posts[i % posts.size()]);
    }
    return std::move(people_);
  }

 private:
  // Today, so many days before.
  CivilDay Ago(int days) const { return today_.PlusDays(-days); }

  static std::string Padded(std::size_t number, std::size_t width) {
    std::string digits = std::to_string(number);
    return std::string(width - std::min(width, digits.size()), '0') + digits;
  }

  SamplePerson Anybody() {
    const std::size_t i = people_.size();
    const std::size_t family = i % (kBirds.size() * 2U);
    const CivilDay identity_checked = Ago(dice_.Between(60, 1500));
    return {.id = "person-" + Padded(i + 1U, 3),
            .given_names = std::string(kGivenNames[(i / (kBirds.size() * 2U) + i) % kGivenNames.size()]),
            .family_name =
                std::string(family < kBirds.size() ? "Example-" : "Testy-").append(kBirds[family % kBirds.size()]),
            .born_on = Ago(dice_.Between(7500, 23000)),
            .identity_checked_on = identity_checked,
            .jobs = {},
            .training = {},
            .registration = std::nullopt,
            .criminal_record = std::nullopt,
            .records = {}};
  }

  void AddJob(std::size_t organisation, std::size_t post, std::string_view category, std::string_view fte,
              SamplePerson& person) {
    const std::size_t number = 10001U + numbers_given_[organisation]++ * 13U;
    const std::string text = Employers()[organisation].number_prefix + std::to_string(number);
    SampleJob job{.organisation = organisation,
                  .post = post,
                  .employee_number = text,
                  .assignment_number = text,
                  .assignment_category = std::string(category),
                  .full_time_equivalent = std::string(fte),
                  .starts_on = person.identity_checked_on.PlusDays(dice_.Between(5, 40)),
                  .ends_on = std::nullopt};
    if (category == "Fixed Term") job.ends_on = today_.PlusDays(dice_.Between(60, 500));
    person.jobs.push_back(std::move(job));
  }

  void AddRegistration(const Post& post, SamplePerson& person) {
    if (post.regulator.empty()) return;
    const std::size_t serial = people_.size() + 1U;
    std::string number;
    if (post.regulator == "NMC") number = "99Z" + Padded(serial, 4) + "X";
    if (post.regulator == "GMC") number = "990" + Padded(serial, 4);
    if (post.regulator == "HCPC") number = "PH990" + Padded(serial, 3);
    if (post.regulator == "SWE") number = "SW990" + Padded(serial, 3);
    if (post.regulator == "GPhC") number = "299" + Padded(serial, 4);
    const bool story = people_.size() < kStoryPeople;  // checked today, without conditions
    person.registration = SampleRegistration{.regulator = std::string(post.regulator),
                                             .number = std::move(number),
                                             .part = std::string(post.part),
                                             .status = !story && dice_.Percent(3) ? "Conditions" : "Registered",
                                             .checked_on = story ? today_ : Ago(dice_.Between(0, 25)),
                                             .expires_on = today_.PlusDays(dice_.Between(120, 1000))};
  }

  void AddCriminalRecordCheck(const Post& post, SamplePerson& person) {
    if (post.dbs_level.empty()) return;
    const CivilDay issued = Ago(dice_.Between(60, 1000));
    const CivilDay seen = issued.PlusDays(dice_.Between(3, 20));
    person.criminal_record = SampleCheck{.certificate_number = "00990000" + Padded(people_.size() + 1U, 4),
                                         .issued_on = issued,
                                         .seen_on = seen,
                                         .update_service_checked_on = std::nullopt};
    if (post.dbs_level == "Enhanced" && dice_.Percent(40)) {
      person.criminal_record->update_service_checked_on = std::max(seen, Ago(dice_.Between(2, 200)));
    }
  }

  CivilDay AchievedOn(const Course& course) {
    if (course.period_months == 0) return Ago(dice_.Between(100, 2000));
    if (dice_.Percent(7)) return today_.PlusMonths(-course.period_months).PlusDays(-dice_.Between(10, 300));
    return Ago(dice_.Between(20, course.period_months * 30 - 30));
  }

  void AddPerson(std::size_t organisation, std::size_t post) {
    SamplePerson person = Anybody();
    const bool volunteer = post == kVolunteer;
    const std::string_view category = volunteer ? "Volunteer" : (dice_.Percent(12) ? "Fixed Term" : "Permanent");
    static const std::vector<std::string_view> kTimes = {"1.00", "1.00", "1.00", "0.80", "0.60", "0.50"};
    AddJob(organisation, post, category, volunteer ? std::string_view("0.10") : dice_.Pick(kTimes), person);
    AddRegistration(Posts()[post], person);
    AddCriminalRecordCheck(Posts()[post], person);
    for (const std::size_t course : Posts()[post].courses) {
      person.training.push_back({organisation, course, AchievedOn(Courses()[course])});
    }
    if (organisation < kTrusts && people_.size() % 4U == 0) AddSecondJob(organisation, post, person);
    people_.push_back(std::move(person));
  }

  // A bank post: with the next trust, or for assistants in the care home.
  void AddSecondJob(std::size_t organisation, std::size_t post, SamplePerson& person) {
    const bool assistant = post == kHealthcareAssistant;
    const std::size_t other = assistant ? kLarkmead : (organisation + 1U) % kTrusts;
    AddJob(other, assistant ? std::size_t{kCareWorker} : post, "Bank", "0.20", person);
    for (const std::size_t course : Posts()[post].courses.subspan(2, 4)) {
      person.training.push_back({other, course, AchievedOn(Courses()[course])});
    }
  }

  // One of the story: in date unless she is told otherwise.
  CivilDay Recently() { return Ago(dice_.Between(20, 300)); }

  // Community nurses with a bank post at the acute trust. Each subject stands with one of the two employers, so neither
  // employer alone can answer for the role profile.
  void AddStoryNurse(bool ready) {
    static const std::vector<std::size_t> kAtTheAcuteTrust = {kConflict, kFire, kInfection2, kMoving2,
                                                              kLifeSupportAdult};
    SamplePerson person = Anybody();
    AddJob(kIvelAndFlit, kCommunityNurse, "Permanent", "0.80", person);
    AddJob(kOuzelValley, kWardNurse, "Bank", "0.20", person);
    AddRegistration(Posts()[kCommunityNurse], person);
    AddCriminalRecordCheck(Posts()[kCommunityNurse], person);
    for (const std::size_t course : Posts()[kCommunityNurse].courses) {
      const bool acute = std::find(kAtTheAcuteTrust.begin(), kAtTheAcuteTrust.end(), course) != kAtTheAcuteTrust.end();
      CivilDay achieved = Recently();
      if (!ready && course == kMoving2) achieved = today_.PlusMonths(-30);
      if (!ready && course == kInformation) achieved = today_.PlusMonths(-14);
      person.training.push_back({acute ? kOuzelValley : kIvelAndFlit, course, achieved});
    }
    people_.push_back(std::move(person));
  }

  // New at the care home, so that her criminal record check is young enough for a second employer. Courses of the home
  // and of the hospital's induction for its bank.
  void AddStoryCareWorker() {
    static const std::vector<std::size_t> kAtHome = {kFire,           kInfection2, kMovingPeople,     kAdults2,
                                                     kChildren1,      kMcGowan2,   kBasicLifeSupport, kFoodHygiene,
                                                     kCareCertificate};
    static const std::vector<std::size_t> kAtTheBank = {kConflict,    kEquality, kHealthSafety,
                                                        kInformation, kMoving2,  kLifeSupportAdult};
    SamplePerson person = Anybody();
    person.identity_checked_on = Ago(52);
    AddJob(kLarkmead, kCareWorker, "Permanent", "0.80", person);
    AddJob(kOuzelValley, kHealthcareAssistant, "Bank", "0.20", person);
    for (SampleJob& job : person.jobs) job.starts_on = Ago(job.organisation == kLarkmead ? 45 : 5);
    AddCriminalRecordCheck(Posts()[kCareWorker], person);
    person.criminal_record->issued_on = Ago(60);
    person.criminal_record->seen_on = Ago(50);
    person.criminal_record->update_service_checked_on.reset();
    for (const std::size_t course : kAtHome) person.training.push_back({kLarkmead, course, Ago(dice_.Between(5, 40))});
    for (const std::size_t course : kAtTheBank) person.training.push_back({kOuzelValley, course, Ago(4)});
    people_.push_back(std::move(person));
  }

  void AddStoryVolunteer() {
    SamplePerson person = Anybody();
    AddJob(kKindlyNeighbours, kVolunteer, "Volunteer", "0.10", person);
    for (const std::size_t course : Posts()[kVolunteer].courses) {
      person.training.push_back({kKindlyNeighbours, course, Recently()});
    }
    person.training.push_back({kKindlyNeighbours, kRoleBriefing, Recently()});
    people_.push_back(std::move(person));
  }

  Dice& dice_;
  CivilDay today_;
  const std::vector<SampleOrganisation>& organisations_;
  std::vector<std::size_t> numbers_given_;
  std::vector<SamplePerson> people_;
};

}  // namespace

std::vector<SamplePerson> MakePeople(Dice& dice, CivilDay today, const std::vector<SampleOrganisation>& organisations) {
  return PeopleMaker(dice, today, organisations).Make();
}

}  // namespace passport
