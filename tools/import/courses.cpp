#include "tools/import/courses.hpp"

#include <algorithm>

#include "tools/data/failure.hpp"
#include "tools/data/text.hpp"

namespace tools::importer {

using How = AlongTime::How;

static nn::Wanted nothing(const nn::Frames& of) { return {0, of.count()}; }
static bool is_computed(const Network& window, int tensor) { return window.tensor(tensor).constant.empty(); }

Courses::Courses(const Network& whole, std::int32_t frames_at_a_time, const std::string& name)
    : window{whole}, hop{frames_at_a_time}, file{name}, courses(whole.tensors.size()), ways(whole.operators.size()) {
  take_input();
  for (std::size_t i = 0; i < window.operators.size(); ++i) follow(i);
  look_back();
}

nn::Frames Courses::moving(int tensor, std::int32_t frames) const {
  const auto rows = static_cast<std::size_t>(frames);
  return {
      nn::TimeAxis::rows, {rows, 1, static_cast<std::size_t>(numbers(tensor) / frames)}, static_cast<std::size_t>(hop), 0, rows};
}

void Courses::refuse(const std::string& what, const std::string& wrong, const std::string& expected) const {
  throw failure(file + ": " + what, wrong, expected);
}

nn::Axis Courses::axis(std::size_t i, std::size_t frames) const {
  const AlongTime& how = ways[i];
  return {.input = frames, .taps = static_cast<std::size_t>(how.taps), .stride = static_cast<std::size_t>(how.stride),
          .dilation = static_cast<std::size_t>(how.dilation), .same = false, .given = true,
          .given_before = static_cast<std::size_t>(how.before), .given_after = static_cast<std::size_t>(how.after)};
}

void Courses::take_input() {
  if (window.inputs.size() != 1)
    refuse("the model", text("has ", window.inputs.size(), " inputs"), "one, whose first axis is time, to stream");
  for (const Place& tensor : window.tensors)
    if (tensor.variable) refuse("the model", "keeps a window of its own from run to run", "one without variables, to stream");
  const int input = window.inputs[0];
  const Place& of = window.tensor(input);
  std::int32_t frames = 1;
  for (int extent : of.shape)
    if (frames == 1) frames = extent;
  if (hop >= frames)
    refuse("the input", text("has ", frames, " frames along its first axis, of which ", hop, " would be new each time"),
           text("at least ", hop + 1, " frames"));
  course(input).frames = moving(input, frames);
}

// From the inputs of operator i to its output.
void Courses::follow(std::size_t i) {
  const Applied& applied = window.operators[i];
  if (applied.operation->state() > 0)
    refuse(applied.name, "keeps a state of its own, so it cannot stream", "operators without a state");
  Sequences inputs{.frames = 0, .numbers = {}, .output = numbers(applied.output)};
  nn::Frames joined{};
  bool waits = false;  // for what is no sequence, but is computed
  for (int input : applied.inputs) {
    inputs.numbers.push_back(each(input));
    waits = waits || (is_computed(window, input) && !of(input).moves());
    if (!of(input).moves()) continue;
    const nn::Frames& frames = course(input).frames;
    if (inputs.frames == 0) joined = frames;
    if (frames.count() != joined.count() || frames.hop != joined.hop)
      refuse(applied.name, "joins sequences that move unlike each other, so it cannot stream", "as many frames of each");
    joined.first = std::max(joined.first, frames.first);
    joined.last = std::min(joined.last, frames.last);
    inputs.frames = count(input);
  }
  if (inputs.frames == 0) return;  // it has no time any more
  AlongTime& how = ways[i] = applied.operation->along_time(inputs);
  if (how.how == How::never)
    refuse(applied.name, how.why + ", so it cannot stream", "operators that work frame by frame, or make one vector of a window");
  nn::Frames& to = course(applied.output).frames;
  if (how.how == How::each_frame) {
    to = moving(applied.output, inputs.frames);
    to.hop = joined.hop;
    to.first = joined.first;
    to.last = joined.last;
    if (how.anew || waits) to.first = to.last = to.count();
  } else if (how.how == How::window) {
    const auto stride = static_cast<std::size_t>(how.stride);
    if (joined.hop % stride != 0)
      refuse(applied.name, text("has a stride of ", how.stride, " frames, where ", joined.hop, " of its input are new each time"),
             text("--stream with a multiple of ", how.stride * hop / static_cast<std::int32_t>(joined.hop)));
    const nn::Axis moved = axis(i, joined.count());
    to = nn::through_window(joined, moved, moving(applied.output, static_cast<std::int32_t>(moved.outputs())).shape);
  }
}

// What is wanted of each tensor, from the outputs back, and hence computed.
void Courses::look_back() {
  for (Course& each : courses) each.wanted = nothing(each.frames);
  for (int output : window.outputs) course(output).wanted = nn::Wanted::all();
  for (std::size_t i = window.operators.size(); i-- > 0;) {
    const Applied& applied = window.operators[i];
    Course& to = course(applied.output);
    to.stored = nn::stored_of(to.frames, to.wanted);
    for (int input : applied.inputs) {
      Course& from = course(input);
      if (!from.moves()) continue;
      nn::Wanted wanted = nn::Wanted::all();
      if (to.moves() && ways[i].how == How::each_frame) wanted = to.stored.computed;
      if (to.moves() && ways[i].how == How::window)
        wanted = nn::wanted_under(axis(i, from.frames.count()), to.frames, to.stored.computed);
      from.wanted = nn::Wanted::both(from.wanted, wanted);
    }
  }
  Course& input = course(window.inputs[0]);  // of which all new frames come
  input.wanted.end = std::min(input.wanted.end, input.frames.count() - input.frames.hop);
  input.stored = nn::stored_of(input.frames, input.wanted);
}

}  // namespace tools::importer
