# The building rules of the house: language, warnings, sanitizers, and the two ways to declare a target.
#
# passport_library(NAME SOURCES a.cc ... USES lib ...) declares one folder as one library. USES is the law of who may
# include whom; tests/tidy compares it with the #include lines. LINKS names third-party targets.
# passport_program(NAME SOURCES ... USES ... LINKS ...) declares an executable in the same words.

option(PASSPORT_TESTS "Build the tests" ON)
option(PASSPORT_BENCH "Build the benchmarks" ON)
option(PASSPORT_FUZZ "Build the fuzz targets (clang)" OFF)
set(PASSPORT_SANITIZE "" CACHE STRING "Value for -fsanitize=, empty for none")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_package(OpenSSL 3.0 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(Threads REQUIRED)
find_package(simdjson REQUIRED)

add_library(passport_flags INTERFACE)
target_include_directories(passport_flags INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(passport_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast -Wimplicit-fallthrough
  -Werror)
target_compile_definitions(passport_flags INTERFACE _GLIBCXX_ASSERTIONS)
if(PASSPORT_SANITIZE)
  target_compile_options(passport_flags INTERFACE -fsanitize=${PASSPORT_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(passport_flags INTERFACE -fsanitize=${PASSPORT_SANITIZE})
  # GCC 12 sees uninitialised memory in the C++ library once a sanitizer is on. The gate for warnings is the dev preset.
  target_compile_options(passport_flags INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized> -Wno-error)
endif()
if(PASSPORT_FUZZ)
  target_compile_options(passport_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

# A misspelt keyword is an error, not a source file that nobody misses.
function(passport_refuse_unknown_words function name words)
  if(words)
    message(FATAL_ERROR "${function}(${name}) does not know: ${words}")
  endif()
endfunction()

# A folder of headers alone has no SOURCES and becomes an interface library.
function(passport_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES;LINKS" ${ARGN})
  passport_refuse_unknown_words(passport_library ${name} "${ARG_UNPARSED_ARGUMENTS}")
  if(ARG_SOURCES)
    add_library(${name} STATIC ${ARG_SOURCES})
    target_link_libraries(${name} PUBLIC passport_flags ${ARG_USES} PRIVATE ${ARG_LINKS})
  else()
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE passport_flags ${ARG_USES} ${ARG_LINKS})
  endif()
endfunction()

function(passport_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES;LINKS" ${ARGN})
  passport_refuse_unknown_words(passport_program ${name} "${ARG_UNPARSED_ARGUMENTS}")
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE passport_flags ${ARG_USES} ${ARG_LINKS})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
endfunction()
