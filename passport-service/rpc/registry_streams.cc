#include "passport-service/rpc/registry_streams.h"

#include "passport-service/rpc/convert_registry.h"
#include "passport-service/rpc/send.h"

namespace passport {

namespace v1 = staffpassport::v1;

Result<void> RunAffected(const ListAffected::Order& order, ListAffected& list, AffectedStream& stream,
                         OpenStream& call) {
  v1::ListAffectedResponse response;
  return list(order, {.person =
                          [&](const AffectedPerson& person) {
                            response.Clear();
                            Fill(person, *response.mutable_person());
                            return Send(stream, response, call);
                          },
                      .organisation =
                          [&](const AffectedOrganisation& organisation) {
                            response.Clear();
                            Fill(organisation, *response.mutable_organisation());
                            return Send(stream, response, call);
                          }});
}

Result<void> RunReissue(ReissueCredentials& reissue, ReissueStream& stream, OpenStream& call,
                        const std::function<void()>& changed) {
  v1::ReissueCredentialsResponse response;
  std::uint64_t published = 0;
  const auto tell = [&](const ReissueCredentials::Report& report) -> Result<void> {
    if (report.reissued > published) changed();
    published = report.reissued;
    response.Clear();
    Fill(report, response);
    return Send(stream, response, call);
  };
  TRY_ASSIGN(const ReissueCredentials::Report report, reissue(call.by(), tell));
  response.Clear();
  Fill(report, response);
  response.set_end(true);
  return Send(stream, response, call);
}

}  // namespace passport
