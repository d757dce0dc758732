// QR codes (ISO/IEC 18004) for paper: made by libqrencode, drawn as one SVG path or as a bitmap.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "credential/vocabulary/result.h"

namespace passport {

inline constexpr std::size_t kQrBytesMax = 1200;  // more can not be read off a card

class QrCode {
 public:
  // The bytes of the text as they are, with 15 % of them mended when the paper suffers (level M). Fails with kLimit for
  // an empty text or one longer than kQrBytesMax.
  static Result<QrCode> Of(std::string_view text);

  std::size_t side() const { return side_; }  // in modules, without the quiet zone
  bool dark(std::size_t row, std::size_t column) const { return dark_[row * side_ + column]; }

  // <svg role="img"> with a title and one path, four modules of quiet zone around, as wide as the style of its place
  // says. `title` is escaped. Nothing in it runs or refers to elsewhere.
  std::string Svg(std::string_view title) const;
  // A portable graymap (P5) with the quiet zone, so many pixels a module.
  std::string Pgm(std::size_t pixels_per_module) const;

 private:
  QrCode(std::size_t side, std::vector<bool> dark) : side_(side), dark_(std::move(dark)) {}
  std::size_t side_;
  std::vector<bool> dark_;
};

}  // namespace passport
