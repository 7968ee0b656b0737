// of_type<Kernel>(type, members…): an operator on numbers of a type that is known at run time.
#pragma once

#include "tools/import/number_of.hpp"
#include "tools/import/operation.hpp"

namespace tools::importer {

// Kernel<Number>{members…}; the type must be one of computed_types.
template <template <class> class Kernel>
Operation of_type(Type type, auto... members) {
  return with_number_of(type, [&]<class Number>(Number) -> Operation { return Kernel<Number>{members...}; });
}

}  // namespace tools::importer
