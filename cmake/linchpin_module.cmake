# linchpin_module(NAME [BOTH_DATABASES] DEPENDS module... LIBRARIES library...)
#
# One folder is one namespace, one static library and one test program:
#   *.cpp          the library linchpin_NAME
#   *_test.cpp     the test program NAME_test, registered with CTest; with BOTH_DATABASES a second
#                  time for PostgreSQL, without the tests whose names begin with "Sqlite" (those
#                  with "Postgres" run only there)
# A folder below it that has its own CMakeLists.txt is a module of its own.
function(linchpin_module NAME)
  cmake_parse_arguments(MODULE "BOTH_DATABASES" "" "DEPENDS;LIBRARIES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  file(GLOB_RECURSE modules CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*/CMakeLists.txt)
  foreach(module IN LISTS modules)
    get_filename_component(folder ${module} DIRECTORY)
    if(NOT folder STREQUAL CMAKE_CURRENT_SOURCE_DIR)
      list(FILTER sources EXCLUDE REGEX "^${folder}/")
    endif()
  endforeach()
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")

  set(links linchpin_warnings Threads::Threads ${MODULE_LIBRARIES})
  foreach(dependency IN LISTS MODULE_DEPENDS)
    list(APPEND links linchpin_${dependency})
  endforeach()

  add_library(linchpin_${NAME} STATIC ${sources})
  target_include_directories(linchpin_${NAME} PUBLIC
    ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR}/capabilities)
  target_link_libraries(linchpin_${NAME} PUBLIC ${links})
  if(NOT NAME STREQUAL "base")
    target_precompile_headers(linchpin_${NAME} REUSE_FROM linchpin_base)
  endif()

  if(tests)
    linchpin_test(${NAME} ${tests})
    if(MODULE_BOTH_DATABASES)
      linchpin_postgres_test(${NAME})
    endif()
  endif()
endfunction()

# linchpin_test(NAME source...): the test program of the library linchpin_NAME.
function(linchpin_test NAME)
  add_executable(${NAME}_test ${ARGN})
  target_link_libraries(${NAME}_test PRIVATE linchpin_${NAME} GTest::gtest GTest::gtest_main)
  target_precompile_headers(${NAME}_test REUSE_FROM linchpin_base)
  target_compile_definitions(${NAME}_test PRIVATE
    LINCHPIN_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  add_test(NAME ${NAME} COMMAND ${NAME}_test)
endfunction()

# A PostgreSQL server of their own for the tests that want one. Its sockets need a short path.
string(MD5 build_digest "${CMAKE_BINARY_DIR}")
string(SUBSTRING "${build_digest}" 0 8 build_digest)
set(LINCHPIN_POSTGRES_FOLDER "/tmp/linchpin-postgres-${build_digest}")
set(LINCHPIN_POSTGRES_PROGRAM node ${CMAKE_SOURCE_DIR}/tests/support/postgres.mjs)
add_test(NAME postgres_start COMMAND ${LINCHPIN_POSTGRES_PROGRAM} start ${LINCHPIN_POSTGRES_FOLDER})
add_test(NAME postgres_stop COMMAND ${LINCHPIN_POSTGRES_PROGRAM} stop ${LINCHPIN_POSTGRES_FOLDER})
set_tests_properties(postgres_start PROPERTIES FIXTURES_SETUP postgres)
set_tests_properties(postgres_stop PROPERTIES FIXTURES_CLEANUP postgres)

# linchpin_postgres_test(NAME): the test program NAME_test once more, on PostgreSQL; what has a long
# test of its own is left to that.
function(linchpin_postgres_test NAME)
  set_property(TEST ${NAME} APPEND PROPERTY ENVIRONMENT "GTEST_FILTER=-Postgres*:*RealSalesFile*")
  linchpin_test_on_postgres(${NAME}_postgres ${NAME}_test "-Sqlite*:*RealSalesFile*:*Property*")
endfunction()

# linchpin_long_test(TEST PROGRAM FILTER): what the sanitizers are too slow for; the release build
# runs it whole (the part `long` of script/test).
function(linchpin_long_test TEST PROGRAM FILTER)
  add_test(NAME ${TEST} COMMAND ${PROGRAM})
  set_tests_properties(${TEST} PROPERTIES LABELS long ENVIRONMENT "GTEST_FILTER=${FILTER}")
endfunction()

# linchpin_test_on_postgres(TEST PROGRAM FILTER)
function(linchpin_test_on_postgres TEST PROGRAM FILTER)
  add_test(NAME ${TEST} COMMAND ${PROGRAM})
  set(database "postgresql://postgres@/postgres?host=${LINCHPIN_POSTGRES_FOLDER}")
  set_tests_properties(${TEST} PROPERTIES
    FIXTURES_REQUIRED postgres
    ENVIRONMENT "GTEST_FILTER=${FILTER};LINCHPIN_TEST_POSTGRES=${database}")
endfunction()
