// Runs a tool, whose main() is tool_main() here, once for each line of a file, in one process: one with sanitizers takes a tenth
// of a second to begin. A line holds a name and the arguments, with tabs between them.
//
//   each <file> <folder>    writes <folder>/<name>.out and .err, which begin with the tool's status and a line end
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

int tool_main(int count, char** arguments);

namespace {

// What a stream is given, in a string while this lives.
class Caught {
 public:
  explicit Caught(std::ostream& stream) : of{stream}, before{stream.rdbuf(text.rdbuf())} {}
  ~Caught() { of.rdbuf(before); }
  std::string str() const { return text.str(); }

 private:
  std::ostringstream text;
  std::ostream& of;
  std::streambuf* before;
};

void run(std::vector<std::string>& words, const std::string& out) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const Caught said{std::cout}, complained{std::cerr};
  const int status = tool_main(static_cast<int>(words.size()), arguments.data());
  std::ofstream{out + ".out"} << status << '\n' << said.str();
  std::ofstream{out + ".err"} << status << '\n' << complained.str();
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) return 2;
  std::ifstream lines{arguments[1]};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream in{line};
    std::vector<std::string> words;
    for (std::string word; std::getline(in, word, '\t');) words.push_back(word);
    std::clog << words.at(0) << std::endl;  // the last of them is the one that a sanitizer ends
    run(words, arguments[2] + std::string{"/"} + words.at(0));
  }
  return 0;
}
