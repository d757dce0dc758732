#include "operator-cli/import_run.h"

#include <algorithm>
#include <utility>

namespace passport {
namespace {

ImportOrder OrderOf(const ImportedRecord& record) {
  ImportOrder order{.row_id = std::to_string(record.line),
                    .request_id = record.request_key,
                    .employee_number = record.employee_number,
                    .record = {.kind = std::string(record.kind), .fields = {}}};
  for (const ImportedField& field : record.fields) order.record.fields.emplace(field.name, field.value);
  return order;
}

}  // namespace

std::optional<ImportOrder> ImportRun::Next() {
  std::optional<ImportedRecord> record;
  if (!to_repeat_.empty()) {
    record = std::move(to_repeat_.front());
    to_repeat_.pop_front();
  } else {
    record = records_.Next();
  }
  if (!record) return std::nullopt;
  ImportOrder order = OrderOf(*record);
  unanswered_.push_back(std::move(*record));
  return order;
}

void ImportRun::OnAnswer(const ImportRowAnswer& answer) {
  const ImportedRecord record = std::move(unanswered_.front());  // answers come in the order of sending
  unanswered_.pop_front();
  if (answer.kind == RowAnswerKind::kUnfinished) {
    unfinished_.push_back(record);
    return;
  }
  moved_ = true;
  answered_(record, answer);
}

Result<void> ImportRun::operator()(const ImportPatience& patience) {
  int tries = 0;
  while (true) {
    moved_ = false;
    Result<void> sent =
        service_.Import([this] { return Next(); }, [this](const ImportRowAnswer& answer) { OnAnswer(answer); });
    if (sent.ok() && unfinished_.empty()) return {};
    if (!sent.ok() && !WorthRepeating(sent.fault().reason)) return sent;
    tries = moved_ ? 1 : tries + 1;
    if (tries >= patience.tries_max) {
      return sent.ok() ? Fault{Reason::kStoreUnavailable, "", "the service could not finish some records"}
                       : sent.fault();
    }
    // First what the service could not finish, then what it never answered, then what was not even sent.
    std::deque<ImportedRecord> next = std::exchange(unfinished_, {});
    std::move(unanswered_.begin(), unanswered_.end(), std::back_inserter(next));
    std::move(to_repeat_.begin(), to_repeat_.end(), std::back_inserter(next));
    unanswered_.clear();
    to_repeat_ = std::move(next);
    around_.pause(std::min(patience.pause_max, std::chrono::milliseconds(100) * (1 << std::min(tries, 5))));
  }
}

}  // namespace passport
