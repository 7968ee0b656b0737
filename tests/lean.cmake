# Every image is lean: no heap, exceptions, unwinder, guards of local statics, double or printf. Read from the linked ELF.
get_property(programs GLOBAL PROPERTY firmware_programs)
get_property(tests DIRECTORY PROPERTY BUILDSYSTEM_TARGETS)
foreach(program IN LISTS programs tests)
  add_test(NAME lean.${program} COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/lean $<TARGET_FILE:${program}>)
endforeach()
