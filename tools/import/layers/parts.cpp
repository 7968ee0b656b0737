// SLICE, STRIDED_SLICE and GATHER: of all steps that a recurrent layer gives the last one is its LastStep.
#include "tools/import/layer_kind.hpp"
#include "tools/import/operator_kind.hpp"

namespace tools::importer {

namespace {

// What is cut out: the whole, or the last so many numbers of it, or something else.
enum class Cut { nothing, end, other };

Cut cut_of(const Node& node) {
  const Shape& x = node.input().shape;
  Shape y = node.output().shape;
  std::vector<int> begin;
  if (node.op.kind == "gather") {
    const std::vector<std::int64_t> index = node.constant(1);
    const std::size_t axis = node.axis(node.whole("axis"), x.size());
    if (index.size() != 1) return Cut::other;
    begin.assign(x.size(), 0);
    begin[axis] = static_cast<int>(index[0]);
    y = x;
    y[axis] = 1;
  } else {
    const OperatorKind* kind = OperatorKind::find(node.op.kind);
    const std::optional<Part> part = kind->part == nullptr ? std::nullopt : kind->part(node, 0);
    if (!part) return Cut::other;  // some steps apart, or backwards
    if (element_count(x) == element_count(y)) return Cut::nothing;
    begin = part->begin;
    y.resize(x.size(), 1);
    if (node.output().shape.size() != x.size())  // extents of 1 are gone
      for (std::size_t d = 0, at = 0; d < x.size(); ++d)
        y[d] = at < node.output().shape.size() && node.output().shape[at] == x[d] ? node.output().shape[at++] : 1;
  }
  for (std::size_t d = 0; d < x.size(); ++d) {
    if (x[d] == y[d]) continue;
    const bool alone =
        std::equal(x.begin() + static_cast<std::ptrdiff_t>(d) + 1, x.end(), y.begin() + static_cast<std::ptrdiff_t>(d) + 1);
    return alone && element_count({x.begin(), x.begin() + static_cast<std::ptrdiff_t>(d)}) == 1 && begin[d] + y[d] == x[d]
               ? Cut::end
               : Cut::other;
  }
  return Cut::nothing;
}

void add(const Node& node, Chain& chain) {
  const Cut cut = cut_of(node);
  if (cut == Cut::nothing) return;
  const auto left = static_cast<std::size_t>(element_count(node.output().shape));
  while (!chain.layers.empty() && (chain.layers.back().name == "Reshape" || chain.layers.back().name == "Flatten"))
    chain.layers.pop_back();
  if (cut == Cut::end && !chain.layers.empty() && !chain.layers.back().reversed) {
    Layer& last = chain.layers.back();
    const bool recurrent = last.name == "Gru" || last.name == "Lstm" || last.name == "Rnn";
    if (recurrent && left == last.output.channels && last.output.width > 1) {
      const std::size_t units = last.options.find_first_of(",>");
      last.options.insert(units, ", nn::LastStep");
      last.output = {.channels = left};
      return;
    }
  }
  node.refuse("cuts out a part, for which nn/ has no layer", "the last step of a recurrent layer");
}

const LayerKind slice{{.kind = "slice", .add = add}}, strided_slice{{.kind = "strided_slice", .add = add}},
    gather{{.kind = "gather", .add = add}};

}  // namespace

}  // namespace tools::importer
