# A recipe for Conan 2 that needs no network: the headers lie beside it.
import os

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.files import copy


class Ganglion(ConanFile):
    name = "ganglion"
    version = "@VERSION@"
    license = "@LICENSE@"
    url = "@URL@"
    homepage = "@URL@"
    description = "@SENTENCE@"
    topics = ("neural-network", "machine-learning", "cortex-m", "header-only")
    package_type = "header-library"
    settings = "os", "arch", "compiler", "build_type"
    exports_sources = "include/*", "LICENSE"
    no_copy_source = True

    def validate(self):
        check_min_cppstd(self, 20)

    def package_id(self):
        self.info.clear()

    def package(self):
        copy(self, "LICENSE", self.source_folder, os.path.join(self.package_folder, "licenses"))
        copy(self, "*.hpp", os.path.join(self.source_folder, "include"), os.path.join(self.package_folder, "include"))

    def package_info(self):
        self.cpp_info.set_property("cmake_file_name", "ganglion")
        self.cpp_info.set_property("cmake_target_name", "ganglion::nn")
        self.cpp_info.bindirs = []
        self.cpp_info.libdirs = []
        self.cpp_info.cxxflags = ["-ffp-contract=off"]
