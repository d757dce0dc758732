// What people have given.
#include <algorithm>

#include "passport-service/check/each_row.h"
#include "passport-service/check/house_walk.h"

namespace passport {

Result<void> HouseWalk::Shares() {
  return EachRow([&](const std::string& after) { return store_.AllShares(after, kPageRows); },
                 [&](const ShareRow& row) -> Result<void> {
                   ++report_.shares;
                   const std::string name = "share " + row.id.text();
                   if (!organisations_.contains(row.receiver)) Violation(name + " has no receiver");
                   if (row.person && !people_.contains(row.person->text())) Violation(name + " has no person");
                   if (!row.due.has_value()) Violation(name + " is never due");
                   if (IsLive(row.state) == row.sealed.empty())
                     Violation(name + " holds something it should not, or nothing");
                   TRY(LooksInto(row, name));
                   if (row.looked_at && (row.keep_through || !IsLive(row.state)))
                     Violation(name + " was looked at once and should not be, or is over");
                   if (!IsLive(row.state)) return {};
                   // As the vault names what sealed it (docs/formats/store.md).
                   const DataOwner of{row.receiver.text(), "share " + row.id.text()};
                   TRY_ASSIGN(const std::optional<DataKeyRow> key, store_.FindDataKey(of));
                   if (!key) Violation(name + " can not be opened");
                   TRY_ASSIGN(const std::vector<ShareId> about, store_.SharesAbout(row.receiver, row.subject));
                   if (std::find(about.begin(), about.end(), row.id) == about.end())
                     Violation(name + " is not found by whom it is about");
                   if (!row.person) Violation(name + " is nobody's");
                   for (const CredentialId& each : row.credentials) {
                     TRY_ASSIGN(const std::vector<ShareId> with, store_.SharesWith(each));
                     if (std::find(with.begin(), with.end(), row.id) == with.end())
                       Violation(name + " is not found by what it holds");
                   }
                   return {};
                 });
}

Result<void> HouseWalk::LooksInto(const ShareRow& share, const std::string& name) {
  std::uint64_t sequence = 0;
  while (true) {
    TRY_ASSIGN(const Page<ShareLookRow> page, store_.ShareLooks(share.id, sequence, kPageRows));
    for (const ShareLookRow& row : page.rows) {
      if (row.sequence != ++sequence || row.share != share.id) Violation(name + " lacks a look that was counted");
      sequence = row.sequence;
    }
    if (page.rows.empty()) break;
  }
  TRY_ASSIGN(const std::uint64_t last, store_.LastShareLook(share.id));
  if (last != sequence) Violation(name + " counts other looks than it has");
  return {};
}

}  // namespace passport
