// passport-peer [--tables]: our side of the runs beside other libraries (docs/performance.md), a line of JSON at a
// time.
#include <iostream>
#include <string>
#include <string_view>

#include "bench/peer/answers.h"

int main(int argc, char** argv) {
  const bool tables = argc == 2 && std::string_view(argv[1]) == "--tables";
  if (argc > 1 && !tables) {
    std::cerr << "usage: passport-peer [--tables]\n";
    return 64;
  }
  passport::bench::Answers answers(tables);
  std::string line;
  while (!answers.over() && std::getline(std::cin, line)) std::cout << answers.To(line) << std::endl;
  return 0;
}
