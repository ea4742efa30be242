# Everything from outside. script/build installs the packages and unpacks the npm sources
# into build/vendor before it configures.

find_package(Boost 1.81 REQUIRED COMPONENTS json url)
find_package(OpenSSL 3 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(fmt REQUIRED)
find_package(date REQUIRED)
find_package(GTest REQUIRED)
find_package(EXPAT REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(ARGON2 REQUIRED IMPORTED_TARGET libargon2)
pkg_check_modules(MINIZIP REQUIRED IMPORTED_TARGET minizip)
pkg_check_modules(XLSXWRITER REQUIRED IMPORTED_TARGET xlsxwriter)
pkg_check_modules(LIBPQ REQUIRED IMPORTED_TARGET libpq)

set(LINCHPIN_VENDOR_DIR ${CMAKE_SOURCE_DIR}/build/vendor CACHE PATH
  "Where script/build unpacked the pinned sources")

add_library(linchpin_sqlite3 INTERFACE)
if(LINCHPIN_SYSTEM_SQLITE)
  find_package(SQLite3 REQUIRED)
  target_link_libraries(linchpin_sqlite3 INTERFACE SQLite::SQLite3)
else()
  add_library(sqlite3_amalgamation STATIC ${LINCHPIN_VENDOR_DIR}/sqlite3/sqlite3.c)
  target_include_directories(sqlite3_amalgamation SYSTEM PUBLIC ${LINCHPIN_VENDOR_DIR}/sqlite3)
  target_compile_definitions(sqlite3_amalgamation PUBLIC
    SQLITE_THREADSAFE=2 SQLITE_DEFAULT_MEMSTATUS=0 SQLITE_ENABLE_FTS5
    SQLITE_ENABLE_MATH_FUNCTIONS SQLITE_ENABLE_STAT4 SQLITE_ENABLE_PERCENTILE
    SQLITE_LIKE_DOESNT_MATCH_BLOBS SQLITE_OMIT_DEPRECATED SQLITE_OMIT_SHARED_CACHE
    SQLITE_DQS=0)
  # The amalgamation is never debugged here, so it is optimised in every preset.
  # Address sanitizing it takes the compiler minutes; its callers are what is looked at.
  target_compile_options(sqlite3_amalgamation PRIVATE -O2 -w -fno-sanitize=address,undefined
    $<$<BOOL:${LINCHPIN_FUZZ}>:-fno-sanitize=all>)
  target_link_libraries(sqlite3_amalgamation PUBLIC Threads::Threads ${CMAKE_DL_LIBS} m)
  target_link_libraries(linchpin_sqlite3 INTERFACE sqlite3_amalgamation)
endif()
