# An overlay port that needs no network: the headers lie in source/ beside this file. vcpkg 2024.x and later.
set(SOURCE_PATH ${CMAKE_CURRENT_LIST_DIR}/source)
file(INSTALL ${SOURCE_PATH}/include/ DESTINATION ${CURRENT_PACKAGES_DIR}/include/${PORT})
file(INSTALL ${CMAKE_CURRENT_LIST_DIR}/ganglion-config.cmake DESTINATION ${CURRENT_PACKAGES_DIR}/share/${PORT})
file(INSTALL ${CMAKE_CURRENT_LIST_DIR}/usage DESTINATION ${CURRENT_PACKAGES_DIR}/share/${PORT})
vcpkg_install_copyright(FILE_LIST ${SOURCE_PATH}/LICENSE)
