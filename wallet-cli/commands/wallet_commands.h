// The commands of passport-wallet: one file each in this folder, listed in main.cc.
#pragma once

#include <CLI/App.hpp>
#include <functional>

#include "wallet-cli/wallet_session.h"

namespace passport {

// What the words of the command line ask for; empty until a command was recognised.
using WalletAction = std::function<Ending(WalletSession&)>;

// Each adds its words and flags to the program. When they are given, `chosen` is set.
void AddInitCommand(CLI::App& program, WalletAction& chosen);
void AddJoinCommand(CLI::App& program, WalletAction& chosen);
void AddReceiveCommand(CLI::App& program, WalletAction& chosen);
void AddListCommand(CLI::App& program, WalletAction& chosen);
void AddExplainCommand(CLI::App& program, WalletAction& chosen);
void AddPresentCommand(CLI::App& program, WalletAction& chosen);
void AddSharesCommand(CLI::App& program, WalletAction& chosen);
void AddEndShareCommand(CLI::App& program, WalletAction& chosen);
void AddHistoryCommand(CLI::App& program, WalletAction& chosen);
void AddLostCommand(CLI::App& program, WalletAction& chosen);
void AddUndoLostCommand(CLI::App& program, WalletAction& chosen);
void AddExportCommand(CLI::App& program, WalletAction& chosen);
void AddMoveCommand(CLI::App& program, WalletAction& chosen);
void AddAcceptCommand(CLI::App& program, WalletAction& chosen);
void AddDisputeCommand(CLI::App& program, WalletAction& chosen);
void AddDisputesCommand(CLI::App& program, WalletAction& chosen);
void AddEraseCommand(CLI::App& program, WalletAction& chosen);
void AddCompletionCommand(CLI::App& program, WalletAction& chosen);

}  // namespace passport
