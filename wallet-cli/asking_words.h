// A request and what would be shown, in plain words.
#pragma once

#include "wallet-cli/my_records.h"
#include "wallet-cli/wallet_session.h"

namespace passport {

// Who asks, what for, why each thing, until when it is kept, and exactly what would be shown of which record; what of
// the role would not be met with it. `answering` null: what the person has is not looked at.
void TellAsking(WalletSession& session, const ShareRequestAnswer& request, const Answering* answering,
                const CarriedPassport& carried);
void PrintAskingJson(WalletSession& session, const ShareRequestAnswer& request, const Answering* answering,
                     const CarriedPassport& carried);

}  // namespace passport
