# Every image is lean: no heap, exceptions, unwinder, guards of local statics, double or printf. Read from the linked ELF.
get_property(programs GLOBAL PROPERTY firmware_programs)
get_property(tests DIRECTORY PROPERTY BUILDSYSTEM_TARGETS)
foreach(program IN LISTS programs tests)
  add_test(NAME lean.${program} COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/lean $<TARGET_FILE:${program}>)
endforeach()

# And the test can fail: an image that computes with double is refused.
nn_add_program(not_lean SOURCES refused/not_lean.cpp)
add_test(NAME lean.refuses_double COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/lean $<TARGET_FILE:not_lean>)
set_tests_properties(lean.refuses_double PROPERTIES PASS_REGULAR_EXPRESSION "__aeabi_dmul")

# A fault ends a run with failure, and says so.
nn_add_program(faults SOURCES refused/faults.cpp)
add_test(NAME run.reports_a_fault COMMAND ${PROJECT_SOURCE_DIR}/targets/cortex_m/run ${board_machine} $<TARGET_FILE:faults>)
set_tests_properties(run.reports_a_fault PROPERTIES PASS_REGULAR_EXPRESSION "fault: ")
nn_add_program(fails SOURCES refused/fails.cpp)
add_test(NAME run.passes_the_status_on COMMAND ${PROJECT_SOURCE_DIR}/targets/cortex_m/run ${board_machine} $<TARGET_FILE:fails>)
set_tests_properties(run.passes_the_status_on PROPERTIES WILL_FAIL TRUE)
