#include "tools/import/run.hpp"

#include <algorithm>
#include <cstring>
#include <memory>

namespace tools::importer {

namespace {

bool is_byte(Type type) { return type == Type::int8 || type == Type::uint8; }

// nn::graph::allowed_overlap.
nn::graph::Overlap overlap(const Network& network, const Applied& applied, std::size_t i) {
  const Type to = network.tensor(applied.output).type, from = network.tensor(applied.inputs[i]).type;
  return to == from || is_byte(to) || is_byte(from) ? applied.operation->overlap(static_cast<int>(i)) : nn::graph::no_overlap;
}

}  // namespace

Runner::Runner(const Network& all) : network{all} {
  int placed = 0;
  for (const Place& tensor : network.tensors) number.push_back(tensor.constant.empty() ? placed++ : -1);
  for (const Place& tensor : network.tensors) {
    if (!tensor.constant.empty()) continue;
    const int whole = tensor.whole < 0 ? -1 : number[static_cast<std::size_t>(tensor.whole)];
    tensors.push_back(
        {.bytes = tensor.bytes, .whole = whole, .begin = tensor.begin * bytes_of(tensor.type), .variable = tensor.variable});
  }
  for (const Applied& applied : network.operators) {
    nn::graph::StepFacts& step = steps.emplace_back();
    step.output = number[static_cast<std::size_t>(applied.output)];
    step.first_read = static_cast<std::int32_t>(reads.size());
    for (std::size_t i = 0; i < applied.inputs.size(); ++i)
      if (const int input = number[static_cast<std::size_t>(applied.inputs[i])]; input >= 0)
        reads.push_back({input, overlap(network, applied, i)});
    step.reads = static_cast<std::int32_t>(reads.size()) - step.first_read;
    step.scratch = applied.operation->scratch();
    step.state = applied.operation->state();
  }
  for (int input : network.inputs) inputs.push_back(number[static_cast<std::size_t>(input)]);
  for (int output : network.outputs)
    if (const int computed = number[static_cast<std::size_t>(output)]; computed >= 0) outputs.push_back(computed);
  facts = {.tensors = tensors,
           .steps = steps,
           .reads = reads,
           .inputs = inputs,
           .outputs = outputs,
           .keeps_inputs = network.keeps_inputs};
  if (network.rows > 0) plan_by_rows();
  if (rows_first == 0) {
    blocks.resize(facts.blocks());
    std::vector<std::int32_t> order(2 * facts.blocks());
    workspace = nn::graph::plan(facts, blocks, order);
  }
  memory.resize(static_cast<std::size_t>(workspace + 7) / 8);
  reset();
}

void Runner::plan_by_rows() {
  for (const Place& tensor : network.tensors) {
    if (!tensor.constant.empty()) continue;
    const bool image = tensor.shape.size() >= 3 && tensor.shape[0] == 1;
    const std::int32_t rows = image ? static_cast<std::int32_t>(tensor.shape[1]) : 1;
    row_tensors.push_back({rows, tensor.bytes / rows});
  }
  std::vector<std::int32_t> input_of;  // of each read: the number of the operator's input
  for (std::size_t s = 0; s < steps.size(); ++s) {
    const Applied& applied = network.operators[s];
    const std::int32_t rows = row_tensors[static_cast<std::size_t>(steps[s].output)].rows;
    const std::size_t begin = needs.size();
    bool can = true;
    for (std::size_t i = 0; i < applied.inputs.size(); ++i) {
      const int tensor = number[static_cast<std::size_t>(applied.inputs[i])];
      const nn::graph::RowNeed need = applied.operation->row_need(
          static_cast<int>(i), rows, tensor < 0 ? rows : row_tensors[static_cast<std::size_t>(tensor)].rows);
      can = can && need.kind != nn::graph::RowNeed::Kind::nothing;
      if (tensor < 0) continue;
      needs.push_back(need);
      input_of.push_back(static_cast<std::int32_t>(i));
    }
    if (!can) std::fill(needs.begin() + static_cast<std::ptrdiff_t>(begin), needs.end(), nn::graph::RowNeed{});
    row_sums.push_back({begin < needs.size() ? needs[begin] : nn::graph::RowNeed{}, rows, applied.operation->sum_bytes()});
  }
  row_facts = {facts, row_tensors, row_sums, needs, network.rows, network.pushes_rows};
  rows_first = nn::graph::row_steps(row_facts);
  if (rows_first == 0) return;

  std::vector<nn::graph::RowPlace> places(tensors.size());
  std::vector<nn::graph::TensorFacts> planned_tensors(tensors.size());
  std::vector<nn::graph::StepFacts> planned_steps(steps.size());
  std::vector<nn::graph::Read> planned_reads(reads.size());
  blocks.resize(nn::graph::row_blocks(facts));
  std::vector<std::int32_t> order(2 * blocks.size()), counts(nn::graph::row_counts(facts));
  workspace = nn::graph::plan_rows(row_facts, {places, planned_tensors, planned_steps, planned_reads, blocks, order, counts},
                                   [&](std::int32_t s, std::int32_t read, nn::graph::RowRange range) {
                                     const Applied& applied = network.operators[static_cast<std::size_t>(s)];
                                     const std::int32_t i =
                                         input_of[static_cast<std::size_t>(steps[static_cast<std::size_t>(s)].first_read + read)];
                                     const Type to = network.tensor(applied.output).type,
                                                from = network.tensor(applied.inputs[static_cast<std::size_t>(i)]).type;
                                     if (to != from && !is_byte(to) && !is_byte(from)) return nn::graph::no_overlap;
                                     return applied.operation->overlap_on_rows(i, range);
                                   });
  for (std::size_t t = 0; t < tensors.size(); ++t)
    tables.push_back({blocks[t].offset, blocks[nn::graph::history_block(facts, t)].offset, row_tensors[t].row_bytes,
                      static_cast<std::int16_t>(places[t].producer), static_cast<std::int16_t>(places[t].last_reader),
                      places[t].whole});
  workspace += nn::graph::row_count_bytes(facts, rows_first);  // as nn::ByRows counts them
  planned_by_rows = {std::move(planned_tensors), std::move(planned_steps), std::move(planned_reads)};
}

void Runner::run_by_rows(const Bytes& x) {
  const std::size_t size = tensors.size();
  std::vector<std::int32_t> producers, made(static_cast<std::size_t>(rows_first) + 1), now(made.size()), first(size);
  for (const nn::graph::RowTable& table : tables) producers.push_back(table.producer);
  const std::size_t input = static_cast<std::size_t>(row_facts.input());
  const nn::graph::RowTable& table = tables[input];
  nn::graph::RowProgress counts{row_facts, rows_first, table.last_reader + 1, producers.data(), made.data(), now.data()};
  const nn::graph::RowReads who_reads{facts, rows_first};
  while (!counts.complete()) {
    first[input] = counts.first_of_input();
    const std::int32_t row = counts.pushed(), place = table.whole ? row : row - first[input];
    if ((place + 1) * table.row_bytes <= planned_facts().tensor(row_facts.input()).bytes)
      std::memcpy(at(input) + place * table.row_bytes, x.data() + row * table.row_bytes,
                  static_cast<std::size_t>(table.row_bytes));
    ++counts.pushed();
    while (!counts.done() && counts.ready()) {
      std::byte* const room = reinterpret_cast<std::byte*>(memory.data());
      const nn::graph::RowPass<nn::graph::RowReads> pass{row_facts,   tables.data(), room,         counts,
                                                         made.data(), now.data(),    first.data(), who_reads};
      counts.next();
      for (std::int32_t s = 0; s < rows_first; ++s) {
        const nn::graph::RowRange range = pass.enter(s, steps[static_cast<std::size_t>(s)].output);
        std::vector<const std::byte*> from;
        who_reads.of_step(s, [&](std::int32_t t, std::size_t i) { from.push_back(pass.input(s, t, i)); });
        if (range.rows > 0)
          run_step(static_cast<std::size_t>(s), pass.output(s, steps[static_cast<std::size_t>(s)].output), from, &range);
        for (std::size_t t = 0; t < size; ++t)
          if (!tables[t].whole && tables[t].last_reader == s) pass.leave(static_cast<std::int32_t>(t));
      }
    }
  }
}

// Reads what is no constant from these places.
void Runner::run_step(std::size_t s, std::byte* to, std::span<const std::byte* const> from, const nn::graph::RowRange* range) {
  const Applied& applied = network.operators[s];
  std::vector<nn::graph::Source> x;
  std::size_t read = 0;
  for (std::size_t i = 0; i < applied.inputs.size(); ++i) {
    const Bytes& constant = network.tensor(applied.inputs[i]).constant;
    if (constant.empty()) {
      x.push_back({from[read++]});
    } else {
      const bool by_rows = range != nullptr && applied.operation->row_need(static_cast<int>(i), range->of, range->of).kind ==
                                                   nn::graph::RowNeed::Kind::rows;
      x.push_back({reinterpret_cast<const std::byte*>(constant.data()) +
                   (by_rows ? static_cast<std::int32_t>(constant.size()) / range->of * range->first : 0)});
    }
  }
  const nn::graph::Call call{at(facts.scratch_block(s)), nn::graph::backward(planned_facts(), blocks, s),
                             at(facts.state_block(s))};
  range != nullptr ? applied.operation->run_rows(*range, call, to, x) : applied.operation->run(call, to, x);
}

void Runner::run_whole(std::size_t s) {
  std::vector<const std::byte*> from;
  for (int input : network.operators[s].inputs)
    if (network.tensor(input).constant.empty()) from.push_back(at_tensor(input));
  run_step(s, at_tensor(network.operators[s].output), from, nullptr);
}

Bytes Runner::run(const std::vector<Bytes>& x) {
  if (rows_first > 0)
    run_by_rows(x[0]);
  else
    for (std::size_t i = 0; i < x.size(); ++i) std::memcpy(at_tensor(network.inputs[i]), x[i].data(), x[i].size());
  for (std::size_t s = static_cast<std::size_t>(rows_first); s < network.operators.size(); ++s) run_whole(s);
  Bytes result;
  for (int output : network.outputs) {
    const Place& tensor = network.tensor(output);
    const std::int8_t* const first =
        tensor.constant.empty() ? reinterpret_cast<const std::int8_t*>(at_tensor(output)) : tensor.constant.data();
    result.insert(result.end(), first, first + tensor.bytes);
  }
  return result;
}

void Runner::reset() {
  for (std::size_t s = 0; s < steps.size(); ++s)
    std::fill_n(at(facts.state_block(s)), blocks[facts.state_block(s)].bytes, std::byte{0});
  for (std::size_t t = 0; t < network.tensors.size(); ++t) {
    const Place& tensor = network.tensors[t];
    if (!tensor.variable) continue;
    std::byte* const to = at_tensor(static_cast<int>(t));
    std::fill_n(to, tensor.bytes, std::byte{0});
    if (!tensor.initial.empty()) std::memcpy(to, tensor.initial.data(), tensor.initial.size());
  }
}

}  // namespace tools::importer
