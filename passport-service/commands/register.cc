#include <iostream>

#include "passport-service/acts/keep_systems.h"
#include "passport-service/commands/commands.h"
#include "passport-service/commands/opening.h"
#include "passport-service/system_clock.h"

namespace passport {

std::optional<Stop> Register(const RegisterFlags& flags) {
  Roles roles;
  for (const std::string& word : flags.roles) {
    const Result<Role> role = ParseRole(word);
    if (!role.ok()) return Stop{kExitUsage, "--role: " + role.fault().detail};
    roles.Add(*role);
  }
  auto certificate = ReadTlsFile(flags.certificate, FileSecrecy::kPublic);
  if (auto* stop = std::get_if<Stop>(&certificate)) return *stop;
  RocksOptions options;
  options.folder = flags.data;
  auto opened = OpenStore(options);
  if (auto* stop = std::get_if<Stop>(&opened)) return *stop;
  const SystemClock clock;
  const Result<SystemRow> put = KeepSystems(*std::get<std::unique_ptr<RocksStore>>(opened), clock)
                                    .PutByHand(roles, std::get<std::string>(certificate));
  if (!put.ok()) return StopOf("certificate " + flags.certificate.string(), put.fault());
  std::cout << "system " << put->name << " of " << put->organisation.text() << " may call with this certificate as";
  for (const std::string_view word : put->roles.Words()) std::cout << " " << word;
  std::cout << "\n";
  return std::nullopt;
}

}  // namespace passport
