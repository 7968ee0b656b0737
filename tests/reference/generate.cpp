#include <algorithm>

#include "builder.hpp"

namespace reference {

namespace {

const std::vector<Named>& generators() {
  static const std::vector<Named> all = [] {
    std::vector<Named> list;
    add_product_generators(list);
    add_element_generators(list);
    add_movement_generators(list);
    add_state_generators(list);
    return list;
  }();
  return all;
}

}  // namespace

std::vector<std::string> generator_names() {
  std::vector<std::string> names;
  for (const Named& each : generators()) names.emplace_back(each.name);
  return names;
}

Generated generate(std::uint64_t seed, const std::string& only) {
  Random random{seed ^ 0xABCDEF};
  const int operators = only.empty() && random.one_in(3) ? random.number(2, 6) : 1;
  Builder builder{seed, operators > 1};
  Generated made;
  for (int i = 0; i < operators; ++i) {
    std::vector<Named> fitting = generators();
    if (!only.empty()) std::erase_if(fitting, [&](const Named& each) { return each.name != only; });
    if (fitting.empty()) throw Unknown{"no generator of this name: " + only};
    const Named chosen = random.pick(fitting);
    chosen.generate(builder);
    made.names.emplace_back(chosen.name);
  }
  made.model = builder.finished();
  for (int c = 0; c < 3; ++c) {
    std::vector<Array>& inputs = made.cases.emplace_back();
    for (int t : made.model.graphs[0].inputs) inputs.push_back(builder.random_array(t));
  }
  return made;
}

}  // namespace reference
