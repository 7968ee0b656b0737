# nn_host_tool(<variable> <tool>)
#
# sets <variable> to what COMMAND and DEPENDS of a custom command need to run <tool>, a program of this project that runs
# on this machine. A board's build, and an outside project, have it from the folder GANGLION_HOST_TOOLS (such as build/host/bin),
# or, if that has none, build it in host-tools/ of their own, from the same sources, when something asks for it. A build for this
# machine that TESTS restricts takes it from GANGLION_HOST_TOOLS, too, if that is set.
set(GANGLION_HOST_TOOLS "" CACHE PATH
  "folder of host programs for a board's build or an outside project; without it they are built")

function(nn_host_tool variable tool)
  if(BOARD STREQUAL host AND ganglion_IS_TOP_LEVEL AND NOT (GANGLION_HOST_TOOLS AND TESTS))
    set(${variable} $<TARGET_FILE:${tool}> PARENT_SCOPE)
    return()
  endif()
  if(GANGLION_HOST_TOOLS)
    cmake_path(ABSOLUTE_PATH GANGLION_HOST_TOOLS BASE_DIRECTORY ${ganglion_SOURCE_DIR} OUTPUT_VARIABLE folder)
    if(NOT EXISTS ${folder})
      message(FATAL_ERROR "GANGLION_HOST_TOOLS is ${folder}, which does not exist; build the preset host, or leave it out")
    endif()
    if(EXISTS ${folder}/${tool})
      set(${variable} ${folder}/${tool} PARENT_SCOPE)
      return()
    endif()
  endif()

  set(build ${ganglion_BINARY_DIR}/host-tools)
  set(program ${build}/bin/${tool})
  if(NOT TARGET host_tools)
    add_custom_command(OUTPUT ${build}/CMakeCache.txt VERBATIM
      COMMAND ${CMAKE_COMMAND} -S ${ganglion_SOURCE_DIR} -B ${build} -G ${CMAKE_GENERATOR}
              -DBOARD=host -DBUILD_TESTING=OFF -DJOIN=ON -DCMAKE_RUNTIME_OUTPUT_DIRECTORY=${build}/bin
      COMMENT "Configuring the host tools")
    add_custom_target(host_tools DEPENDS ${build}/CMakeCache.txt)
  endif()
  # Always run: the inner build knows what is out of date.
  if(NOT TARGET host_tool_${tool})
    add_custom_target(host_tool_${tool} COMMAND ${CMAKE_COMMAND} --build ${build} --target ${tool}
      BYPRODUCTS ${program} COMMENT "Building ${tool} for this machine" USES_TERMINAL VERBATIM)
    add_dependencies(host_tool_${tool} host_tools)
  endif()
  set(${variable} ${program} PARENT_SCOPE)
endfunction()
