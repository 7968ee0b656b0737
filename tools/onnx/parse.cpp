#include "tools/onnx/parse.hpp"

#include <set>

#include "tools/import/names.hpp"
#include "tools/onnx/tensor.hpp"

namespace tools::onnx {

namespace {

std::string numbered(const char* list, std::size_t index) { return text(list, "[", index, "]"); }

// The domain of ONNX itself is also spelled out.
std::string plain_domain(std::string domain) { return domain == "ai.onnx" ? "" : domain; }

class Reader {
 public:
  Reader(const std::string& file_name, std::string where) : of{file_name}, folder{std::move(where)} {}

  File file(const Message& from) {
    File made;
    made.name = of;
    std::size_t opsets = 0;
    bool has_graph = false, has_version = false;
    from.for_each([&](const Field& field) {
      switch (field.number) {
        case 1:
          made.ir_version = field.whole("ir_version");
          has_version = true;
          return;
        case 2:
          made.producer = field.text("producer_name");
          return;
        case 7:
          read_graph(field.message("graph"), made.graph);
          has_graph = true;
          return;
        case 8:
          return opset(field.message(numbered("opset_import", opsets++)), made);
        case 25:
          return function(field.message("functions"));
        default:
          return;
      }
    });
    if (!has_graph) throw from.refusal("has no graph", "an ONNX model");
    if (!has_version || made.ir_version < 3 || made.ir_version > 12)
      throw from.refusal(text("has the ir_version ", made.ir_version), "3 to 12");
    if (!made.opsets.contains("")) throw from.refusal("imports no set of ONNX's operators", "an opset_import without a domain");
    const std::int64_t version = made.opsets.at("");
    if (version < 7 || version > 24) throw from.refusal(text("imports opset ", version), "7 to 24");
    for (std::size_t i = 0; i < made.graph.nodes.size(); ++i)
      if (functions.contains({made.graph.nodes[i].domain, made.graph.nodes[i].operation}))
        throw from.refusal("graph." + numbered("node", i) + " calls the function " +
                               importer::in_quotes(made.graph.nodes[i].operation) + " of the file",
                           "operators; functions can be inlined by the exporter");
    return made;
  }

 private:
  void opset(const Message& from, File& made) {
    std::string domain;
    std::int64_t version = 0;
    from.for_each([&](const Field& field) {
      if (field.number == 1) domain = plain_domain(field.text("domain"));
      if (field.number == 2) version = field.whole("version");
    });
    made.opsets[domain] = version;
  }

  void function(const Message& from) {
    std::string operation, domain;
    from.for_each([&](const Field& field) {
      if (field.number == 1) operation = field.text("name");
      if (field.number == 10) domain = plain_domain(field.text("domain"));
    });
    functions.emplace(domain, operation);
  }

  void read_graph(const Message& from, Graph& graph) {
    from.for_each([&](const Field& field) {
      switch (field.number) {
        case 1:
          graph.nodes.push_back(node(field.message(numbered("node", graph.nodes.size()))));
          return;
        case 5:
          graph.initializers.push_back(read_tensor(field.message(numbered("initializer", graph.initializers.size())), folder));
          return;
        case 11:
          graph.inputs.push_back(value(field.message(numbered("input", graph.inputs.size()))));
          return;
        case 12:
          graph.outputs.push_back(value(field.message(numbered("output", graph.outputs.size()))));
          return;
        case 15:
          throw from.refusal("has a sparse_initializer", "tensors in full");
        default:
          return;
      }
    });
  }

  NodeData node(const Message& from) {
    NodeData made;
    std::size_t attributes = 0;
    from.for_each([&](const Field& field) {
      switch (field.number) {
        case 1:
          made.inputs.push_back(field.text("input"));
          return;
        case 2:
          made.outputs.push_back(field.text("output"));
          return;
        case 3:
          made.name = field.text("name");
          return;
        case 4:
          made.operation = field.text("op_type");
          return;
        case 5: {
          const Message at = field.message(numbered("attribute", attributes++));
          std::string name;
          Attribute each = attribute(at, name);
          if (!made.attributes.emplace(name, std::move(each)).second)
            throw at.refusal("is the second one named " + importer::in_quotes(name), "one");
          return;
        }
        case 7:
          made.domain = plain_domain(field.text("domain"));
          return;
        default:
          return;
      }
    });
    if (made.operation.empty()) throw from.refusal("has no op_type", "the name of an operator");
    return made;
  }

  // Graphs within are not looked into.
  Attribute attribute(const Message& from, std::string& name) {
    Attribute made;
    std::optional<std::int64_t> kind;
    AttributeKind found = AttributeKind::other;
    const auto holds = [&](AttributeKind each) { found = each; };
    from.for_each([&](const Field& field) {
      switch (field.number) {
        case 1:
          name = field.text("name");
          return;
        case 2:
          made.real = field.real("f");
          return holds(AttributeKind::real);
        case 3:
          made.whole = field.whole("i");
          return holds(AttributeKind::whole);
        case 4:
          made.text = field.text("s");
          return holds(AttributeKind::text);
        case 5:
          made.tensor = read_tensor(field.message("t"), folder);
          return holds(AttributeKind::tensor);
        case 6:
          field.bytes("g");
          return holds(AttributeKind::graph);
        case 7:
          field.add_to(made.reals, "floats");
          return holds(AttributeKind::reals);
        case 8:
          field.add_to(made.wholes, "ints");
          return holds(AttributeKind::wholes);
        case 9:
          made.texts.push_back(field.text("strings"));
          return holds(AttributeKind::texts);
        case 20:
          kind = field.whole("type");
          return;
        case 21:
          throw from.refusal("refers to an attribute of a function", "a value");
        default:
          return;
      }
    });
    if (kind && *kind >= 1 && *kind <= 8) made.kind = static_cast<AttributeKind>(*kind);
    if (!kind) made.kind = found;
    if (kind && found != AttributeKind::other && made.kind != found && made.kind != AttributeKind::other)
      throw from.refusal("holds another kind of value than its type says", "one kind");
    return made;
  }

  ValueInfo value(const Message& from) {
    ValueInfo made;
    from.for_each([&](const Field& field) {
      if (field.number == 1) made.name = field.text("name");
      if (field.number == 2) type(field.message("type"), made);
    });
    return made;
  }

  // TypeProto, of which 1 is a tensor.
  void type(const Message& from, ValueInfo& made) {
    from.for_each([&](const Field& field) {
      if (field.number >= 4 && field.number <= 9 && field.number != 6)
        throw from.refusal("is a sequence, a map, an optional or a sparse tensor", "a tensor");
      if (field.number != 1) return;
      field.message("tensor_type").for_each([&](const Field& each) {
        if (each.number == 1) made.type = static_cast<DataType>(each.whole("elem_type"));
        if (each.number == 2) made.shape = shape(each.message("shape"));
      });
    });
  }

  std::vector<std::int64_t> shape(const Message& from) {
    std::vector<std::int64_t> extents;
    from.for_each([&](const Field& field) {
      if (field.number != 1) return;
      std::int64_t extent = -1;
      field.message(numbered("dim", extents.size())).for_each([&](const Field& each) {
        if (each.number == 1) extent = each.whole("dim_value");
      });
      extents.push_back(extent);
      if (extents.size() > 64) throw from.refusal("has more than 64 dimensions", "at most 8");
    });
    return extents;
  }

  const std::string& of;
  std::string folder;
  std::set<std::pair<std::string, std::string>> functions;
};

}  // namespace

File parse(const std::string& name, Bytes bytes, const std::string& folder) {
  if (bytes.empty()) throw failure(name, "is empty", "an ONNX model");
  return Reader{name, folder}.file({name, "", bytes});
}

}  // namespace tools::onnx
