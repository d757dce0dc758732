// The words of the field as data: subjects and their levels, what covers what, how long a course counts, regulators and
// their numbers, staff groups, kinds of organisation (docs/formats/taxonomy.md).
//
// A taxonomy is a file with versions and effective dates, signed and published beside the registry. Nothing of it is a
// constant in code: what a course counts for belongs to the rule of the day, not to the credential (design decision 2).
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "credential/crypto/key_set.h"
#include "credential/crypto/signer.h"
#include "credential/record/record.h"
#include "credential/vocabulary/instant.h"

namespace passport {

inline constexpr std::size_t kTaxonomyBytesMax = 1024 * 1024;
inline constexpr std::size_t kTaxonomySubjectsMax = 500;
inline constexpr std::size_t kTaxonomyEquivalencesMax = 500;
inline constexpr std::size_t kTaxonomyDaysMax = 100;  // different days on which windows of one file begin or end
inline constexpr std::size_t kCoversMax = 20'000;     // of all subjects and levels together, on one day
inline constexpr std::size_t kSubjectLevelsMax = 10;
inline constexpr int kSubjectLevelTop = 99;
inline constexpr int kRefreshMonthsMax = 600;

// Lists whose words come from their own sections of the file.
inline constexpr std::string_view kSubjectList = "subject";
inline constexpr std::string_view kRegulatorList = "regulator";
// The list whose words say what may be asked for them.
inline constexpr std::string_view kPurposeList = "relying_purpose";
inline constexpr int kKeptDaysMax = 3660;

// The days on which an entry holds; both ends included. Nothing: no bound.
struct Window {
  CivilDay from;
  std::optional<CivilDay> until;
  bool Holds(const CivilDay& day) const { return from <= day && (!until || day <= *until); }
};

// What may be asked for without a role profile.
struct KindAsked {
  std::string kind;                // word of a record kind
  std::vector<std::string> facts;  // besides those that are always shown
};
// What a purpose allows whoever asks for it; of words of the list relying_purpose.
struct PurposeTerms {
  int kept_days_max = 0;              // 0: it is looked at once
  std::vector<std::string> profiles;  // the role profiles that may be asked about; empty: any
  std::vector<KindAsked> kinds;
};

// A word of one list: {"list": "staff_group", "word": "nursing_and_midwifery_registered"}.
struct ListedWord {
  std::string list;
  std::string word;
  std::string label;  // for people
  std::string note;   // why it stands here, which sources disagree; may be empty
  Window window;
  std::optional<PurposeTerms> asks = {};  // of a purpose
};

// How long one level of a subject counts after it was achieved.
struct RefreshPeriod {
  int level;
  int months;          // 0: no refresh
  std::string source;  // who says so
  std::string note;    // where sources disagree: which, and why this one
  Window window;
};

struct Subject {
  std::string word;   // "moving_and_handling"
  std::string label;  // "Moving and handling"
  std::string framework;
  std::vector<int> levels;         // ascending, at least one
  bool higher_covers_lower;        // a level covers those below it in the same subject
  std::vector<std::string> parts;  // the words of its parts, all of which make the whole; empty: one piece
  std::string note;
  Window window;                  // the days on which it counts
  std::optional<Window> awarded;  // the days on which it could be achieved, where that is another thing: an old
                                  // certificate counts long after the last one was given
};

// A record of `has` counts as one of `counts_as` too. Levels at or above has.level do when `has` is a subject whose
// higher levels cover lower ones. Equivalences chain, and never in a circle: from no level of a subject do they lead
// back to that level or a higher one of the same subject.
struct Equivalence {
  struct End {
    std::string subject;
    int level;
  };
  End has;
  End counts_as;
  std::string source;
  std::string note;
  Window window;
};

// The shape of a registration number: 9 a digit, A a letter A-Z, all else (letters B-Z, digits 0-8 and . - /) itself;
// `more_digits` more digits may follow.
struct NumberMask {
  std::string mask;
  int more_digits;
};
struct Regulator {
  std::string word;  // "NMC"
  std::string label;
  std::vector<NumberMask> numbers;
  std::vector<std::string> parts;     // words of the parts of its register; empty: any
  std::vector<std::string> statuses;  // its status words; empty: any of the list register_status
  std::string note;
  Window window;
};

// One version of one file.
class Taxonomy {
 public:
  // Reads the JSON of a taxonomy. Fails with kFieldInvalid naming the place: unknown members, a word or period twice on
  // one day (overlapping windows), a window that ends before it begins, a level the subject has not, an equivalence
  // that on a day of its window names no subject and level of the same file or goes in a circle, or a mask that is
  // none; kMalformed or kLimit for the JSON itself, and kLimit one past the numbers above.
  static Result<Taxonomy> Parse(std::string_view text);

  const std::string& id() const { return id_; }  // "training", "regulators", "workforce"
  int version() const { return version_; }
  const std::string& title() const { return title_; }
  const CivilDay& effective_from() const { return effective_from_; }
  const std::vector<ListedWord>& words() const { return words_; }
  const std::vector<Subject>& subjects() const { return subjects_; }
  // All periods of all levels of a subject; none for a word that is no subject.
  const std::vector<RefreshPeriod>& RefreshOf(std::string_view subject) const;
  const std::vector<Equivalence>& equivalences() const { return equivalences_; }
  const std::vector<Regulator>& regulators() const { return regulators_; }
  const std::string& text() const { return text_; }

 private:
  friend class TaxonomyReader;
  explicit Taxonomy(CivilDay effective_from) : effective_from_(effective_from) {}
  std::string id_;
  int version_ = 0;
  std::string title_;
  CivilDay effective_from_;
  std::vector<ListedWord> words_;
  std::vector<Subject> subjects_;
  std::map<std::string, std::vector<RefreshPeriod>, std::less<>> refresh_;
  std::vector<Equivalence> equivalences_;
  std::vector<Regulator> regulators_;
  std::string text_;
};

}  // namespace passport
