#include <algorithm>

#include "tools/data/text.hpp"
#include "tools/import/stream.hpp"

namespace tools::importer {

std::vector<std::string> Streamed::table() const {
  std::vector<std::string> lines;
  const auto line = [&](std::string name, auto... figures) {
    name.resize(std::max(name.size() + 1, std::size_t{28}), ' ');
    const auto right = [](const std::string& figure) {
      return std::string(figure.size() < 12 ? 12 - figure.size() : 1, ' ') + figure;
    };
    lines.push_back(name + (right(text(figures)) + ...));
  };
  line("operator", "frames", "computed", "at edges", "state", "MACs", "of a window");
  StreamedCost all{.name = "total",
                   .frames = 0,
                   .computed = 0,
                   .edges = 0,
                   .state = input_state,
                   .products = 0,
                   .edge_products = 0,
                   .window_products = 0};
  if (input_state > 0) line("input", frames, hop, 0, input_state, 0, 0);
  for (const StreamedCost& each : costs) {
    line(each.name, each.frames, each.computed, each.edges, each.state, each.products, each.window_products);
    all.state += each.state;
    all.products += each.products;
    all.edge_products += each.edge_products;
    all.window_products += each.window_products;
  }
  line(all.name, "", "", "", all.state, all.products, all.window_products);
  lines.push_back(text(hop, " of ", frames, " frames at a time; ", all.edge_products, " of ", all.products,
                       " MACs are for the edges of the window"));
  return lines;
}

}  // namespace tools::importer
