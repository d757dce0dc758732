#include "passport-service/check/check_house.h"

#include <utility>

#include "passport-service/check/house_walk.h"

namespace passport {

Result<HouseReport> CheckHouse(Store& store) {
  HouseWalk walk(store);
  TRY(walk.Audit());
  TRY(walk.Events());
  TRY(walk.People());
  TRY(walk.Answers());
  TRY(walk.Organisations());
  TRY(walk.Intents());
  TRY(walk.StatusEntries());
  TRY(walk.Holdings());
  TRY(walk.Employments());
  TRY(walk.HolderKeys());
  TRY(walk.Rebindings());
  TRY(walk.Unlocks());
  TRY(walk.Disputes());
  TRY(walk.Shares());
  TRY(walk.Invitations());
  TRY(walk.Documents());
  TRY(walk.StandingRecords());
  TRY(walk.MatchKeys());
  TRY(walk.Imports());
  TRY(walk.Drafts());
  TRY(walk.ImportSeries());
  TRY(walk.Reliances());
  TRY(walk.Overrides());
  TRY(walk.Systems());
  TRY(walk.Registry());
  return std::move(walk).TakeReport();
}

}  // namespace passport
