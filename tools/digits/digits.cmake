# find_digits(<training> <test>)
#
# sets two variables to CSV files of digits, 8x8: optdigits where it is at hand, else drawn when they are needed.
function(find_digits training test)
  find_real_data(data)
  set(files ${data}/optdigits/optdigits.tra ${data}/optdigits/optdigits.tes)
  list(GET files 0 first)
  if(NOT EXISTS ${first})
    set(files ${CMAKE_CURRENT_BINARY_DIR}/training.csv ${CMAKE_CURRENT_BINARY_DIR}/test.csv)
    list(GET files 0 first)
    list(GET files 1 second)
    nn_host_tool(draw_digits draw_digits)
    nn_make_files(OUTPUT ${files} COMMAND ${draw_digits} --train ${first} --test ${second}
      DEPENDS ${draw_digits} COMMENT "Drawing digits")
  endif()
  list(GET files 1 second)
  set(${training} ${first} PARENT_SCOPE)
  set(${test} ${second} PARENT_SCOPE)
endfunction()
