// Makes a person known to an employer, and gives them a passport if they have none.
//
// A new person gets a holder key, kept sealed on their behalf, and a passport code, which is theirs: it unlocks
// presenting and shows a second employer that the passport is this person's. Two employers meet in one passport only
// through that code, never by name.
#pragma once

#include <optional>
#include <string>

#include "credential/vocabulary/random.h"
#include "keys/key_store.h"
#include "passport-service/acts/caller.h"
#include "passport-service/acts/person_vault.h"
#include "passport-service/acts/request_answers.h"
#include "passport-service/ports/clock.h"

namespace passport {

class EnrolPerson {
 public:
  struct Order {
    Caller by;
    RequestId request;
    std::string employee_number;               // 1 to 40 letters, digits, '-', '/', '.'
    std::optional<std::string> passport_code;  // of a person who has a passport already
  };
  struct Enrolled {
    PersonId person;
    std::optional<std::string> passport_code;  // told once, to a new person
  };
  EnrolPerson(Store& store, KeyStore& keys, PersonVault& vault, Random& random, const Clock& clock)
      : store_(store), keys_(keys), vault_(vault), random_(random), clock_(clock) {}
  // Fails with kCallerUnknown, kFieldInvalid, kAlreadyExists (the number is taken), kNotFound (no such passport code),
  // and as store and key store do.
  Result<Enrolled> operator()(const Order& order);

 private:
  Store& store_;
  KeyStore& keys_;
  PersonVault& vault_;
  Random& random_;
  const Clock& clock_;
};

// 1 to 40 letters, digits, '-', '/', '.'.
bool IsEmployeeNumber(std::string_view text);

}  // namespace passport
