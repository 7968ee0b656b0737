# Every image is lean: no heap, exceptions, unwinder, guards of local statics, double or printf. And it boots: the processor
# finds vectors, stack and entry point where the board has them. Both are read from the linked ELF.
get_property(images GLOBAL PROPERTY images)
foreach(image IN LISTS images)
  get_target_property(board ${image} board)
  nn_read_board(${board})
  add_test(NAME lean.${image} COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/lean $<TARGET_FILE:${image}>)
  add_test(NAME boots.${image} COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/boots $<TARGET_FILE:${image}>
    ${board_flash_origin} ${board_ram_origin} ${board_ram_bytes} ${board_boot_bytes})
endforeach()
nn_read_board(${BOARD})

# Both tests can fail.
nn_add_program(not_lean SOURCES refused/not_lean.cpp)
add_test(NAME lean.refuses_double COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/lean $<TARGET_FILE:not_lean>)
set_tests_properties(lean.refuses_double PROPERTIES PASS_REGULAR_EXPRESSION "__aeabi_dmul|vmul.f64")
nn_add_program(fails SOURCES refused/fails.cpp)
add_test(NAME boots.refuses_another_board COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/boots $<TARGET_FILE:fails>
  ${board_flash_origin} ${board_ram_origin} 4096 ${board_boot_bytes})
set_tests_properties(boots.refuses_another_board PROPERTIES PASS_REGULAR_EXPRESSION "the first stack pointer is 0x")

# The memory report refuses what it must.
function(refused_by_memory test program message)
  memory_command(command ${program} ${program} ${ARGN})
  add_test(NAME memory.${test} COMMAND ${command})
  set_tests_properties(memory.${test} PROPERTIES PASS_REGULAR_EXPRESSION "${message}")
endfunction()
nn_add_program(calls_by_pointer SOURCES refused/calls_by_pointer.cpp)
nn_add_program(faults_of_stack SOURCES refused/faults_of_stack.cpp)
refused_by_memory(budget_of_flash fails "takes [0-9]+ bytes of flash; expected at most the board's 100" --flash 100)
refused_by_memory(budget_of_ram fails "takes [0-9]+ bytes of RAM, stack included; expected at most the board's 100" --ram 100)
refused_by_memory(call_by_pointer calls_by_pointer "a call through a pointer, at .*calls_by_pointer.cpp:")
refused_by_memory(recursion faults_of_stack "recursion, so that the stack has no bound: ")

if(NOT board_machine)
  return()
endif()

# A fault ends a run with failure, and says what happened; ARMv6-M does not know.
function(reports_fault program message)
  if(NOT TARGET ${program})
    nn_add_program(${program} SOURCES refused/${program}.cpp)
  endif()
  if(CMAKE_TOOLCHAIN_FILE MATCHES armv6m)
    set(message "a hard fault .this core states no cause.")
  endif()
  add_test(NAME run.reports.${program} COMMAND ${cortex_m}/run ${board_machine} $<TARGET_FILE:${program}>)
  set_tests_properties(run.reports.${program} PROPERTIES PASS_REGULAR_EXPRESSION "fault: ${message}")
endfunction()
reports_fault(faults "an undefined instruction .*at pc 0x.*r0 0x.*sp 0x")
reports_fault(faults_at_address "data read or written where .*address 0xb0000040")
reports_fault(faults_of_stack ".*the stack pointer has left the RAM")
add_test(NAME run.fails_at_a_fault COMMAND ${cortex_m}/run ${board_machine} $<TARGET_FILE:faults>)
add_test(NAME run.passes_the_status_on COMMAND ${cortex_m}/run ${board_machine} $<TARGET_FILE:fails>)
set_tests_properties(run.fails_at_a_fault run.passes_the_status_on PROPERTIES WILL_FAIL TRUE)
