// Files of several subgraphs: which one is read, by the name of a signature or of a subgraph, and what is said where none is
// chosen.
#include <string>

#include "expect.hpp"
#include "refused.hpp"
#include "tflite_models.hpp"
#include "tflite_writer.hpp"
#include "tools/tflite/read.hpp"

namespace {

namespace schema = tools::tflite::schema;
using writer::Table;

// chain() twice: as it is, and up to the logits, tensor 11.
Table two_subgraphs() {
  Table root = writer::table_of(models::chain());
  Table whole = root.tables(schema::model::subgraphs)[0], logits = whole;
  whole.set(schema::subgraph::name, std::string_view{"main"});
  logits.set(schema::subgraph::name, std::string_view{"until_logits"});
  logits.set(schema::subgraph::outputs, std::vector<int>{11});
  root.set(schema::model::subgraphs, std::vector<Table>{whole, logits});
  return root;
}

Table signature(std::string_view name, std::uint32_t subgraph) {
  Table made;
  made.set(schema::signature::name, name);
  made.set(schema::signature::subgraph, subgraph);
  return made;
}

std::vector<int> outputs(const Table& root, const std::string& name) {
  return tools::tflite::parse_model("made", writer::bytes_of(root), name).outputs;
}

}  // namespace

int main() {
  Table root = two_subgraphs();
  expect(outputs(root, "main") == std::vector{12} && outputs(root, "until_logits") == std::vector{11});
  refused([&] { outputs(root, ""); },
          {"made: has 2 subgraphs: \"main\", \"until_logits\"; expected one, or its name by --signature NAME"});
  refused([&] { outputs(root, "serve"); }, {"made: has no signature \"serve\"; expected \"main\", \"until_logits\""});

  // Of a single signature the other subgraph is no choice to be made.
  root.set(schema::model::signatures, std::vector<Table>{signature("features", 1)});
  expect(outputs(root, "") == std::vector{11});
  root.set(schema::model::signatures, std::vector<Table>{signature("features", 1), signature("serve", 0)});
  expect(outputs(root, "serve") == std::vector{12} && outputs(root, "features") == std::vector{11} &&
         outputs(root, "main") == std::vector{12});
  refused([&] { outputs(root, ""); }, {"\"features\", \"main\", \"serve\", \"until_logits\""});

  // One that names no subgraph of the file.
  root.set(schema::model::signatures, std::vector<Table>{signature("features", 2)});
  refused([&] { outputs(root, "features"); }, {"has no signature \"features\""});
  return expectations_failed();
}
