// The reader of TensorFlow Lite models: what was written is read back, what is wrong is refused with its place, and no damage
// does worse than that.
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <string>

#include "expect.hpp"
#include "tflite_models.hpp"
#include "tflite_writer.hpp"
#include "tools/data/failure.hpp"
#include "tools/import/check.hpp"
#include "tools/tflite/describe.hpp"
#include "tools/tflite/read.hpp"

namespace {

using namespace models;
namespace schema = tools::tflite::schema;
using tools::tflite::Field;
using writer::Bytes;
using writer::Table;

Model parse(const Bytes& bytes) { return tools::tflite::parse_model("made", bytes); }

bool same(const Model& a, const Model& b) {
  const auto same_tensor = [](const auto& s, const auto& t) {
    const auto &p = s.quantization, &q = t.quantization;
    return s.name == t.name && s.type == t.type && s.shape == t.shape && p.scale == q.scale && p.zero_point == q.zero_point &&
           p.dimension == q.dimension && s.data == t.data && s.variable == t.variable;
  };
  // All that one has; what the other has besides are defaults of the file.
  const auto same_attributes = [](const Attributes& read, const Attributes& made) {
    return std::ranges::all_of(made.all(), [&](const auto& each) {
      const auto found = read.all().find(each.first);
      return found != read.all().end() && found->second == each.second;
    });
  };
  const auto same_operator = [&](const Operator& s, const Operator& t) {
    return s.kind == t.kind && s.name == t.name && s.inputs == t.inputs && s.outputs == t.outputs &&
           same_attributes(s.attributes, t.attributes);
  };
  return a.file == b.file && a.inputs == b.inputs && a.outputs == b.outputs &&
         std::equal(a.tensors.begin(), a.tensors.end(), b.tensors.begin(), b.tensors.end(), same_tensor) &&
         std::equal(a.operators.begin(), a.operators.end(), b.operators.begin(), b.operators.end(), same_operator);
}

using Parts = std::initializer_list<std::string_view>;

// The bytes are refused with a sentence that holds all parts.
void refused(const Bytes& bytes, Parts parts, int line = __builtin_LINE()) {
  try {
    Model model = parse(bytes);
    tools::importer::check(model);
    report_failure(__FILE__, line, "was not refused");
  } catch (const tools::Failure& failure) {
    const std::string_view sentence = failure.what();
    for (std::string_view part : parts)
      if (sentence.find(part) == sentence.npos) report_failure(__FILE__, line, "\"", sentence, "\" lacks \"", part, "\"");
    const bool whole = sentence.starts_with("made: ") && sentence.find("; expected ") != sentence.npos;
    if (!whole) report_failure(__FILE__, line, "\"", sentence, "\"");
  }
}

// A model with one thing changed, in its parts or in its tables.
void refused_model(Model model, const std::function<void(Model&)>& change, Parts parts, int line = __builtin_LINE()) {
  change(model);
  refused(writer::bytes_of(model), parts, line);
}

void refused_tables(const std::function<void(Table& root, Table& subgraph)>& change, Parts parts, int line = __builtin_LINE()) {
  Table root = writer::table_of(chain());
  change(root, root.tables(schema::model::subgraphs)[0]);
  refused(writer::bytes_of(root), parts, line);
}

Table& tensor(Table& subgraph, std::size_t i) { return subgraph.tables(schema::subgraph::tensors)[i]; }
Table& operation(Table& subgraph, std::size_t i) { return subgraph.tables(schema::subgraph::operators)[i]; }

void read_back() {
  for (const auto& [name, model] : all()) {
    expect(same(parse(writer::bytes_of(model)), model));
    Bytes longer = writer::bytes_of(model);
    longer.resize(longer.size() + 100, 0xa5);
    expect(same(parse(longer), model));
  }

  // An axis from behind, a batch left open, one zero point for all channels, a multiplier left to the shapes.
  Table root = writer::table_of(chain());
  Table& subgraph = root.tables(schema::model::subgraphs)[0];
  tensor(subgraph, 0).set(schema::tensor::shape_signature, std::vector<int>{-1, 6, 5, 2});
  tensor(subgraph, 1).table(schema::tensor::quantization).set(schema::quantization::zero_point, std::vector<std::int64_t>{0});
  operation(subgraph, 1).table(schema::operation::options).erase(Field{3, "depth_multiplier"});
  Model left_out = chain();
  left_out.operators[1].attributes.set("depth_multiplier", 0);
  expect(same(parse(writer::bytes_of(root)), left_out));
}

void file() {
  refused({}, {"0 bytes long"});
  refused(Bytes(2000, 0), {"no TensorFlow Lite model", "\"????\"", "\"TFL3\""});
  refused_tables([](Table& root, Table&) { root.set(schema::model::version, 2u); }, {"version 2", "version 3"});
  refused_tables([](Table& root, Table& subgraph) { root.set(schema::model::subgraphs, std::vector<Table>{subgraph, subgraph}); },
                 {"2 subgraphs", "expected one"});
  refused_tables([](Table& root, Table&) { root.erase(schema::model::subgraphs); }, {"0 subgraphs"});
  refused_tables([](Table&, Table& subgraph) { subgraph.erase(schema::subgraph::operators); }, {"no operators"});
  refused_tables([](Table&, Table& subgraph) { subgraph.erase(schema::subgraph::inputs); }, {"no inputs"});
  refused_tables([](Table&, Table& subgraph) { subgraph.erase(schema::subgraph::outputs); }, {"no outputs"});
}

// A root table at byte 8, whose vtable is `back` bytes before it and begins with these sizes, if it is at byte 12.
void vtables() {
  const auto root = [](std::int32_t back, std::uint16_t size, std::uint16_t table_size) {
    Bytes bytes{8, 0, 0, 0, 'T', 'F', 'L', '3'};
    writer::append(bytes, back);
    writer::append(bytes, size);
    writer::append(bytes, table_size);
    writer::append(bytes, std::uint16_t{4});
    return bytes;
  };
  refused(root(9, 4, 4), {"vtable of the model", "before the first byte"});
  refused(root(-7, 4, 4), {"the model", "beyond the end"});
  refused(root(-4, 3, 4), {"vtable of the model", "sizes below 4"});
  refused(root(-4, 4, 3), {"vtable of the model", "sizes below 4"});
  refused(root(-4, 8, 4), {"the model, 8 bytes at 12, goes beyond the end, byte 18"});
  refused(root(-4, 4, 11), {"the model, 11 bytes at 8, goes beyond the end, byte 18"});
  refused(root(-4, 6, 4), {"the version lies outside its table"});
  refused(root(-4, 6, 7), {"the version lies outside its table"});
}

void tensors() {
  refused_tables([](Table&, Table& subgraph) { tensor(subgraph, 0).set(schema::tensor::type, std::int8_t{99}); },
                 {"tensor 0 \"x\"", "type 99"});
  refused_tables([](Table&, Table& subgraph) { tensor(subgraph, 3).set(schema::tensor::sparsity, Table{}); },
                 {"tensor 3 \"conv\"", "sparse"});
  refused_tables(
      [](Table&, Table& subgraph) {
        tensor(subgraph, 0).set(schema::tensor::shape_signature, std::vector<int>{1, -1, 5, 2});
      },
      {"tensor 0", "dynamic", "dimension 1"});
  refused_tables([](Table&, Table& subgraph) { tensor(subgraph, 3).erase(schema::tensor::shape); },
                 {"operator 0 CONV_2D", "an output of scalar", "1x3x2x4"});
  refused_tables([](Table&, Table& subgraph) { tensor(subgraph, 3).set(schema::tensor::shape, std::vector<int>(9, 1)); },
                 {"9 dimensions", "at most 8"});
  refused_tables([](Table&, Table& subgraph) { tensor(subgraph, 1).set(schema::tensor::buffer, 7u); },
                 {"tensor 1 \"conv/w\"", "buffer 7", "below 7"});
  refused_tables(
      [](Table& root, Table&) { root.tables(schema::model::buffers)[2].set(schema::buffer::offset, std::uint64_t{4096}); },
      {"tensor 2", "outside", "buffer 2"});
  refused_tables([](Table& root, Table&) { root.tables(schema::model::buffers)[2].set(schema::buffer::size, std::uint64_t{16}); },
                 {"tensor 2", "outside"});
  refused_tables([](Table& root, Table&) { root.tables(schema::model::buffers)[2].erase(schema::buffer::data); },
                 {"operator 0", "tensor 2", "no data"});

  const auto shaped = [](std::vector<int> shape) { return [shape](Model& model) { model.tensors[0].shape = shape; }; };
  refused_model(chain(), shaped({1, -6, 5, 2}), {"tensor 0", "1x-6x5x2", "at least 1"});
  refused_model(chain(), shaped({1, 0, 5, 2}), {"1x0x5x2"});
  refused_model(chain(), shaped({65536, 65536, 65536, 65536}), {"65536x65536x65536x65536", "elements"});
  refused_model(chain(), shaped({65536, 65537, 1, 2}), {"elements"});

  refused_model(chain(), [](Model& m) { m.tensors[2].data.push_back(0); },
                {"tensor 2 \"conv/b\"", "17 bytes", "expected 16 for 4 of int32"});
  refused_model(chain(), [](Model& m) { m.tensors[2].data.pop_back(); }, {"15 bytes"});
  refused_model(chain(), [](Model& m) { m.tensors[3].quantization = {}; }, {"tensor 3", "int8 without quantization"});
  const auto scaled = [](std::size_t i, float scale) {
    return [i, scale](Model& m) { m.tensors[i].quantization.scale.back() = scale; };
  };
  refused_model(chain(), scaled(0, 0), {"tensor 0", "scale 0", "positive"});
  refused_model(chain(), scaled(1, -0.5f), {"tensor 1", "scale -0.5", "index 3"});
  refused_model(chain(), scaled(3, std::numeric_limits<float>::quiet_NaN()), {"tensor 3", "scale nan"});
  refused_model(chain(), scaled(3, std::numeric_limits<float>::infinity()), {"scale inf"});
  refused_model(chain(), [](Model& m) { m.tensors[0].quantization.zero_point[0] = 128; }, {"zero point 128", "-128 to 127"});
  refused_model(chain(), [](Model& m) { m.tensors[0].quantization.zero_point[0] = std::int64_t{1} << 32; },
                {"zero point 4294967296"});
  refused_model(chain(), [](Model& m) { m.tensors[1].quantization.zero_point.resize(3); }, {"4 scales and 3 zero points"});
  refused_model(chain(), [](Model& m) { m.tensors[1].quantization.dimension = 4; }, {"dimension 4"});
  refused_model(chain(), [](Model& m) { m.tensors[1].quantization.dimension = 1; }, {"4 scales", "expected 3"});
  refused_tables([](Table&, Table& subgraph) {
    tensor(subgraph, 0).table(schema::tensor::quantization).set(schema::quantization::details_type, std::uint8_t{1});
  }, {"tensor 0", "of its own kind"});
  refused_model(mixed(), [](Model& m) { m.operators[0].inputs[0] = 10; }, {"tensor 10 \"nobody's\"", "type 5"});
}

void graph() {
  refused_model(chain(), [](Model& m) { m.inputs = {0, 0}; }, {"the model's inputs", "tensor 0 \"x\"", "set twice"});
  refused_model(chain(), [](Model& m) { m.inputs = {13}; }, {"the model's inputs", "no tensor 13", "below 13"});
  refused_model(chain(), [](Model& m) { m.inputs = {-1}; }, {"no tensor -1"});
  refused_model(chain(), [](Model& m) { m.inputs = {0, 1}; }, {"tensor 1 \"conv/w\"", "constant"});
  refused_model(chain(), [](Model& m) { m.outputs = {0}; }, {"the model's outputs", "no operator writes tensor 0"});
  refused_model(chain(), [](Model& m) { m.outputs = {99}; }, {"the model's outputs", "no tensor 99"});
  refused_model(chain(), [](Model& m) { m.operators[0].inputs[0] = 13; }, {"operator 0 CONV_2D", "no tensor 13"});
  refused_model(chain(), [](Model& m) { m.operators[0].inputs[0] = -2; }, {"no tensor -2"});
  refused_model(chain(), [](Model& m) { m.operators[0].outputs = {-1}; }, {"no tensor -1"});
  refused_model(chain(), [](Model& m) { m.operators[0].outputs = {}; }, {"operator 0", "no outputs"});
  refused_model(chain(), [](Model& m) { m.operators[0].outputs = {1}; }, {"tensor 1", "constant"});
  refused_model(chain(), [](Model& m) { m.operators[3].outputs = {3}; }, {"operator 3 RESHAPE", "tensor 3", "set twice"});
  refused_model(chain(), [](Model& m) { m.operators[0].inputs[0] = 12; },
                {"operator 0", "tensor 12 \"y\"", "before it is computed"});
  refused_model(chain(), [](Model& m) { m.operators[3].inputs[0] = 8; }, {"operator 3", "before it is computed"});
  refused_model(chain(), [](Model& m) { std::swap(m.operators[0], m.operators[1]); },
                {"operator 0 DEPTHWISE_CONV_2D", "before it is computed"});
  refused_model(mixed(), [](Model& m) { m.operators[3].outputs = {6}; }, {"tensor 6", "variable"});
  refused_model(chain(), [](Model& m) { m.tensors[3].quantization = per_channel(4, 3); }, {"operator 0", "tensor 3", "4 scales"});
}

void operators() {
  refused_tables([](Table&, Table& subgraph) { operation(subgraph, 2).set(schema::operation::code, 6u); },
                 {"operator 2", "operator code 6", "below 6"});
  const auto coded = [](std::int32_t code) {
    return [code](Table& root, Table&) { root.tables(schema::model::operator_codes)[2] = writer::operator_code(code); };
  };
  refused_tables(coded(9999), {"operator 2", "number 9999", "0 to 161"});
  refused_tables(coded(0), {"operator 2 ADD", "options of kind 5", "kind 11"});
  refused_tables([](Table& root, Table&) {
    root.tables(schema::model::operator_codes)[2] = writer::operator_code(32);
    root.tables(schema::model::operator_codes)[2].set(schema::operator_code::custom_code, std::string_view{"Mine"});
  }, {"operator 2", "custom operator \"Mine\""});
  refused_tables([](Table&, Table& subgraph) { operation(subgraph, 0).erase(schema::operation::options); },
                 {"operator 0 CONV_2D", "no options"});
  refused_tables([](Table&, Table& subgraph) { operation(subgraph, 0).erase(schema::operation::options_type); },
                 {"operator 0 CONV_2D", "no options"});
  const auto option = [](std::size_t i, Field field, auto value) {
    return [i, field, value](Table&, Table& subgraph) {
      operation(subgraph, i).table(schema::operation::options).set(field, value);
    };
  };
  refused_tables(option(0, Field{1, "stride_w"}, -1), {"operator 0 CONV_2D", "stride_w is -1"});
  refused_tables(option(0, Field{5, "dilation_h"}, 0), {"dilation_h is 0"});
  refused_tables(option(0, Field{0, "padding"}, std::int8_t{2}), {"padding is number 2"});
  refused_tables(option(0, Field{3, "activation"}, std::int8_t{-1}), {"activation is number -1"});
  refused_tables(option(1, Field{3, "depth_multiplier"}, 3), {"operator 1", "depth multiplier 3", "expected 2"});
  refused_tables(option(2, Field{4, "filter_h"}, 70000), {"operator 2", "filter_h is 70000"});
  refused_tables(option(4, Field{1, "weights_format"}, std::int8_t{1}), {"operator 4", "shuffled"});
  refused_tables(option(5, Field{0, "beta"}, std::numeric_limits<float>::quiet_NaN()),
                 {"operator 5 SOFTMAX", "beta is not finite"});
}

// Tensors of chain(): 0 x, 1 conv/w, 2 conv/b, 3 conv, 4 depthwise/w, 5 depthwise, 6 pool, 7 shape, 8 flat, 9 dense/w,
// 10 dense/b, 11 dense, 12 y; of branches(): 0 x, 1 padding, 2 padded, 3 pooled, 4 sum, 5 factor, 6 scaled, 7 both, 8 axes,
// 9 mean, 10 squeezed, 11 leaky, 12 dense/w, 13 y.
void types_and_shapes() {
  const Model c = chain(), b = branches();
  refused_model(c, [](Model& m) { m.operators[0].inputs = {0}; }, {"operator 0 CONV_2D", "1 inputs", "2 to 3"});
  refused_model(c, [](Model& m) { m.operators[0].inputs[0] = -1; }, {"lacks its input 0"});
  refused_model(c, [](Model& m) { m.tensors[1].shape = {4, 2, 2, 3}; }, {"tensor 1 \"conv/w\"", "4x2x2x3", "2 input channels"});
  refused_model(c, [](Model& m) { m.tensors[1].shape = {4, 12}; }, {"4x12", "4 dimensions"});
  refused_model(c, [](Model& m) { m.tensors[1].shape = {4, 1, 12, 1}; m.tensors[1].quantization = per_channel(12, 2); },
                {"along dimension 2", "expected 0"});
  refused_model(c, [](Model& m) { m.tensors[3].shape = {1, 3, 2, 5}; }, {"operator 0", "1x3x2x5", "1x3x2x4"});
  refused_model(c,
                [](Model& m) {
                  m.operators[0].attributes.set("padding", "valid");
                  m.operators[0].attributes.set("stride_w", 1);
                },
                {"expected 1x2x4x4"});
  refused_model(c,
                [](Model& m) {
                  m.operators[0].attributes.set("padding", "valid");
                  m.operators[0].attributes.set("dilation_w", 65535);
                },
                {"expected 1x2x0x4"});
  refused_model(c, [](Model& m) { m.operators[0].inputs[2] = 9; }, {"operator 0", "tensor 9 \"dense/w\" is int8", "int32"});
  refused_model(c, [](Model& m) { m.operators[0].inputs[2] = 10; }, {"operator 0", "tensor 10 \"dense/b\"", "expected 4"});
  refused_model(c, [](Model& m) { m.tensors[4].shape = {2, 2, 1, 8}; }, {"operator 1", "2x2x1x8"});
  refused_model(c, [](Model& m) { m.tensors[4].shape = {1, 2, 16, 1}; m.tensors[4].quantization = m.tensors[0].quantization; },
                {"operator 1", "1x2x16x1", "multiple of 4"});
  refused_model(c, [](Model& m) { m.operators[4].inputs[1] = 1; }, {"operator 4", "2 dimensions"});
  refused_model(c, [](Model& m) { m.tensors[9].shape = {8, 3}; }, {"operator 4", "8x3", "1x8"});
  refused_model(c, [](Model& m) { m.operators[4].attributes.set("keep_num_dims", true); m.tensors[11].shape = {3}; },
                {"operator 4", "an output of 3", "1x3"});
  refused_model(c, [](Model& m) { m.tensors[7].data[4] = 4; }, {"operator 3 RESHAPE", "1x8", "tensor 7 \"shape\""});
  refused_model(c, [](Model& m) { m.tensors[7].data.assign(8, 0xff); }, {"operator 3 RESHAPE"});
  refused_model(c, [](Model& m) { m.tensors[8].shape = {1, 9}; }, {"1x9 of 1x1x1x8", "as many elements"});
  refused_model(c, [](Model& m) {
    m.operators[2] = Builder::operation("MUL", {5, 9}, {6});
    m.tensors[9].shape = {8};
    m.tensors[9].data.resize(8);
    m.tensors[9].quantization = per_channel(8, 0);
  }, {"operator 2 MUL", "tensor 9", "8 scales", "expected one"});
  refused_model(c, [](Model& m) { m.tensors[12].shape = {3, 1}; }, {"operator 5 SOFTMAX", "3x1"});
  refused_model(c, [](Model& m) { m.tensors[12].type = Type::int32; }, {"operator 5", "int32 of int8"});
  refused_model(c, [](Model& m) { m.tensors[0].type = m.tensors[3].type = Type::float32; },
                {"operator 0", "tensor 1 \"conv/w\" is int8", "float32"});

  refused_model(b, [](Model& m) { m.tensors[1].data[0] = 1; }, {"operator 0 PAD", "3x4x5x2"});
  refused_model(b, [](Model& m) { std::fill_n(m.tensors[1].data.begin(), 4, std::uint8_t{0xff}); },
                {"operator 0 PAD", "padding -1"});
  refused_model(b, [](Model& m) { m.tensors[1].shape = {2, 2}; m.tensors[1].data.resize(16); }, {"operator 0 PAD", "2x2", "4x2"});
  refused_model(b, [](Model& m) { m.operators[0].inputs[1] = 0; }, {"operator 0 PAD", "is float32", "int32 or int64"});
  refused_model(b,
                [](Model& m) {
                  m.tensors[1].data = {};
                  m.inputs.push_back(1);
                },
                {"operator 0 PAD", "is computed", "constant"});
  refused_model(b, [](Model& m) { m.tensors.push_back(float32("spare", {1})); m.operators[8].outputs.push_back(14); },
                {"operator 8 FULLY_CONNECTED", "2 outputs", "expected one"});
  refused_model(b, [](Model& m) { m.operators[1].attributes.set("stride_w", 5); }, {"operator 1 MAX_POOL_2D", "2x3x1x2"});
  refused_model(b, [](Model& m) { m.operators[2].inputs[1] = 2; }, {"operator 2 ADD", "2x3x4x2 and 2x4x5x2"});
  refused_model(b, [](Model& m) { m.tensors[5].shape = {2, 1}; }, {"operator 3 MUL", "2x3x4x2 and 2x1"});
  refused_model(b, [](Model& m) { m.tensors[5].shape = {2, 1, 1, 1}; m.tensors[6].shape = {1, 3, 4, 2}; },
                {"operator 3 MUL", "1x3x4x2", "2x3x4x2"});
  refused_model(b, [](Model& m) { m.operators[4].inputs = {}; }, {"operator 4 CONCATENATION", "0 inputs"});
  refused_model(b, [](Model& m) { m.operators[4].inputs = {4, -1}; }, {"operator 4 CONCATENATION", "lacks its input 1"});
  refused_model(b, [](Model& m) { m.operators[4].attributes.set("axis", 4); }, {"operator 4 CONCATENATION", "axis 4"});
  refused_model(b, [](Model& m) { m.operators[4].inputs[1] = 2; }, {"operator 4", "2x4x5x2"});
  refused_model(b, [](Model& m) { m.tensors[7].shape = {2, 3, 4, 5}; }, {"operator 4", "2x3x4x4"});
  refused_model(b, [](Model& m) { m.tensors[8].data[0] = 9; }, {"operator 5 MEAN", "axis 9"});
  refused_model(b, [](Model& m) { m.operators[5].attributes.set("keep_dims", false); }, {"operator 5 MEAN", "2x1x1x4", "2x4"});
  refused_model(b, [](Model& m) { m.tensors[10].shape = {4, 2}; }, {"operator 6 SQUEEZE", "4x2"});
}

// Number `at` of an int32 constant.
void set(Model& model, std::size_t tensor, std::size_t at, std::int32_t value) {
  for (std::size_t k = 0; k < 4; ++k) model.tensors[tensor].data[4 * at + k] = static_cast<std::uint8_t>(value >> (8 * k));
}

// Tensors of movement(): 0 x, 1 axis, 2 left, 3 right, 4 begin, 5 size, 6 slice, 7 permutation, 8 transposed, 9 begins, 10 ends,
// 11 steps, 12 strided, 13 to, 14 nearest, 15 larger, 16 bilinear, 17 shape, 18 conv/w, 19 conv/b, 20 conv, 21 slopes, 22 y.
void moved() {
  const Model m = movement();
  const auto refused_with = [&](std::size_t tensor, std::size_t at, std::int32_t value, Parts parts,
                                int line = __builtin_LINE()) {
    refused_model(m, [&](Model& changed) { set(changed, tensor, at, value); }, parts, line);
  };
  constexpr std::int32_t lowest = std::numeric_limits<std::int32_t>::min();

  Model from_behind = m;
  set(from_behind, 1, 0, -1);
  expect(same(parse(writer::bytes_of(from_behind)), [&] {
    Model same_but = m;
    same_but.tensors[1] = from_behind.tensors[1];
    return same_but;
  }()));
  refused_with(1, 0, 4, {"operator 0 SPLIT", "tensor 1 \"axis\" is 4", "4 dimensions"});
  refused_with(1, 0, -5, {"operator 0 SPLIT", "is -5"});
  refused_with(1, 0, 1, {"operator 0 SPLIT", "tensor 2 \"left\" is int8 1x4x6x2", "1x2x6x4"});
  refused_model(m, [](Model& c) { c.operators[0].attributes.set("num_splits", 3); },
                {"operator 0 SPLIT", "1x4x6x4 into 3 for 2 outputs"});
  refused_model(m, [](Model& c) { c.operators[0].attributes.set("num_splits", 0); }, {"operator 0 SPLIT", "into 0"});
  refused_model(m, [](Model& c) { c.operators[0].outputs = {2, 3, 2}; }, {"operator 0 SPLIT", "set twice"});
  refused_model(m, [](Model& c) { c.operators[0].inputs = {1}; }, {"operator 0 SPLIT", "1 inputs"});
  refused_model(m, [](Model& c) { c.operators[0].inputs[0] = -1; }, {"operator 0 SPLIT", "lacks its input 0"});
  refused_model(m, [](Model& c) { c.tensors[3].type = Type::int16; }, {"operator 0 SPLIT", "\"right\" is int16"});
  refused_model(m, [](Model& c) { c.tensors[1] = c.tensors[5]; }, {"operator 0 SPLIT", "has 4 numbers"});

  refused_with(4, 1, -1, {"operator 1 SLICE", "takes -1 from -1 on of dimension 1", "1x4x6x2"});
  refused_with(4, 1, 4, {"operator 1 SLICE", "from 4"});
  refused_with(5, 2, 7, {"operator 1 SLICE", "takes 7 from 0 on of dimension 2"});
  refused_with(5, 2, lowest, {"operator 1 SLICE", "dimension 2"});
  refused_with(5, 2, 0, {"operator 1 SLICE", "takes 0"});
  refused_with(5, 2, 2, {"operator 1 SLICE", "1x3x2x2"});
  refused_model(m,
                [](Model& c) {
                  c.tensors[4].shape = {3};
                  c.tensors[4].data.resize(12);
                },
                {"operator 1 SLICE", "3 numbers", "expected 4"});
  refused_model(m, [](Model& c) { c.tensors[4].data = {}; c.inputs.push_back(4); }, {"operator 1 SLICE", "is computed"});
  refused_model(m, [](Model& c) { c.tensors[6].type = Type::float32; }, {"operator 1 SLICE", "float32 of int8"});

  refused_with(7, 0, 4, {"operator 2 TRANSPOSE", "has 4 at 0", "each of 4 dimensions once"});
  refused_with(7, 3, 0, {"operator 2 TRANSPOSE", "has 0 at 3"});
  refused_with(7, 3, lowest, {"operator 2 TRANSPOSE", "at 3"});
  refused_model(m, [](Model& c) { set(c, 7, 1, 1); set(c, 7, 2, 2); set(c, 7, 3, 3); }, {"operator 2 TRANSPOSE", "1x3x3x2"});

  refused_with(11, 1, 0, {"operator 3 STRIDED_SLICE", "the step 0 along dimension 1"});
  refused_with(11, 1, -1, {"operator 3 STRIDED_SLICE", "1x3x3"});
  refused_with(11, 1, lowest, {"operator 3 STRIDED_SLICE", "1x1x3"});
  refused_with(11, 3, -1, {"operator 3 STRIDED_SLICE", "nothing of dimension 3"});
  refused_with(9, 3, 2, {"operator 3 STRIDED_SLICE", "nothing of dimension 3", "from 2"});
  refused_with(9, 2, lowest, {"operator 3 STRIDED_SLICE", "nothing of dimension 2"});
  refused_with(10, 2, 5, {"operator 3 STRIDED_SLICE", "nothing of dimension 2"});
  refused_model(m, [](Model& c) { c.operators[3].attributes.set("shrink_axis_mask", 0); },
                {"operator 3 STRIDED_SLICE", "nothing of dimension 3"});
  refused_model(m, [](Model& c) { c.tensors[12].shape = {1, 2, 3, 1}; }, {"operator 3 STRIDED_SLICE", "1x2x3x1"});
  const auto slice_option = [&](Field field, auto value, Parts parts, int line = __builtin_LINE()) {
    Table root = writer::table_of(m);
    operation(root.tables(schema::model::subgraphs)[0], 3).table(schema::operation::options).set(field, value);
    refused(writer::bytes_of(root), parts, line);
  };
  slice_option(Field{2, "ellipsis_mask"}, 1, {"operator 3", "ellipsis_mask is 1"});
  slice_option(Field{3, "new_axis_mask"}, 2, {"operator 3", "new_axis_mask is 2"});
  slice_option(Field{5, "offset"}, std::uint8_t{1}, {"operator 3", "distances"});

  refused_with(13, 0, 6, {"operator 4 RESIZE_NEAREST_NEIGHBOR", "1x6x7x2"});
  refused_with(13, 0, lowest, {"operator 4 RESIZE_NEAREST_NEIGHBOR", "1x0x7x2"});
  refused_model(m, [](Model& c) { c.operators[5].attributes.set("half_pixel_centers", true); },
                {"operator 5 RESIZE_BILINEAR", "one of them"});
  refused_model(m, [](Model& c) { c.operators[5].inputs[1] = 5; }, {"operator 5 RESIZE_BILINEAR", "4 numbers"});

  refused_with(17, 1, 11, {"operator 6 TRANSPOSE_CONV", "1x12x18x3", "tensor 17 \"shape\""});
  refused_model(m, [](Model& c) { c.operators[6].attributes.set("stride_w", 3); },
                {"operator 6 TRANSPOSE_CONV", "1x12x18x3 of 1x6x9x2", "1x6x6x2"});
  refused_model(m, [](Model& c) { c.operators[6].attributes.set("padding", "valid"); }, {"operator 6 TRANSPOSE_CONV", "1x5x8x2"});
  refused_model(m, [](Model& c) { c.tensors[18].shape = {3, 3, 2, 3}; }, {"operator 6 TRANSPOSE_CONV", "the weights 3x3x2x3"});
  refused_model(m, [](Model& c) { c.tensors[18].quantization = per_channel(3, 1); },
                {"operator 6 TRANSPOSE_CONV", "along dimension 1"});
  refused_model(m, [](Model& c) { c.operators[6].inputs[3] = 5; },
                {"operator 6 TRANSPOSE_CONV", "tensor 5", "3, the output channels"});
  refused_model(m, [](Model& c) { c.operators[6].inputs.resize(2); }, {"operator 6 TRANSPOSE_CONV", "2 inputs"});
  refused_model(m, [](Model& c) { c.tensors[20].type = Type::int16; }, {"operator 6 TRANSPOSE_CONV", "int16 of int8"});
  refused_model(m,
                [](Model& c) {
                  c.tensors[21].shape = {4};
                  c.tensors[21].data.resize(4);
                },
                {"operator 7 PRELU", "1x12x18x3 and 4"});

  // Options of another kind are none, as the reference has it.
  Table root = writer::table_of(m);
  operation(root.tables(schema::model::subgraphs)[0], 5).set(schema::operation::options_type, std::uint8_t{74});
  expect(!parse(writer::bytes_of(root)).operators[5].attributes.has("align_corners"));
}

// Tensors of stream(): 0 x, 1 feature, 2 time, 3 bias, 4 state, 5 first, 6 feature_16, 7 time_16, 8 state_16, 9 y, 10 sequence,
// 11 to 14 lstm/w, 15 to 18 lstm/r, 19 to 22 lstm/b, 23 hidden, 24 cell, 25 last.
void state() {
  const Model m = stream();
  const std::string operator_0 = "operator 0 SVDF", operator_1 = "operator 1 SVDF";
  refused_model(m, [](Model& c) { c.operators[0].attributes.set("rank", 0); }, {operator_0, "its rank is 0"});
  refused_model(m, [](Model& c) { c.operators[0].attributes.set("rank", 4); }, {operator_0, "6x5 and 6x4 of rank 4"});
  refused_model(m, [](Model& c) { c.tensors[1].shape = {5, 6}; }, {operator_0, "5x6 and 6x4"});
  refused_model(m, [](Model& c) { c.tensors[2].shape = {4, 6}; }, {operator_0, "6x5 and 4x6"});
  refused_model(m, [](Model& c) { c.tensors[2].shape = {24}; }, {operator_0, "2 dimensions"});
  refused_model(m, [](Model& c) { c.tensors[4].shape = {2, 23}; }, {operator_0, "2x23", "2x24"});
  refused_model(m, [](Model& c) { c.tensors[4].variable = false; c.inputs.push_back(4); }, {operator_0, "lacks its state"});
  refused_model(m, [](Model& c) { c.operators[0].inputs.pop_back(); }, {operator_0, "lacks its state"});
  refused_model(m, [](Model& c) { c.operators[0].inputs.resize(2); }, {operator_0, "2 inputs"});
  refused_model(m, [](Model& c) { c.operators[0].inputs[3] = 2; }, {operator_0, "tensor 2 \"time\" is int8", "int32"});
  refused_model(m,
                [](Model& c) {
                  c.tensors[3].shape = {1};
                  c.tensors[3].data.resize(4);
                },
                {operator_0, "tensor 3", "3, its units"});
  refused_model(m,
                [](Model& c) {
                  c.tensors[1].type = Type::uint8;
                  c.tensors[1].quantization.zero_point[0] = 0;
                },
                {operator_0, "is uint8", "int8"});
  refused_model(m,
                [](Model& c) {
                  c.operators[1].inputs[4] = 4;
                  c.tensors[7].shape = {4, 6};
                  c.tensors[7].data.resize(48);
                },
                {"is also read by operator 1"});
  refused_model(m, [](Model& c) { c.tensors[8].type = Type::int8; }, {operator_1, "\"state_16\" is int8", "int16"});
  refused_model(m, [](Model& c) { c.tensors[9].shape = {2, 3}; }, {operator_1, "2x4"});

  const std::string operator_3 = "operator 3 UNIDIRECTIONAL_SEQUENCE_LSTM";
  const auto refused_input = [&](std::size_t input, int tensor, Parts parts, int line = __builtin_LINE()) {
    refused_model(m, [&](Model& c) { c.operators[3].inputs[input] = tensor; }, parts, line);
  };
  refused_input(0, 9, {operator_3, "3 dimensions"});
  refused_input(1, -1, {operator_3, "lacks its input 1"});
  refused_input(3, 15, {operator_3, "3x3", "3x4"});
  refused_input(6, 11, {operator_3, "3x4", "3x3"});
  refused_input(9, 15, {operator_3, "has the input 9", "none"});
  refused_input(13, -1, {operator_3, "lacks its input 13"});
  refused_input(13, 11, {operator_3, "3x4", "expected 3"});
  refused_input(18, 24, {operator_3, "also read"});
  refused_input(18, 10, {operator_3, "lacks its state", "a variable as its input 18"});
  refused_input(19, 4, {"tensor 4 \"state\" is also read by operator"});
  refused_input(23, 19, {operator_3, "has the input 23"});
  refused_model(m, [](Model& c) { c.operators[3].inputs.resize(15); }, {operator_3, "lacks its input 15"});
  refused_model(m, [](Model& c) { c.operators[3].inputs.resize(8); }, {operator_3, "8 inputs"});
  refused_model(m, [](Model& c) { c.tensors[24].shape = {1, 4}; }, {operator_3, "1x4", "1x3"});
  refused_model(m, [](Model& c) { c.tensors[24].type = Type::int8; }, {operator_3, "\"cell\" is int8", "int16"});
  refused_model(m, [](Model& c) { c.operators[3].attributes.set("time_major", true); }, {operator_3, "1x3", "2x3"});
  refused_model(m, [](Model& c) { c.operators[3].attributes.set("cell_clip", -1.0f); }, {operator_3, "cell clip is -1"});
  refused_model(m, [](Model& c) { c.tensors[25].shape = {1, 3, 2}; }, {operator_3, "1x3x2", "1x2x3"});
}

// Few bytes that many offsets lead to: the last tensor, whose name is long, stands for all the others that nobody uses.
void shared_bytes() {
  constexpr std::size_t count = 2000;
  Model model = chain();
  const std::size_t used = model.tensors.size();
  while (model.tensors.size() < count) model.tensors.emplace_back();
  model.tensors.back().name.assign(50000, 'n');
  Bytes bytes = writer::bytes_of(model);
  expect(same(parse(bytes), model));

  const auto word = [&](std::size_t at) { return tools::tflite::little_endian<std::uint32_t>(std::span{bytes}.subspan(at, 4)); };
  std::size_t vector = 8;
  while (word(vector) != count) vector += 4;
  const std::size_t last = vector + 4 * count;
  for (std::size_t i = used; i < count; ++i) {
    const std::size_t from = vector + 4 + 4 * i, away = last + word(last) - from;
    for (std::size_t k = 0; k < 4; ++k) bytes[from + k] = static_cast<std::uint8_t>(away >> (8 * k));
  }
  refused(bytes, {"16 times its size"});
}

// Whatever is done to the bytes, the answer is a model or a Failure; sanitizers see to the rest.
void survives(const Bytes& bytes) {
  try {
    static_cast<void>(tools::tflite::describe(parse(bytes)));
  } catch (const tools::Failure&) {
  }
}

// All of it; under sanitizers, which take ten times as long, every fourth length, and each byte in one of four ways in turn.
void damage() {
  constexpr std::array changes{1, 4, 0x80, 0xff};
  std::size_t count = 0;
  for (const auto& [name, model] : all()) {
    const Bytes good = writer::bytes_of(model);
    for (std::size_t size = 0; size < good.size(); size += DAMAGE_STEP)
      refused({good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size)}, {});
    for (std::size_t i = 0; i < changes.size() * good.size(); ++i) {
      if (++count % DAMAGE_STEP != 0) continue;
      const std::size_t at = i % good.size();
      Bytes bad = good;
      bad[at] = static_cast<std::uint8_t>(bad[at] ^ changes[(at + i / good.size()) % changes.size()]);
      survives(bad);
    }
  }
}

}  // namespace

int main() {
  read_back();
  file();
  vtables();
  tensors();
  graph();
  operators();
  types_and_shapes();
  moved();
  state();
  shared_bytes();
  damage();
  return expectations_failed();
}
