# Compiler, linker and cache settings that every target shares.

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  # With a precompiled header ccache helps only when it may look past its macros, and gcc names
  # the header in what it preprocesses; paths below the checkout are kept relative.
  set(launcher ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros
    CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} ${CCACHE_PROGRAM})
  set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
  add_compile_options($<$<AND:$<COMPILE_LANGUAGE:CXX>,$<CXX_COMPILER_ID:GNU>>:-fpch-preprocess>)
endif()

find_program(MOLD_PROGRAM mold)
if(MOLD_PROGRAM)
  add_link_options(-fuse-ld=mold)
endif()

find_package(Threads REQUIRED)

add_library(linchpin_warnings INTERFACE)
target_compile_options(linchpin_warnings INTERFACE
  -Wall -Wextra -Wconversion -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Werror)

# Files compiled together (the presets for whole builds do so) are no headers, and see the names of
# one another: gcc and clang each warn of one of these.
if(CMAKE_UNITY_BUILD)
  target_compile_options(linchpin_warnings INTERFACE
    $<IF:$<CXX_COMPILER_ID:GNU>,-Wno-subobject-linkage,-Wno-shadow>)
endif()

# gcc 12 reports false positives in its own std::string and coroutine frames once it inlines them
# (gcc bugs 105651, 105329, 109224); the other presets keep these warnings.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  set(mistaken array-bounds stringop-overread stringop-overflow restrict mismatched-new-delete
    maybe-uninitialized)
  list(TRANSFORM mistaken PREPEND -Wno-)
  target_compile_options(linchpin_warnings INTERFACE "$<$<CONFIG:Release>:${mistaken}>")
endif()

if(LINCHPIN_SANITIZE)
  add_compile_options(-fsanitize=${LINCHPIN_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${LINCHPIN_SANITIZE})
  if(LINCHPIN_SANITIZE MATCHES "undefined")
    # These look at every access to a member and double the code; the address sanitizer stops at
    # what goes wrong there.
    add_compile_options(-fno-sanitize=null,alignment,vptr,object-size)
  endif()
  # gcc reports false positives of these under the sanitizers' instrumentation.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(linchpin_warnings INTERFACE -Wno-maybe-uninitialized -Wno-tsan)
  endif()
endif()

if(LINCHPIN_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link -fno-sanitize-recover=undefined)
endif()
