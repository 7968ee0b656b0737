#include "tools/import/stream.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "nn/graph/copy.hpp"
#include "nn/graph/slide.hpp"
#include "tools/data/text.hpp"
#include "tools/import/courses.hpp"
#include "tools/import/of_type.hpp"

namespace tools::importer {

namespace {

using How = AlongTime::How;

class Streaming {
 public:
  Streaming(const Network& window, std::int32_t frames_at_a_time, const std::string& name)
      : before{window}, courses{window, frames_at_a_time, name},
        made{window, frames_at_a_time, courses.count(window.inputs[0]), 0, {}} {
    made.network.operators.clear();
  }

  Streamed run() {
    for (std::size_t t = 0; t < before.tensors.size(); ++t) hold(static_cast<int>(t));
    for (std::size_t i = 0; i < before.operators.size(); ++i) write(i);
    slide_input();
    return std::move(made);
  }

 private:
  // Its memory.
  void hold(int tensor) {
    const Course& of = courses.of(tensor);
    if (!of.moves()) return;
    Place& place = made.network.tensor(tensor);
    const auto frames = static_cast<std::int32_t>(of.stored.frames(of.frames));
    place.bytes = frames * courses.each(tensor) * bytes_of(place.type);
    if (frames != courses.count(tensor)) set_shape(place, frames, courses.each(tensor), courses.count(tensor));
    place.variable = of.stored.kept;
    if (place.variable) place.text += ", kept";
  }
  static void set_shape(Place& place, std::int32_t frames, std::int32_t each, std::int32_t of) {
    place.shape = {frames, each};
    place.text += text(", ", frames, " of ", of, " frames");
  }

  // Frames [begin, end) of a tensor, which lie one behind the other in its memory.
  int frames_of(int tensor, std::size_t begin, std::size_t end) {
    const Course& of = courses.of(tensor);
    const auto first = static_cast<std::int32_t>(of.stored.place(begin)), frames = static_cast<std::int32_t>(end - begin);
    if (frames == static_cast<std::int32_t>(of.stored.frames(of.frames))) return tensor;
    int& part = parts[{tensor, first, frames}];
    if (part == 0) {
      Place place = before.tensor(tensor);
      place.bytes = frames * courses.each(tensor) * bytes_of(place.type);
      place.whole = tensor;
      place.begin = first * courses.each(tensor);
      set_shape(place, frames, courses.each(tensor), courses.count(tensor));
      part = add(std::move(place));
    }
    return part;
  }
  int add(Place place) {
    made.network.tensors.push_back(std::move(place));
    return static_cast<int>(made.network.tensors.size()) - 1;
  }

  void apply(Operation operation, std::string name, int output, std::vector<int> inputs) {
    made.network.operators.push_back({std::move(operation), std::move(name), output, std::move(inputs)});
  }
  void slide(int tensor, const std::string& name) {
    const Course& of = courses.of(tensor);
    const auto gone = static_cast<std::int32_t>(of.frames.hop) * courses.each(tensor);
    const std::int32_t all = static_cast<std::int32_t>(of.stored.frames(of.frames)) * courses.each(tensor);
    apply(of_type<nn::graph::Slide>(before.tensor(tensor).type, all, gone), name + "_slide", tensor, {tensor});
  }

  void slide_input() {
    const int input = before.inputs[0];
    const Course& of = courses.of(input);
    made.network.inputs = {frames_of(input, of.frames.count() - of.frames.hop, of.frames.count())};
    if (!of.stored.kept) return;
    slide(input, "input");
    made.input_state = made.network.tensor(input).bytes;
  }

  void write(std::size_t i) {
    const Applied& applied = before.operators[i];
    const Course& to = courses.of(applied.output);
    const std::size_t first_made = made.network.operators.size();
    if (!to.moves()) {
      std::vector<int> inputs;
      for (int input : applied.inputs)
        inputs.push_back(courses.of(input).moves() ? frames_of(input, 0, courses.of(input).frames.count()) : input);
      apply(applied.operation, applied.name, applied.output, inputs);
    } else {
      if (to.stored.kept) slide(applied.output, applied.name);
      write_frames(i);
    }
    add_cost(applied, to, first_made);
  }

  void write_frames(std::size_t i) {
    const Applied& applied = before.operators[i];
    const nn::Wanted computed = courses.of(applied.output).stored.computed;
    const std::size_t all = courses.of(applied.output).frames.count();
    if (computed.start > 0 && is_frame_by_frame(i) && gathers(applied)) return write_at_once(i);
    if (computed.start > 0) piece(i, 0, computed.start, applied.name + "_edge");
    piece(i, computed.end, all, applied.name);
  }

  bool is_frame_by_frame(std::size_t i) const {
    const AlongTime& how = courses.along(i);
    return how.how == How::each_frame || (how.taps == 1 && how.stride == 1 && how.before == 0 && how.after == 0);
  }
  // Are the frames that it computes those that its inputs hold, and is it worth to have its weights once?
  bool gathers(const Applied& applied) {
    const nn::Wanted computed = courses.of(applied.output).stored.computed;
    if (applied.operation->products() == 0) return false;
    return std::ranges::all_of(applied.inputs, [&](int input) {
      const nn::Stored& held = courses.of(input).stored;
      return courses.of(input).moves() && !held.kept && held.held.start == computed.start && held.held.end == computed.end;
    });
  }
  void write_at_once(std::size_t i) {
    const Applied& applied = before.operators[i];
    const int output = applied.output;
    const Course& to = courses.of(output);
    const nn::Wanted computed = to.stored.computed;
    const std::size_t all = to.frames.count(), behind = all - computed.end;
    const auto frames = static_cast<std::int32_t>(computed.start + behind);
    int whole = output;
    if (to.stored.frames(to.frames) != static_cast<std::size_t>(frames)) {
      Place place = before.tensor(output);
      place.bytes = frames * courses.each(output) * bytes_of(place.type);
      set_shape(place, frames, courses.each(output), courses.count(output));
      whole = add(std::move(place));
    }
    const Cut cut{0, frames, static_cast<std::int32_t>(all), frames, 0, courses.count(applied.inputs[0])};
    apply(applied.operation->on_frames(cut), applied.name, whole, applied.inputs);
    if (whole == output) return;
    const auto copy = [&](std::size_t begin, std::size_t end, std::int32_t from, const char* name) {
      Place place = before.tensor(output);
      const auto some = static_cast<std::int32_t>(end - begin);
      place.bytes = some * courses.each(output) * bytes_of(place.type);
      place.whole = whole;
      place.begin = from * courses.each(output);
      set_shape(place, some, courses.each(output), courses.count(output));
      apply(of_type<nn::graph::Copy>(place.type, some * courses.each(output)), applied.name + name, frames_of(output, begin, end),
            {add(std::move(place))});
    };
    copy(0, computed.start, 0, "_edge");
    copy(computed.end, all, static_cast<std::int32_t>(computed.start), "_end");
  }

  // Frames [begin, end) of the output of operator i.
  void piece(std::size_t i, std::size_t begin, std::size_t end, const std::string& name) {
    const Applied& applied = before.operators[i];
    Cut cut{.first = static_cast<std::int32_t>(begin),
            .frames = static_cast<std::int32_t>(end - begin),
            .of = courses.count(applied.output),
            .under = 0,
            .before = 0,
            .input = 0};
    std::vector<int> inputs;
    for (int input : applied.inputs) {
      if (!courses.of(input).moves()) {
        inputs.push_back(input);
        continue;
      }
      nn::UnderWindow under{begin, end, 0, 0};
      if (courses.along(i).how == How::window)
        under = nn::under_window(courses.axis(i, courses.of(input).frames.count()), begin, end);
      cut.under = static_cast<std::int32_t>(under.end - under.begin);
      cut.before = static_cast<std::int32_t>(under.before);
      cut.input = courses.count(input);
      if (cut.under == 0) {  // of a single tap: nothing is read
        if (courses.along(i).taps > 1)
          courses.refuse(applied.name, "makes frames of padding alone, so it cannot stream", "windows that lie over the input");
        under.begin = courses.of(input).frames.count() - 1;
        under.end = courses.of(input).frames.count();
      }
      inputs.push_back(frames_of(input, under.begin, under.end));
    }
    apply(applied.operation->on_frames(cut), name, frames_of(applied.output, begin, end), inputs);
  }

  void add_cost(const Applied& applied, const Course& to, std::size_t first_made) {
    StreamedCost cost{.name = applied.name, .frames = 1, .computed = 1, .edges = 0, .state = 0, .products = 0, .edge_products = 0,
                      .window_products = applied.operation->products()};
    if (to.moves()) {
      cost.frames = courses.count(applied.output);
      const nn::Wanted computed = to.stored.computed;
      cost.computed = static_cast<std::int64_t>(computed.start + to.frames.count() - computed.end);
      cost.edges = std::max(cost.computed - static_cast<std::int64_t>(to.frames.hop), std::int64_t{0});
      if (to.stored.kept) cost.state = made.network.tensor(applied.output).bytes;
    }
    for (std::size_t o = first_made; o < made.network.operators.size(); ++o)
      cost.products += made.network.operators[o].operation->products();
    cost.edge_products = cost.products * cost.edges / std::max(cost.computed, std::int64_t{1});
    made.costs.push_back(std::move(cost));
  }

  const Network& before;
  Courses courses;
  Streamed made;
  std::map<std::array<int, 3>, int> parts;
};

}  // namespace

Streamed stream(const Network& window, std::int32_t hop, const std::string& file) { return Streaming{window, hop, file}.run(); }

}  // namespace tools::importer
