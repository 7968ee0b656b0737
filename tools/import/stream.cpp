#include "tools/import/stream.hpp"

#include <algorithm>
#include <map>

#include "nn/graph/copy.hpp"
#include "nn/graph/slide.hpp"
#include "nn/streaming/frames.hpp"
#include "tools/data/failure.hpp"
#include "tools/data/text.hpp"

namespace tools::importer {

namespace {

using How = AlongTime::How;

nn::Wanted nothing(const nn::Frames& of) { return {0, of.count()}; }

nn::Axis axis(const AlongTime& along, std::size_t frames) {
  return {.input = frames, .taps = static_cast<std::size_t>(along.taps), .stride = static_cast<std::size_t>(along.stride),
          .dilation = static_cast<std::size_t>(along.dilation), .same = false, .given = true,
          .given_before = static_cast<std::size_t>(along.before), .given_after = static_cast<std::size_t>(along.after)};
}

// An operator on numbers of a type, with these members.
template <template <class> class Kernel>
Operation of_type(Type type, auto... members) {
  return with_number_of(type, [&]<class Number>(Number) -> Operation { return Kernel<Number>{members...}; });
}

class Streaming {
 public:
  Streaming(const Network& window, std::int32_t frames_at_a_time, const std::string& name)
      : before{window}, made{window, frames_at_a_time, 0, 0, {}}, hop{frames_at_a_time}, file{name},
        courses(window.tensors.size()), along(window.operators.size()) {
    made.network.operators.clear();
  }

  Streamed run() {
    take_input();
    for (std::size_t i = 0; i < before.operators.size(); ++i) follow(i);
    look_back();
    for (std::size_t t = 0; t < courses.size(); ++t) hold(static_cast<int>(t));
    for (std::size_t i = 0; i < before.operators.size(); ++i) write(i);
    slide_input();
    return std::move(made);
  }

 private:
  // How a tensor moves: its frames, what is wanted of them, and what is stored.
  struct Course {
    nn::Frames frames = nn::without_time({});
    nn::Wanted wanted{};
    nn::Stored stored{};
    bool moves() const { return frames.has_time(); }
  };

  Course& course(int tensor) { return courses[static_cast<std::size_t>(tensor)]; }
  std::int32_t numbers(int tensor) const { return before.tensor(tensor).bytes / bytes_of(before.tensor(tensor).type); }
  std::int32_t count(int tensor) { return static_cast<std::int32_t>(course(tensor).frames.count()); }
  std::int32_t each(int tensor) { return course(tensor).moves() ? numbers(tensor) / count(tensor) : 0; }
  bool is_computed(int tensor) const { return before.tensor(tensor).constant.empty(); }

  nn::Frames moving(int tensor, std::int32_t frames) const {
    const auto rows = static_cast<std::size_t>(frames);
    return {nn::TimeAxis::rows, {rows, 1, static_cast<std::size_t>(numbers(tensor) / frames)}, static_cast<std::size_t>(hop), 0, rows};
  }

  [[noreturn]] void refuse(const std::string& what, const std::string& wrong, const std::string& expected) const {
    throw failure(file + ": " + what, wrong, expected);
  }

  void take_input() {
    if (before.inputs.size() != 1)
      refuse("the model", text("has ", before.inputs.size(), " inputs"), "one, whose first axis is time, to stream");
    for (const Place& tensor : before.tensors)
      if (tensor.variable) refuse("the model", "keeps a window of its own from run to run", "one without variables, to stream");
    const int input = before.inputs[0];
    const Place& of = before.tensor(input);
    std::int32_t frames = 1;
    for (int extent : of.shape)
      if (frames == 1) frames = extent;
    if (hop >= frames)
      refuse("the input", text("has ", frames, " frames along its first axis, of which ", hop, " would be new each time"),
             text("at least ", hop + 1, " frames"));
    made.frames = frames;
    course(input).frames = moving(input, frames);
  }

  // From the inputs of operator i to its output.
  void follow(std::size_t i) {
    const Applied& applied = before.operators[i];
    if (applied.operation->state() > 0) refuse(applied.name, "keeps a state of its own, so it cannot stream", "operators without a state");
    Sequences of{.frames = 0, .numbers = {}, .output = numbers(applied.output)};
    nn::Frames joined{};
    bool waits = false;  // for what is no sequence, but is computed
    for (int input : applied.inputs) {
      of.numbers.push_back(each(input));
      waits = waits || (is_computed(input) && !course(input).moves());
      if (!course(input).moves()) continue;
      const nn::Frames& frames = course(input).frames;
      if (of.frames == 0) joined = frames;
      if (frames.count() != joined.count() || frames.hop != joined.hop)
        refuse(applied.name, "joins sequences that move unlike each other, so it cannot stream", "as many frames of each");
      joined.first = std::max(joined.first, frames.first);
      joined.last = std::min(joined.last, frames.last);
      of.frames = count(input);
    }
    if (of.frames == 0) return;  // it has no time any more
    AlongTime& how = along[i] = applied.operation->along_time(of);
    if (how.how == How::never) refuse(applied.name, how.why + ", so it cannot stream", "operators that work frame by frame, or make one vector of a window");
    nn::Frames& to = course(applied.output).frames;
    if (how.how == How::each_frame) {
      to = moving(applied.output, of.frames);
      to.hop = joined.hop;
      to.first = joined.first;
      to.last = joined.last;
      if (how.anew || waits) to.first = to.last = to.count();
    } else if (how.how == How::window) {
      const auto stride = static_cast<std::size_t>(how.stride);
      if (joined.hop % stride != 0)
        refuse(applied.name, text("has a stride of ", how.stride, " frames, where ", joined.hop, " of its input are new each time"),
               text("--stream with a multiple of ", how.stride * hop / static_cast<std::int32_t>(joined.hop)));
      const nn::Axis window = axis(how, joined.count());
      to = nn::through_window(joined, window, moving(applied.output, static_cast<std::int32_t>(window.outputs())).shape);
    }
  }

  // What is wanted of each tensor, from the outputs back, and hence computed.
  void look_back() {
    for (Course& each : courses) each.wanted = nothing(each.frames);
    for (int output : before.outputs) course(output).wanted = nn::Wanted::all();
    for (std::size_t i = before.operators.size(); i-- > 0;) {
      const Applied& applied = before.operators[i];
      Course& to = course(applied.output);
      to.stored = nn::store(to.frames, to.wanted);
      for (int input : applied.inputs) {
        Course& from = course(input);
        if (!from.moves()) continue;
        nn::Wanted wanted = nn::Wanted::all();
        if (to.moves() && along[i].how == How::each_frame) wanted = to.stored.computed;
        if (to.moves() && along[i].how == How::window) wanted = nn::wanted_under(axis(along[i], from.frames.count()), to.frames, to.stored.computed);
        from.wanted = nn::Wanted::both(from.wanted, wanted);
      }
    }
    Course& input = course(before.inputs[0]);  // of which all new frames come
    input.wanted.end = std::min(input.wanted.end, input.frames.count() - input.frames.hop);
    input.stored = nn::store(input.frames, input.wanted);
  }

  // Its memory.
  void hold(int tensor) {
    const Course& of = course(tensor);
    if (!of.moves()) return;
    Place& place = made.network.tensor(tensor);
    const auto frames = static_cast<std::int32_t>(of.stored.frames(of.frames));
    place.bytes = frames * each(tensor) * bytes_of(place.type);
    if (frames != count(tensor)) set_shape(place, frames, each(tensor), count(tensor));
    place.variable = of.stored.kept;
    if (place.variable) place.text += ", kept";
  }
  static void set_shape(Place& place, std::int32_t frames, std::int32_t each, std::int32_t of) {
    place.shape = {frames, each};
    place.text += text(", ", frames, " of ", of, " frames");
  }

  // Frames [begin, end) of a tensor, which lie one behind the other in its memory.
  int frames_of(int tensor, std::size_t begin, std::size_t end) {
    const Course& of = course(tensor);
    const auto first = static_cast<std::int32_t>(of.stored.place(begin)), frames = static_cast<std::int32_t>(end - begin);
    if (frames == static_cast<std::int32_t>(of.stored.frames(of.frames))) return tensor;
    int& part = parts[{tensor, first, frames}];
    if (part == 0) {
      Place place = before.tensor(tensor);
      place.bytes = frames * each(tensor) * bytes_of(place.type);
      place.whole = tensor;
      place.begin = first * each(tensor);
      set_shape(place, frames, each(tensor), count(tensor));
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
    const Course& of = course(tensor);
    const auto gone = static_cast<std::int32_t>(of.frames.hop) * each(tensor);
    const std::int32_t all = static_cast<std::int32_t>(of.stored.frames(of.frames)) * each(tensor);
    apply(of_type<nn::graph::Slide>(before.tensor(tensor).type, all, gone), name + "_slide", tensor, {tensor});
  }

  void slide_input() {
    const int input = before.inputs[0];
    const Course& of = course(input);
    made.network.inputs = {frames_of(input, of.frames.count() - of.frames.hop, of.frames.count())};
    if (!of.stored.kept) return;
    slide(input, "input");
    made.input_state = made.network.tensor(input).bytes;
  }

  void write(std::size_t i) {
    const Applied& applied = before.operators[i];
    const Course& to = course(applied.output);
    const std::size_t first_made = made.network.operators.size();
    if (!to.moves()) {
      std::vector<int> inputs;
      for (int input : applied.inputs) inputs.push_back(course(input).moves() ? frames_of(input, 0, course(input).frames.count()) : input);
      apply(applied.operation, applied.name, applied.output, inputs);
    } else {
      if (to.stored.kept) slide(applied.output, applied.name);
      write_frames(i);
    }
    add_cost(applied, to, first_made);
  }

  void write_frames(std::size_t i) {
    const Applied& applied = before.operators[i];
    const nn::Wanted computed = course(applied.output).stored.computed;
    const std::size_t all = course(applied.output).frames.count();
    if (computed.start > 0 && is_frame_by_frame(i) && gathers(applied)) return write_at_once(i);
    if (computed.start > 0) piece(i, 0, computed.start, applied.name + "_edge");
    piece(i, computed.end, all, applied.name);
  }

  bool is_frame_by_frame(std::size_t i) const {
    const AlongTime& how = along[i];
    return how.how == How::each_frame || (how.taps == 1 && how.stride == 1 && how.before == 0 && how.after == 0);
  }
  // Are the frames that it computes those that its inputs hold, and is it worth to have its weights once?
  bool gathers(const Applied& applied) {
    const nn::Wanted computed = course(applied.output).stored.computed;
    if (applied.operation->products() == 0) return false;
    return std::ranges::all_of(applied.inputs, [&](int input) {
      const nn::Stored& held = course(input).stored;
      return course(input).moves() && !held.kept && held.held.start == computed.start && held.held.end == computed.end;
    });
  }
  void write_at_once(std::size_t i) {
    const Applied& applied = before.operators[i];
    const int output = applied.output;
    const Course& to = course(output);
    const nn::Wanted computed = to.stored.computed;
    const std::size_t all = to.frames.count(), behind = all - computed.end;
    const auto frames = static_cast<std::int32_t>(computed.start + behind);
    int whole = output;
    if (to.stored.frames(to.frames) != static_cast<std::size_t>(frames)) {
      Place place = before.tensor(output);
      place.bytes = frames * each(output) * bytes_of(place.type);
      set_shape(place, frames, each(output), count(output));
      whole = add(std::move(place));
    }
    const Cut cut{0, frames, static_cast<std::int32_t>(all), frames, 0, count(applied.inputs[0])};
    apply(applied.operation->on_frames(cut), applied.name, whole, applied.inputs);
    if (whole == output) return;
    const auto copy = [&](std::size_t begin, std::size_t end, std::int32_t from, const char* name) {
      Place place = before.tensor(output);
      const auto some = static_cast<std::int32_t>(end - begin);
      place.bytes = some * each(output) * bytes_of(place.type);
      place.whole = whole;
      place.begin = from * each(output);
      set_shape(place, some, each(output), count(output));
      apply(of_type<nn::graph::Copy>(place.type, some * each(output)), applied.name + name, frames_of(output, begin, end), {add(std::move(place))});
    };
    copy(0, computed.start, 0, "_edge");
    copy(computed.end, all, static_cast<std::int32_t>(computed.start), "_end");
  }

  // Frames [begin, end) of the output of operator i.
  void piece(std::size_t i, std::size_t begin, std::size_t end, const std::string& name) {
    const Applied& applied = before.operators[i];
    Cut cut{.first = static_cast<std::int32_t>(begin), .frames = static_cast<std::int32_t>(end - begin), .of = count(applied.output),
            .under = 0, .before = 0, .input = 0};
    std::vector<int> inputs;
    for (int input : applied.inputs) {
      if (!course(input).moves()) {
        inputs.push_back(input);
        continue;
      }
      nn::UnderWindow under{begin, end, 0, 0};
      if (along[i].how == How::window) under = nn::under_window(axis(along[i], course(input).frames.count()), begin, end);
      cut.under = static_cast<std::int32_t>(under.end - under.begin);
      cut.before = static_cast<std::int32_t>(under.before);
      cut.input = count(input);
      if (cut.under == 0) {  // of a single tap: nothing is read
        if (along[i].taps > 1) refuse(applied.name, "makes frames of padding alone, so it cannot stream", "windows that lie over the input");
        under.begin = course(input).frames.count() - 1;
        under.end = course(input).frames.count();
      }
      inputs.push_back(frames_of(input, under.begin, under.end));
    }
    apply(applied.operation->on_frames(cut), name, frames_of(applied.output, begin, end), inputs);
  }

  void add_cost(const Applied& applied, const Course& to, std::size_t first_made) {
    StreamedCost cost{.name = applied.name, .frames = 1, .computed = 1, .edges = 0, .state = 0, .products = 0, .edge_products = 0,
                      .window_products = applied.operation->products()};
    if (to.moves()) {
      cost.frames = count(applied.output);
      const nn::Wanted computed = to.stored.computed;
      cost.computed = static_cast<std::int64_t>(computed.start + to.frames.count() - computed.end);
      cost.edges = std::max(cost.computed - static_cast<std::int64_t>(to.frames.hop), std::int64_t{0});
      if (to.stored.kept) cost.state = made.network.tensor(applied.output).bytes;
    }
    for (std::size_t o = first_made; o < made.network.operators.size(); ++o) cost.products += made.network.operators[o].operation->products();
    cost.edge_products = cost.products * cost.edges / std::max(cost.computed, std::int64_t{1});
    made.costs.push_back(std::move(cost));
  }

  const Network& before;
  Streamed made;
  std::int32_t hop;
  const std::string& file;
  std::vector<Course> courses;   // of each tensor
  std::vector<AlongTime> along;  // of each operator
  std::map<std::array<int, 3>, int> parts;
};

}  // namespace

Streamed stream(const Network& window, std::int32_t hop, const std::string& file) { return Streaming{window, hop, file}.run(); }

std::vector<std::string> Streamed::table() const {
  std::vector<std::string> lines;
  const auto line = [&](std::string name, auto... figures) {
    name.resize(std::max(name.size() + 1, std::size_t{28}), ' ');
    const auto right = [](const std::string& figure) { return std::string(figure.size() < 12 ? 12 - figure.size() : 1, ' ') + figure; };
    lines.push_back(name + (right(text(figures)) + ...));
  };
  line("operator", "frames", "computed", "at edges", "state", "MACs", "of a window");
  StreamedCost all{.name = "total", .frames = 0, .computed = 0, .edges = 0, .state = input_state, .products = 0, .edge_products = 0, .window_products = 0};
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
