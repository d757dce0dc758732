// How the program ends: what scripts and service managers may rely on (docs/formats/api.md).
#pragma once

#include <string>

namespace passport {

enum ExitCode : int {
  kExitDone = 0,
  kExitViolations = 1,   // check: the data contradicts itself
  kExitUsage = 64,       // flags or settings
  kExitDataFolder = 65,  // missing, in use, not ours, or not empty where a new one is to be made
  kExitSchema = 66,      // written by a newer program
  kExitKeyStore = 67,    // missing, damaged, or open to others
  kExitPassphrase = 68,  // not given, unreadable, or wrong
  kExitStore = 69,       // the store, or the disk under it, failed
  kExitDiskFull = 70,
  kExitTlsFiles = 71,  // missing, unreadable, open to others, or not belonging together
  kExitAddress = 72,   // taken, or no address of this machine
  kExitPublish = 73,   // the first publication did not work
  kExitInternal = 74,
  kExitOlderStore = 75,  // the data is older than what was published
  kExitClock = 76,       // the clock is behind what is on record
};

// Why a command stopped, for a person: one line without personal data.
struct Stop {
  ExitCode code;
  std::string line;
};

}  // namespace passport
