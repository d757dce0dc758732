// passportctl badge issue
#include <memory>

#include "credential/crypto/sha256.h"
#include "operator-cli/commands/commands.h"
#include "paper/badge_card.h"
#include "terminal/files.h"
#include "terminal/plain_text.h"

namespace passport {
namespace {

constexpr std::size_t kPhotoFileBytesMax = std::size_t{16} << 20;

struct BadgeFlags {
  BadgeEntry entry;
  std::string employer;  // as it is printed
  std::string photo;
  std::string card_out;
  std::string text_out;
};

// The card names somebody, so its files are for their owner.
Result<void> WriteNew(const std::string& path, std::string_view text) {
  TRY_ASSIGN(OpenFile file, OpenFile::PrivateNew(path));
  TRY(file.Write(text));
  return file.Sync();
}

Result<void> ReadPhoto(Session& session, BadgeFlags& flags) {
  if (flags.photo.empty()) return {};
  TRY_ASSIGN(const std::string photo, ReadText(flags.photo, session.around().input, kPhotoFileBytesMax));
  const Digest digest = Sha256(photo);
  flags.entry.photo_digest.assign(digest.begin(), digest.end());
  return {};
}

Result<void> WriteCard(const BadgeFlags& flags, const BadgeAnswer& badge) {
  if (!flags.text_out.empty()) TRY(WriteNew(flags.text_out, badge.badge + "\n"));
  if (flags.card_out.empty()) return {};
  TRY_ASSIGN(const std::string html, BadgeCardHtml({.badge = badge.badge,
                                                    .employer = flags.employer,
                                                    .name = flags.entry.name,
                                                    .role = flags.entry.role,
                                                    .valid_through = flags.entry.valid_through,
                                                    .has_photo = !flags.photo.empty()}));
  return WriteNew(flags.card_out, html);
}

Ending IssueBadgeFor(Session& session, BadgeFlags flags) {
  if (flags.card_out.empty() && flags.text_out.empty())
    return session.Misuse("say where the badge goes: --card FILE, --badge-out FILE, or both");
  if (!flags.card_out.empty() && flags.employer.empty())
    return session.Misuse("say with --employer which name of yours is printed on the card");
  const Result<void> photo = ReadPhoto(session, flags);
  if (!photo.ok()) return session.Refuse(photo.fault());
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  const std::string id = session.RequestId();
  const Result<BadgeAnswer> badge = session.Repeating([&] { return (*service)->IssueBadge(id, flags.entry); });
  if (!badge.ok()) return session.Refuse(badge.fault());
  const Result<void> written = WriteCard(flags, *badge);
  if (!written.ok()) return session.Refuse(written.fault());
  if (session.json()) {
    json::Tree tree;
    json::Value& line = tree.Object();
    AppendText(tree, line, "credential_id", badge->credential_id);
    AppendText(tree, line, "badge", badge->badge);
    session.PrintJson(line);
    return Ending::kDone;
  }
  std::ostream& out = session.around().output;
  out << "badge " << Plain(badge->credential_id) << ", good through " << Plain(flags.entry.valid_through) << "\n";
  if (!flags.card_out.empty()) out << "the card to print is in " << Plain(flags.card_out) << "\n";
  out << "End it with passportctl credential revoke; it ends by itself after its last day.\n";
  return Ending::kDone;
}

}  // namespace

void AddBadgeCommand(CLI::App& program, Action& chosen) {
  CLI::App* badge = program.add_subcommand("badge", "badges to print and to check without a network (employer)");
  badge->require_subcommand(1);
  CLI::App* issue = badge->add_subcommand("issue", "sign a badge for one of your people, and make a card of it");
  const auto flags = std::make_shared<BadgeFlags>();
  issue->add_option("--employee-number", flags->entry.employee_number, "whose")->required();
  issue->add_option("--name", flags->entry.name, "the name on the badge, up to 60 bytes")->required();
  issue->add_option("--role", flags->entry.role, "the role on the badge, up to 40 bytes")->required();
  issue->add_option("--through", flags->entry.valid_through, "the last day it is good, 2026-12-31")->required();
  issue->add_option("--photo", flags->photo, "the image file that goes on the card; its digest is signed");
  issue->add_option("--employer", flags->employer, "your name as it is printed on the card");
  issue->add_option("--card", flags->card_out, "new file for the card, HTML to print");
  issue->add_option("--badge-out", flags->text_out, "new file for the text of the code");
  issue->callback([flags, &chosen] { chosen = [flags](Session& session) { return IssueBadgeFor(session, *flags); }; });
}

}  // namespace passport
