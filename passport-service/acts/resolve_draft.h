// A person says whose row it is, when only a name and a birth date spoke for somebody.
#pragma once

#include <optional>
#include <string>

#include "passport-service/acts/import_draft.h"
#include "passport-service/acts/import_steps.h"
#include "passport-service/ports/clock.h"

namespace passport {

class ResolveDraft {
 public:
  enum class Choice { kPerson, kNewPerson, kSkip };
  struct Order {
    Caller by;
    RequestId request;
    RequestId import;
    std::uint64_t line = 0;
    Choice choice = Choice::kSkip;
    std::string employee_number;  // kPerson: under which the caller knows the person
  };
  struct Resolved {
    std::uint64_t records = 0;
  };
  ResolveDraft(Store& store, PersonVault& vault, const Clock& clock) : store_(store), vault_(vault), clock_(clock) {}
  // Decides the row of that line and every other possible match of the import with the same employee number; returns
  // how many records that were; up to 1000 all or none, and more in steps that the same request goes on with. Audited.
  // Fails with kCallerUnknown, kNotFound (import, line, person), kStateConflict (the import is not staged, is changed
  // by somebody else meanwhile, or the line waits for no decision), kPersonConflict (the person has another birth date
  // or number), kSecondPerson (another system prepared it and the organisation has the two-person rule),
  // kRequestReused, and as store and key store do.
  Result<Resolved> operator()(const Order& order);

 private:
  Result<std::string> EmployeeNumberOf(const ImportRow& import, std::uint64_t line);
  Result<DraftRow> Decide(const Order& order, const std::optional<PersonId>& person, DraftRow draft,
                          DraftContent content);
  Store& store_;
  PersonVault& vault_;
  const Clock& clock_;
};

}  // namespace passport
