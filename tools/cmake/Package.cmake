# The Debian package: the binary, its unit, its configuration file, the licences of what is inside. `tools/dev package`
# calls CPack after the server was built; nothing here is part of a usual build.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)  # a package needs the server and none of the tests
set(packaging ${CMAKE_SOURCE_DIR}/tools/packaging)

set(copyright ${CMAKE_BINARY_DIR}/package/copyright)
add_custom_command(OUTPUT ${copyright}
  COMMAND ${Python3_EXECUTABLE} ${packaging}/copyright.py ${copyright} --deps ${TIDEWATER_DEPS_DIR}
  DEPENDS ${packaging}/copyright.py ${CMAKE_SOURCE_DIR}/tools/deps
  COMMENT "Collecting licences" VERBATIM)
# A version of our own has no changelog of Debian's; the file says where ours is read.
set(TIDEWATER_CONTACT "Tidewater maintainers <maintainers@tidewater.example>" CACHE STRING "Maintainer of the package")
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/package/changelog CONTENT
  "tidewater (${PROJECT_VERSION}) stable; urgency=medium\n\n  * See CHANGELOG.md of the sources.\n\n -- ${TIDEWATER_CONTACT}  Thu, 01 Jan 2026 00:00:00 +0000\n")
add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/package/changelog.gz
  COMMAND gzip -9nk -f changelog
  DEPENDS ${CMAKE_BINARY_DIR}/package/changelog
  WORKING_DIRECTORY ${CMAKE_BINARY_DIR}/package VERBATIM)
add_custom_target(package_files DEPENDS ${copyright} ${CMAKE_BINARY_DIR}/package/changelog.gz tidewater)

# Relative to /, so that /etc and /lib need no tricks.
install(TARGETS tidewater RUNTIME DESTINATION usr/bin)
install(FILES ${packaging}/tidewater.service DESTINATION lib/systemd/system)
install(FILES ${packaging}/tidewater.conf DESTINATION etc/tidewater)
install(FILES ${copyright} ${CMAKE_BINARY_DIR}/package/changelog.gz DESTINATION usr/share/doc/tidewater)
install(FILES ${packaging}/lintian-overrides DESTINATION usr/share/lintian/overrides RENAME tidewater)
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/package/conffiles CONTENT "/etc/tidewater/tidewater.conf\n")

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGING_INSTALL_PREFIX /)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_PACKAGE_NAME tidewater)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT ${TIDEWATER_CONTACT})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "shares customers out among people and follows each one through")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"A server for sales, tele-sales and service teams: batches of customers get one
task, are allocated to people with a preview and an explanation, and are taken
back when they are not handled. Web client and database are inside.")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION web)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libc6 (>= 2.36), adduser")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
  ${packaging}/postinst ${packaging}/prerm ${packaging}/postrm ${CMAKE_BINARY_DIR}/package/conffiles)
include(CPack)
