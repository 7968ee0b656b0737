#include "tools/import/header.hpp"
namespace tools::importer {
std::string header(const Network&, const std::string&, const std::string&, const std::string&) { return ""; }
}
