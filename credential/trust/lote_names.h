// Names of ETSI TS 119 602 that the registry uses, and its own; reader and writer share them. Names of ETSI are written
// as there; what stands in an "...Extensions" array is ours and in lower case.
#pragma once

#include <string_view>

namespace passport::lote {

inline constexpr std::string_view kLote = "LoTE";
inline constexpr std::string_view kScheme = "ListAndSchemeInformation";
inline constexpr std::string_view kEntities = "TrustedEntitiesList";

inline constexpr std::string_view kVersion = "LoTEVersionIdentifier";
inline constexpr std::string_view kSequence = "LoTESequenceNumber";
inline constexpr std::string_view kType = "LoTEType";
inline constexpr std::string_view kOperatorName = "SchemeOperatorName";
inline constexpr std::string_view kApproach = "StatusDeterminationApproach";
inline constexpr std::string_view kTerritory = "SchemeTerritory";
inline constexpr std::string_view kHistoryPeriod = "HistoricalInformationPeriod";
inline constexpr std::string_view kIssuedAt = "ListIssueDateTime";
inline constexpr std::string_view kNextUpdate = "NextUpdate";
inline constexpr std::string_view kSchemeExtensions = "SchemeExtensions";

inline constexpr std::string_view kEntityInformation = "TrustedEntityInformation";
inline constexpr std::string_view kEntityName = "TEName";
inline constexpr std::string_view kEntityExtensions = "TEInformationExtensions";
inline constexpr std::string_view kEntityServices = "TrustedEntityServices";

inline constexpr std::string_view kService = "ServiceInformation";
inline constexpr std::string_view kServiceType = "ServiceTypeIdentifier";
inline constexpr std::string_view kServiceName = "ServiceName";
inline constexpr std::string_view kIdentity = "ServiceDigitalIdentity";
inline constexpr std::string_view kServiceStatus = "ServiceStatus";
inline constexpr std::string_view kStatusSince = "StatusStartingTime";
inline constexpr std::string_view kCertificates = "X509Certificates";
inline constexpr std::string_view kPublicKeys = "PublicKeyValues";
inline constexpr std::string_view kOtherIds = "OtherIds";

inline constexpr std::string_view kThumbprint = "x5t#S256";  // RFC 7517, 4.9

inline constexpr std::string_view kTypeValue = "urn:staff-passport:lote:organisations";
inline constexpr std::string_view kApproachValue = "urn:staff-passport:lote:signed-by-registrars";
inline constexpr std::string_view kTerritoryValue = "GB";
inline constexpr int kHistoryPeriodValue = 65535;  // ETSI's number for "kept for good"
inline constexpr std::string_view kServicePrefix = "urn:staff-passport:service:";
inline constexpr std::string_view kStatePrefix = "urn:staff-passport:state:";

}  // namespace passport::lote
