#include <iostream>

#include "passport-service/check/check_house.h"
#include "passport-service/commands/commands.h"
#include "passport-service/commands/opening.h"

namespace passport {

std::optional<Stop> Check(const std::filesystem::path& data) {
  RocksOptions options;
  options.folder = data;
  auto opened = OpenStore(options);
  if (auto* stop = std::get_if<Stop>(&opened)) return *stop;
  const Result<HouseReport> report = CheckHouse(*std::get<std::unique_ptr<RocksStore>>(opened));
  if (!report.ok()) return StopOf("data folder " + data.string(), report.fault());
  std::cout << "organisations " << report->organisations << "\n"
            << "people " << report->people << "\n"
            << "employments " << report->employments << "\n"
            << "status lists " << report->status_lists << "\n"
            << "status entries " << report->status_entries << "\n"
            << "credentials " << report->credentials << "\n"
            << "answers " << report->answers << "\n"
            << "document versions " << report->documents << "\n"
            << "standing records " << report->standing_records << "\n"
            << "match keys " << report->match_keys << "\n"
            << "imports " << report->imports << "\n"
            << "drafts " << report->drafts << "\n"
            << "reliances " << report->reliances << "\n"
            << "overrides " << report->overrides << "\n"
            << "invitations " << report->invitations << "\n"
            << "identity checks " << report->identity_checks << "\n"
            << "holder keys " << report->holder_keys << "\n"
            << "rebindings " << report->rebindings << "\n"
            << "unlocks " << report->unlocks << "\n"
            << "disputes " << report->disputes << "\n"
            << "shares " << report->shares << "\n"
            << "systems " << report->systems << "\n"
            << "audit rows " << report->audit_rows << "\n"
            << "events " << report->events << "\n"
            << "pending intents " << report->intents << "\n"
            << "violations " << report->violations.size() << "\n";
  for (const std::string& violation : report->violations) std::cout << violation << "\n";
  if (report->violations.empty()) return std::nullopt;
  return Stop{kExitViolations, "the data contradicts itself; restore it from its backup"};
}

}  // namespace passport
