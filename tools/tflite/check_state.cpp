// Operators that keep a state from run to run: SVDF and LSTM.
#include "tools/tflite/check.hpp"
#include "tools/tflite/operator_check.hpp"

namespace tools::tflite {

namespace {

struct Check : OperatorCheck {
  // A variable that no other operator reads.
  void require_state(std::size_t i) const {
    if (!has_input(i) || !input(i).variable) throw refusal("lacks its state", text("a variable as its input ", i));
    require_one_scale(i);
    for (std::size_t other = 0; other < model.operators.size(); ++other) {
      const std::vector<int>& inputs = model.operators[other].inputs;
      if (std::count(inputs.begin(), inputs.end(), operation.inputs[i]) > (other == index ? 1 : 0))
        throw refusal(text(input_label(i), " is also read by ", label(model.operators[other], other)), "a state of its own");
    }
  }

  void require_shape(std::size_t i, const Shape& shape) const {
    if (input(i).shape != shape) throw refusal(text(input_label(i), " has the shape ", input(i).shape), text(shape));
  }

  // Inputs: x, weights in feature and in time, bias, the state.
  void svdf() const {
    require_inputs(3, 5);
    for (std::size_t i = 0; i < 3; ++i) {
      require_rank(i, 2);
      require_one_scale(i);
    }
    require_output_type({input(0).type});
    const Shape &x = input(0).shape, &feature = input(1).shape, &time = input(2).shape;
    const int filters = feature[0], rank = operation.options.rank;
    if (feature[1] != x[1] || time[0] != filters || filters % rank != 0)
      throw refusal(text("has the weights ", feature, " and ", time, " of rank ", rank), text("weights for the input ", x, ", and filters of that rank"));
    require_state(4);
    if (element_count(input(4).shape) != element_count({x[0], filters, time[1]}))
      throw refusal(text(input_label(4), " has the shape ", input(4).shape), text(x[0], "x", std::int64_t{filters} * time[1]));
    const bool is_float = input(0).type == Type::float32;
    require_type(0, {Type::float32, Type::int8});
    require_type(1, {input(0).type});
    if (is_float) require_type(2, {Type::float32});
    else require_type(2, {Type::int8, Type::int16});
    require_type(4, {input(2).type});
    if (has_input(3)) {
      require_type(3, {is_float ? Type::float32 : Type::int32});
      if (element_count(input(3).shape) != filters / rank)
        throw refusal(text(input_label(3), " has the shape ", input(3).shape), text(filters / rank, ", its units"));
    }
    require_output({x[0], filters / rank});
  }

  // Inputs: x, four times weights of x, four of the last output, three that look at the cell, four biases, two of a projection,
  // the last output, the cell, and four of a normalization. Those that look at the cell, project and normalize must be absent.
  void lstm() const {
    require_inputs(9, 24);
    require_rank(0, 3);
    require_one_scale(0);
    require_rank(1, 2);
    const Shape& x = input(0).shape;
    const int units = input(1).shape[0];
    const Type type = input(0).type;
    require_type(0, {Type::float32, Type::int8, Type::int16});
    require_output_type({type});
    for (std::size_t i = 1; i < operation.inputs.size(); ++i) {
      const bool wanted = i < 9 || (12 <= i && i < 16) || i == 18 || i == 19;
      if (wanted != has_input(i)) throw refusal(text(wanted ? "lacks its input " : "has the input ", i), wanted ? "a tensor" : "none");
    }
    for (std::size_t i = 1; i < 9; ++i) {
      require_shape(i, {units, i < 5 ? x[2] : units});
      require_type(i, {type == Type::float32 ? Type::float32 : Type::int8});
      require_one_scale(i);
    }
    for (std::size_t i = 12; i < 16; ++i) {
      if (!has_input(i)) throw refusal(text("lacks its input ", i), "a tensor");
      require_shape(i, {units});
      if (type == Type::float32) require_type(i, {Type::float32});
      else require_type(i, {Type::int32, Type::int64});
    }
    for (const std::size_t i : {std::size_t{18}, std::size_t{19}}) {
      require_state(i);
      if (element_count(input(i).shape) != element_count({x[operation.options.time_major ? 1 : 0], units}))
        throw refusal(text(input_label(i), " has the shape ", input(i).shape), text(x[operation.options.time_major ? 1 : 0], "x", units));
    }
    require_type(18, {type});
    require_type(19, {type == Type::float32 ? Type::float32 : Type::int16});
    require_output({x[0], x[1], units});
  }
};

}  // namespace

bool check_state(Model& model, std::size_t index) {
  Check check{{model, index}};
  switch (check.operation.op) {
    case Op::svdf: check.svdf(); return true;
    case Op::unidirectional_sequence_lstm: check.lstm(); return true;
    default: return false;
  }
}

}  // namespace tools::tflite
