# cmake --install: headers, the kernels of every architecture, and the package for find_package(ganglion).
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

install(TARGETS ganglion_nn EXPORT ganglion)
install(DIRECTORY nn DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY targets DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING
  REGEX "targets/(armv[^/]*/[^/]*|host/[^/]*|float_options|needs_cxx20)\\.hpp$"
  PATTERN board_store.hpp EXCLUDE PATTERN console.hpp EXCLUDE PATTERN platform.hpp EXCLUDE PATTERN boards EXCLUDE PATTERN chips
  EXCLUDE PATTERN cortex_m EXCLUDE)
install(EXPORT ganglion NAMESPACE ganglion:: FILE ganglion-config.cmake DESTINATION ${CMAKE_INSTALL_DATADIR}/ganglion)
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/ganglion-config-version.cmake
  COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/ganglion-config-version.cmake DESTINATION ${CMAKE_INSTALL_DATADIR}/ganglion)
