#include "passport-service/rpc/roster_stream.h"

#include "passport-service/rpc/convert_roster.h"
#include "passport-service/rpc/send.h"

namespace passport {

namespace v1 = staffpassport::v1;

namespace {

Result<void> SendResults(const std::vector<RosterResult>& results, bool explain, RosterStream& stream,
                         OpenStream& call) {
  v1::CheckRosterResponse response;
  std::size_t bytes = 0;
  for (const RosterResult& result : results) {
    v1::RosterResult& message = *response.mutable_results()->add_results();
    Fill(result, explain, message);
    bytes += message.ByteSizeLong();
    if (bytes < kAnswerBytes) continue;
    TRY(Send(stream, response, call));
    response.Clear();
    bytes = 0;
  }
  if (response.results().results().empty()) return {};
  return Send(stream, response, call);
}

Result<void> AnswerBlock(const v1::RosterLines& block, Roster& roster, RosterStream& stream, OpenStream& call) {
  if (block.lines_size() < 1 || block.lines_size() > static_cast<int>(Roster::kBlockMax))
    return Fault{Reason::kFieldInvalid, "", "lines holds not 1 to 100 lines"};
  std::vector<RosterLine> lines;
  for (const v1::RosterLine& line : block.lines()) lines.push_back(ToLine(line));
  TRY_ASSIGN(const std::vector<RosterResult> results, roster.Take(lines));
  return SendResults(results, roster.explains(), stream, call);
}

}  // namespace

Result<void> RunRoster(CheckRoster& check, RosterStream& stream, OpenStream& call,
                       const std::function<bool()>& stopping) {
  v1::CheckRosterRequest request;
  const bool opened = stream.Read(&request);
  TRY(call.GoOn(request.ByteSizeLong()));
  if (!opened || !request.has_opening()) return Fault{Reason::kFieldInvalid, "", "opening comes first"};
  TRY_ASSIGN(const std::unique_ptr<Roster> roster, check(ToOrder(call.by(), request.opening())));
  v1::CheckRosterResponse response;
  response.mutable_opened()->set_snapshot_id(roster->snapshot_id());
  TRY(Send(stream, response, call));
  while (stream.Read(&request)) {
    TRY(call.GoOn(request.ByteSizeLong()));
    if (stopping()) return Fault{Reason::kStoreUnavailable, "", "the service is stopping; go on later"};
    if (!request.has_lines()) return Fault{Reason::kFieldInvalid, "", "part holds no lines"};
    TRY(AnswerBlock(request.lines(), *roster, stream, call));
  }
  TRY(call.GoOn(0));  // cancelled, or at its end?
  response.Clear();
  Fill(roster->tally(), *response.mutable_summary());
  return Send(stream, response, call);
}

}  // namespace passport
