#include "paper/qr_code.h"

#include <qrencode.h>

#include <memory>
#include <utility>

#include "credential/evidence/html_text.h"

namespace passport {
namespace {

constexpr std::size_t kQuietModules = 4;
constexpr char kLight = '\xff';

struct FreeQr {
  void operator()(QRcode* code) const { QRcode_free(code); }
};

}  // namespace

Result<QrCode> QrCode::Of(std::string_view text) {
  if (text.empty() || text.size() > kQrBytesMax) return Fault{Reason::kLimit, "", "a QR code holds 1 to 1200 bytes"};
  const std::unique_ptr<QRcode, FreeQr> made(QRcode_encodeData(
      static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M));
  if (made == nullptr) return Fault{Reason::kLimit, "", "no QR code can be made of it"};
  const auto side = static_cast<std::size_t>(made->width);
  std::vector<bool> dark(side * side);
  for (std::size_t i = 0; i < dark.size(); ++i) dark[i] = (made->data[i] & 1U) != 0;
  return QrCode(side, std::move(dark));
}

std::string QrCode::Svg(std::string_view title) const {
  const std::string whole = std::to_string(side_ + 2 * kQuietModules);
  std::string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" class=\"qr\" viewBox=\"0 0 " + whole + " " +
                    whole + "\" shape-rendering=\"crispEdges\"><title>" + HtmlText(title) + "</title><rect width=\"" +
                    whole + "\" height=\"" + whole + "\" fill=\"#fff\"/><path d=\"";
  for (std::size_t row = 0; row < side_; ++row) {
    for (std::size_t column = 0; column < side_;) {
      if (!dark(row, column)) {
        ++column;
        continue;
      }
      std::size_t end = column;
      while (end < side_ && dark(row, end)) ++end;
      svg += "M" + std::to_string(column + kQuietModules) + " " + std::to_string(row + kQuietModules) + "h" +
             std::to_string(end - column) + "v1h-" + std::to_string(end - column) + "z";
      column = end;
    }
  }
  return svg + "\" fill=\"#000\"/></svg>";
}

std::string QrCode::Pgm(std::size_t pixels_per_module) const {
  const std::size_t modules = side_ + 2 * kQuietModules;
  const std::size_t pixels = modules * pixels_per_module;
  std::string image = "P5\n" + std::to_string(pixels) + " " + std::to_string(pixels) + "\n255\n";
  const std::size_t start = image.size();
  image.append(pixels * pixels, kLight);
  for (std::size_t y = 0; y < pixels; ++y) {
    for (std::size_t x = 0; x < pixels; ++x) {
      const std::size_t row = y / pixels_per_module;
      const std::size_t column = x / pixels_per_module;
      const bool inside = row >= kQuietModules && column >= kQuietModules && row < side_ + kQuietModules &&
                          column < side_ + kQuietModules;
      if (inside && dark(row - kQuietModules, column - kQuietModules)) image[start + y * pixels + x] = '\0';
    }
  }
  return image;
}

}  // namespace passport
