#include "passport-service/acts/open_list.h"

#include <span>

#include "passport-service/acts/decoys.h"

namespace passport {

Changes OpenList(const NewList& list, Random& random) {
  StatusListRow row{.organisation = list.organisation,
                    .number = list.number,
                    .uri = list.uri_prefix + std::to_string(list.number) + ".jwt",
                    .size = list.size,
                    .next = 0,
                    .seed = std::string(16, '\0')};
  random.Fill(std::span(reinterpret_cast<std::uint8_t*>(row.seed.data()), row.seed.size()));
  Changes changes = FirstDecoys(row, random);
  changes.insert(changes.begin(), OpenStatusList{std::move(row)});
  return changes;
}

}  // namespace passport
