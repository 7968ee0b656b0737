// Plans of drawn graphs, made at run time: every operator finds in the planned memory what was written for it. An operator here
// is only the order in which it reads and writes; each byte holds the name of the number that it belongs to. And the distances
// that walked() finds row by row are those that it finds one by one.
#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

#include "expect.hpp"
#include "nn/graph/plan.hpp"
#include "nn/graph/window.hpp"
#include "nn/random.hpp"

namespace {

using namespace nn::graph;

nn::Random generator{11};
std::int32_t below(std::int32_t count) { return static_cast<std::int32_t>(generator.next() % static_cast<std::uint32_t>(count)); }
bool one_in(std::int32_t count) { return below(count) == 0; }

// Part `p` of the output is `written` bytes, made of the bytes reads[p] of input 0; of the other inputs, of those that lie as the
// output does.
struct Walk {
  std::int32_t parts = 0;
  std::int32_t written = 0;
  std::int32_t at_once = 1;
  std::vector<Reads> reads;
  bool elementwise = false;  // reads each number before it writes it
};

struct Drawn {
  std::vector<TensorFacts> tensors;
  std::vector<StepFacts> steps;
  std::vector<Read> reads;
  std::vector<Walk> walks;
  std::vector<std::int32_t> inputs, outputs;
  bool keeps = false;

  Facts facts() const { return {tensors, steps, reads, inputs, outputs, keeps}; }
};

Drawn draw() {
  Drawn all;
  all.keeps = one_in(3);
  all.tensors.push_back({.bytes = 1 + below(60)});
  all.inputs = {0};
  if (one_in(2)) all.tensors.push_back({.bytes = 1 + below(40), .variable = true});
  const std::int32_t steps = 1 + below(12);
  for (std::int32_t s = 0; s < steps; ++s) {
    const std::int32_t count = static_cast<std::int32_t>(all.tensors.size());
    // The last few are likelier.
    const std::int32_t from = one_in(3) ? below(count) : std::max(0, count - 1 - below(2));
    const std::int32_t size = all.tensors[static_cast<std::size_t>(from)].bytes;
    Walk walk;
    walk.parts = 1 + below(8);
    walk.written = 1 + below(8);
    walk.at_once = one_in(3) ? 2 : 1;
    for (std::int32_t p = 0; p < walk.parts; ++p) {
      const std::int32_t middle = size * p / walk.parts;
      const std::int32_t first = std::max(0, middle - below(6));
      walk.reads.push_back({std::min(first, size - 1), std::min(size, first + 1 + below(8))});
      walk.reads.back().end = std::max(walk.reads.back().end, walk.reads.back().first + 1);
    }
    const bool elementwise = one_in(3);
    if (elementwise) {
      walk = {size, 1, 1, {}, true};
      for (std::int32_t p = 0; p < size; ++p) walk.reads.push_back({p, p + 1});
    }
    StepFacts step{.output = count,
                   .first_read = static_cast<std::int32_t>(all.reads.size()),
                   .reads = 1,
                   .scratch = one_in(3) ? below(20) : 0,
                   .state = one_in(8) ? below(9) : 0};
    const auto read = [&walk](std::int32_t p) { return walk.reads[static_cast<std::size_t>(p)]; };
    all.reads.push_back({from, elementwise ? in_place
                               : one_in(4) ? no_overlap
                                           : walked(walk.parts, walk.at_once, walk.written, size, read)});
    for (std::int32_t other = 0; elementwise && other < count && all.reads.size() < 40; ++other)
      if (other != from && all.tensors[static_cast<std::size_t>(other)].bytes == size && one_in(2)) {
        all.reads.push_back({other, in_place});
        ++step.reads;
      }
    // Into a tensor of its own, a part of a new whole, or over a variable of the same size.
    const std::int32_t bytes = walk.parts * walk.written;
    if (elementwise && all.tensors[static_cast<std::size_t>(from)].variable) {
      step.output = from;
    } else if (one_in(4)) {
      all.tensors.push_back({.bytes = bytes, .whole = count + 1, .begin = below(5)});
      all.tensors.push_back({.bytes = all.tensors.back().begin + bytes + below(5)});
    } else {
      all.tensors.push_back({.bytes = bytes});
    }
    all.steps.push_back(step);
    all.walks.push_back(walk);
  }
  all.outputs = {all.steps.back().output, all.steps[static_cast<std::size_t>(below(steps))].output};
  return all;
}

// The memory, each byte with the name of what lies there: the tensor, how often it was written, and which of its bytes it is.
class Memory {
 public:
  Memory(const Drawn& all, std::int32_t bytes, const std::vector<Block>& places)
      : blocks{places}, cell(static_cast<std::size_t>(bytes), 0), version(all.tensors.size(), 0) {}

  void write(std::int32_t tensor, std::int32_t from, std::int32_t count) {
    for (std::int32_t i = from; i < from + count; ++i) at(tensor, i) = name(tensor, i);
  }
  void fill(std::size_t block) {
    for (std::int32_t i = 0; i < blocks[block].bytes; ++i) cell[static_cast<std::size_t>(blocks[block].offset + i)] = 0;
  }
  // Was byte i of the tensor read as it was before version `before` of it was begun?
  bool holds(std::int32_t tensor, std::int32_t i, std::uint64_t versions) { return at(tensor, i) == name(tensor, i, versions); }
  void begin(std::int32_t tensor) { ++version[static_cast<std::size_t>(tensor)]; }
  std::uint64_t version_of(std::int32_t tensor) const { return version[static_cast<std::size_t>(tensor)]; }

 private:
  std::uint64_t& at(std::int32_t tensor, std::int32_t i) {
    return cell[static_cast<std::size_t>(blocks[static_cast<std::size_t>(tensor)].offset + i)];
  }
  std::uint64_t name(std::int32_t tensor, std::int32_t i) const { return name(tensor, i, version_of(tensor)); }
  static std::uint64_t name(std::int32_t tensor, std::int32_t i, std::uint64_t versions) {
    return versions << 40 | static_cast<std::uint64_t>(tensor + 1) << 20 | static_cast<std::uint64_t>(i);
  }

  const std::vector<Block>& blocks;
  std::vector<std::uint64_t> cell;
  std::vector<std::uint64_t> version;
};

bool is_written(const Drawn& all, std::int32_t tensor) {
  return all.tensors[static_cast<std::size_t>(tensor)].variable || tensor == 0 ||
         std::ranges::any_of(all.steps, [&](const StepFacts& step) { return step.output == tensor; });
}

std::int32_t runs_in_its_plan(const Drawn& all) {
  const Facts facts = all.facts();
  expect(parts_fit(facts));
  std::vector<Block> blocks(facts.blocks());
  std::vector<std::int32_t> order(2 * facts.blocks());
  const std::int32_t bytes = plan(facts, blocks, order);
  for (std::size_t b = 0; b < blocks.size(); ++b)
    expect(blocks[b].bytes == 0 || (blocks[b].offset % alignment == 0 && blocks[b].offset + blocks[b].bytes <= bytes));
  if (!in_place_or_apart(facts)) return bytes;

  Memory memory{all, bytes, blocks};
  std::int32_t wrong = 0;
  for (std::size_t t = 0; t < all.tensors.size(); ++t)
    if (all.tensors[t].variable) memory.write(static_cast<std::int32_t>(t), 0, all.tensors[t].bytes);
  for (std::int32_t run = 0; run < 2; ++run) {
    if (run == 0 || !all.keeps) {
      memory.begin(0);
      memory.write(0, 0, all.tensors[0].bytes);
    }
    for (std::size_t s = 0; s < all.steps.size(); ++s) {
      const StepFacts& step = all.steps[s];
      const Walk& walk = all.walks[s];
      memory.fill(facts.scratch_block(s));
      std::vector<std::uint64_t> versions;
      for (const Read& read : facts.reads_of(step)) versions.push_back(memory.version_of(read.tensor));
      memory.begin(step.output);
      const bool down = backward(facts, blocks, s);
      for (std::int32_t done = 0; done < walk.parts; ++done) {
        // What is written before the last of this part's bytes is read.
        const std::int32_t p = down ? walk.parts - 1 - done : done;
        if (!walk.elementwise)
          for (std::int32_t k = 0; k < walk.at_once && (down ? p - k >= 0 : p + k < walk.parts); ++k)
            memory.write(step.output, (down ? p - k : p + k) * walk.written, walk.written);
        for (std::size_t i = 0; i < versions.size(); ++i) {
          const std::int32_t from = facts.reads_of(step)[i].tensor;
          if (!is_written(all, from)) continue;
          const Reads bytes_read = walk.reads[static_cast<std::size_t>(p)];
          for (std::int32_t b = bytes_read.first; b < bytes_read.end; ++b) wrong += !memory.holds(from, b, versions[i]);
        }
        memory.write(step.output, p * walk.written, walk.written);
      }
    }
    for (std::int32_t output : all.outputs)
      for (std::int32_t i = 0; i < all.tensors[static_cast<std::size_t>(output)].bytes; ++i)
        wrong += !memory.holds(output, i, memory.version_of(output));
  }
  expect_equal(static_cast<std::uint32_t>(wrong), 0);
  return bytes;
}

int in_pieces = 0;
int following = 0;

// A window as it comes, over images of a few pixels, also one that leaves rows out.
void draw_window() {
  Window window{.batch = 1 + below(2),
                .input = {1 + below(7), 1 + below(7), 1 + below(3)},
                .kernel = {1 + below(3), 1 + below(3)},
                .stride = {1 + below(3), 1 + below(3)},
                .dilation = {1 + below(3), 1 + below(3)}};
  const auto fit = [](std::int32_t input, std::int32_t kernel, std::int32_t stride, std::int32_t dilation, std::int32_t& before) {
    const std::int32_t reach = (kernel - 1) * dilation + 1;
    before = below(reach) - (one_in(4) ? below(input) : 0);
    const std::int32_t behind = below(reach);
    return std::max(0, (input + before + behind - reach)) / stride + (input + before + behind >= reach ? 1 : 0);
  };
  window.output = {
      fit(window.input.height, window.kernel.height, window.stride.height, window.dilation.height, window.before.height),
      fit(window.input.width, window.kernel.width, window.stride.width, window.dilation.width, window.before.width),
      1 + below(4)};
  for (std::int32_t p = 0; p < window.pixels(); ++p) {
    const Window::Place at = window.place(p);
    if (at.rows.first >= at.rows.last || at.columns.first >= at.columns.last) return;
  }
  if (window.pixels() == 0) return;
  for (std::int32_t at_once = 1; at_once <= 2; ++at_once) {
    const Overlap one_by_one =
        walked(window.pixels(), at_once, window.output.channels, window.batch * window.input.pixels() * window.input.channels,
               [&](std::int32_t p) {
                 const Window::Place at = window.place(p);
                 return Reads{window.pixel(at, at.rows.first, at.columns.first) * window.input.channels,
                              (window.pixel(at, at.rows.last - 1, at.columns.last - 1) + 1) * window.input.channels};
               });
    const Overlap by_rows = window.overlap(at_once);
    expect(by_rows.below == one_by_one.below && by_rows.above == one_by_one.above);
  }
  // The pixels of a window in one piece, and of windows that follow each other.
  std::int32_t next = window.pixel(window.place(0), 0, 0);
  bool in_one_piece = true, end_to_end = true;
  for (std::int32_t p = 0; p < window.pixels(); ++p) {
    const Window::Place at = window.place(p);
    if (!window.whole(at)) return expect(!window.in_one_piece());
    const std::int32_t first = window.pixel(at, 0, 0);
    end_to_end = end_to_end && first == next;
    next = first;
    for (std::int32_t k = 0; k < window.kernel.height; ++k)
      for (std::int32_t l = 0; l < window.kernel.width; ++l) in_one_piece = in_one_piece && window.pixel(at, k, l) == next++;
  }
  if (window.in_one_piece()) expect(in_one_piece);
  if (window.end_to_end()) expect(in_one_piece && end_to_end);
  in_pieces += window.in_one_piece();
  following += window.end_to_end() && window.pixels() > 1;
}

}  // namespace

int main() {
  std::int64_t bytes = 0, apart_bytes = 0;
  for (int i = 0; i < 20000 / EVERY; ++i) {
    const Drawn drawn = draw();
    bytes += runs_in_its_plan(drawn);
    for (const TensorFacts& tensor : drawn.tensors) apart_bytes += tensor.bytes;
  }
  expect(bytes < apart_bytes * 2 / 3);  // they do share memory
  for (int i = 0; i < 20000 / EVERY; ++i) draw_window();
  expect(in_pieces > 100 / EVERY && following > 20 / EVERY);
  for (std::int32_t rows = 1; rows < 6; ++rows)
    for (std::int32_t read = 1; read < 6; ++read)
      for (std::int32_t written = 1; written < 6; ++written) {
        const Overlap one_by_one = walked(rows, 1, written, rows * read, [read](std::int32_t r) {
          return Reads{r * read, (r + 1) * read};
        });
        const Overlap at_once = walked_rows(rows, read, written);
        expect(at_once.below == one_by_one.below && at_once.above == one_by_one.above);
      }
  return expectations_failed();
}
