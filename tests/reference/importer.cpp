#include "importer.hpp"

#include "tools/import/header.hpp"
#include "tools/import/probe.hpp"
#include "tools/import/remove_constants.hpp"
#include "tools/tflite/read.hpp"

namespace reference {

namespace {

using namespace tools::importer;

std::vector<std::int8_t> signed_bytes(const Bytes& from) { return {from.begin(), from.end()}; }

Network lowered(const Bytes& file, Manner manner) {
  return lower(tools::tflite::parse_model("model", {file.data(), file.size()}), manner);
}

}  // namespace

struct Imported::Parts {
  Network network, apart;
  std::optional<Runner> runner{};
};

Imported::~Imported() = default;

Imported::Imported(const Bytes& file, bool removes, int rows)
    : parts{new Parts{lowered(file, Manner::merged), lowered(file, Manner::apart)}} {
  if (removes) remove_constants(parts->network);
  parts->network.rows = rows;
  parts->network.pushes_rows = rows % 2 != 0;
  parts->runner.emplace(parts->network);
}

int Imported::row_operators() const { return parts->runner->row_operators(); }

std::vector<Bytes> Imported::run(const std::vector<Bytes>& inputs) {
  std::vector<std::vector<std::int8_t>> x;
  for (const Bytes& input : inputs) x.push_back(signed_bytes(input));
  const std::vector<std::int8_t> all = parts->runner->run(x);
  std::vector<Bytes> outputs;
  auto from = all.begin();
  for (int t : parts->network.outputs) {
    const std::int32_t bytes = parts->network.tensor(t).bytes;
    outputs.emplace_back(from, from + bytes);
    from += bytes;
  }
  return outputs;
}

std::string Imported::header(const std::string& name, const std::vector<std::vector<Bytes>>& inputs,
                             const std::vector<std::vector<Bytes>>& outputs) const {
  Cases cases;
  cases.count = inputs.size();
  const auto collect = [](const std::vector<std::vector<Bytes>>& from, std::vector<std::vector<std::int8_t>>& to) {
    for (const auto& all : from) {
      to.resize(all.size());
      for (std::size_t i = 0; i < all.size(); ++i) to[i].insert(to[i].end(), all[i].begin(), all[i].end());
    }
  };
  collect(inputs, cases.inputs);
  collect(outputs, cases.outputs);
  return tools::importer::header(parts->network, name, "tests/reference", probe("model", parts->apart, parts->network), cases);
}

}  // namespace reference
