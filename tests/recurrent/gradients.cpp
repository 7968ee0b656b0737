// The cells of Rnn, Gru and Lstm against outputs and gradients of PyTorch, of every parameter, the input and the initial state:
// in double within 1e-10 of a tensor's largest element, in float within 1e-5.
//   recurrent_gradients FOLDER     a folder of cases
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "expect.hpp"
#include "files.hpp"
#include "nn/nn.hpp"

namespace {

int compared = 0;
double worst = 0;

// Relative to the largest expected number.
void close(const Case& from, const std::string& name, const std::vector<double>& found, const std::vector<double>& expected,
           double bound) {
  double largest = 0;
  double error = 0;
  for (const double value : expected) largest = std::max(largest, std::abs(value));
  bool good = found.size() == expected.size();
  for (std::size_t i = 0; good && i < found.size(); ++i) error = std::max(error, std::abs(found[i] - expected[i]));
  if (largest > 0) worst = std::max(worst, error / largest);
  ++compared;
  if (good && error <= bound * largest) return;
  std::printf("%s: %s differs by %.2g of %.2g\n", from.folder.c_str(), name.c_str(), error, largest);
  ++failures;
}

void append(std::vector<double>& to, const auto& numbers) {
  nn::for_each_row([&](const auto& row) { to.insert(to.end(), row.begin(), row.end()); }, numbers);
}

template <class Number, class Cell, std::size_t Steps>
struct Check {
  using A = nn::Real<Number>;
  using Pass = nn::CellPass<Cell, Steps>;
  using Parameters = typename Cell::Parameters;
  static constexpr std::size_t F = Cell::features;
  static constexpr std::size_t H = Cell::hidden;
  static constexpr bool has_cell = requires(typename Cell::State state) { state.c; };

  static void run(const Case& from, double bound) {
    const std::vector<double> x = from.read("x"), dy = from.read("dy");
    const std::size_t samples = x.size() / (Steps * F);
    Parameters p{};
    fill(p, from);
    Parameters sum{};
    std::vector<double> y(Steps * samples * H), dx(x.size()), dh0, dc0, hn, cn;
    nn::SumSink<A, target::Kernels, Parameters, nn::Small<>> sink{sum, {}};
    for (std::size_t b = 0; b < samples; ++b) {
      const auto place = [&](std::size_t t, std::size_t width, std::size_t i) { return (t * samples + b) * width + i; };
      std::array<Number, Steps * F> in;
      for (std::size_t t = 0; t < Steps; ++t)
        for (std::size_t i = 0; i < F; ++i) in[t * F + i] = static_cast<Number>(x[place(t, F, i)]);
      nn::CellTrace<Cell, Steps> trace;
      put(trace.state.h, from, "h0", b);
      if constexpr (has_cell) put(trace.state.c, from, "c0", b);
      Pass::template forward<target::Kernels>(p, in, trace, [&](std::size_t t, const auto& h) {
        for (std::size_t i = 0; i < H; ++i) y[place(t, H, i)] = static_cast<double>(h[i]);
      });
      hn.insert(hn.end(), trace.state.h.begin(), trace.state.h.end());
      if constexpr (has_cell) cn.insert(cn.end(), trace.state.c.begin(), trace.state.c.end());
      typename Cell::StateGradient d{};
      put(d.h, from, "dh_n", b);
      if constexpr (has_cell) put(d.c, from, "dc_n", b);
      Pass::template learn<target::Kernels, true>(
          p, in, [&](std::size_t t, std::size_t i, auto later) { return static_cast<Number>(dy[place(t, H, i)]) + later; }, d,
          [&](std::size_t t, std::size_t i, auto value) { dx[place(t, F, i)] = static_cast<double>(value); }, trace, sink);
      dh0.insert(dh0.end(), d.h.begin(), d.h.end());
      if constexpr (has_cell) dc0.insert(dc0.end(), d.c.begin(), d.c.end());
    }
    close(from, "y", y, from.read("y"), bound);
    close(from, "h_n", hn, from.read("h_n"), bound);
    close(from, "grad_x", dx, from.read("grad_x"), bound);
    close(from, "grad_h0", dh0, from.read("grad_h0"), bound);
    if constexpr (has_cell) {
      close(from, "c_n", cn, from.read("c_n"), bound);
      close(from, "grad_c0", dc0, from.read("grad_c0"), bound);
    }
    std::vector<double> weight, recurrent, bias, recurrent_bias;
    append(weight, sum.weight);
    append(recurrent, sum.recurrent);
    if constexpr (requires { sum.candidate; }) append(recurrent, sum.candidate);
    close(from, "grad_weight_ih", weight, from.read("grad_weight_ih"), bound);
    close(from, "grad_weight_hh", recurrent, from.read("grad_weight_hh"), bound);
    if (!from.has("grad_bias_ih")) return;
    append(bias, sum.bias);
    close(from, "grad_bias_ih", bias, from.read("grad_bias_ih"), bound);
    if constexpr (requires { sum.recurrent_bias; }) {
      append(recurrent_bias, sum.recurrent_bias);
      const std::vector<double> all = from.read("grad_bias_hh");
      close(from, "grad_bias_hh", recurrent_bias, {all.begin() + 2 * H, all.end()}, bound);
    }
  }

  static void put(auto& to, const Case& from, const std::string& name, std::size_t b) {
    if (!from.has(name)) return;
    const std::vector<double> all = from.read(name);
    for (std::size_t i = 0; i < H; ++i) to[i] = static_cast<Number>(all[b * H + i]);
  }

  // PyTorch's two biases are one here, but for those of a Gru's candidate.
  static void fill(Parameters& p, const Case& from) {
    const std::vector<double> weight = from.read("weight_ih"), recurrent = from.read("weight_hh");
    std::size_t next = 0;
    const auto take = [&](const std::vector<double>& all) {
      return [&](auto& row) {
        for (auto& w : row) w = static_cast<Number>(all[next++]);
      };
    };
    nn::for_each_row(take(weight), p.weight);
    next = 0;
    nn::for_each_row(take(recurrent), p.recurrent);
    if constexpr (requires { p.candidate; }) nn::for_each_row(take(recurrent), p.candidate);
    if (!from.has("bias_ih")) return;
    const std::vector<double> bias = from.read("bias_ih"), other = from.read("bias_hh");
    for (std::size_t o = 0; o < p.bias.size(); ++o) {
      if constexpr (requires { p.recurrent_bias; })
        if (o >= 2 * H) {
          p.bias[o] = static_cast<Number>(bias[o]);
          p.recurrent_bias[o - 2 * H] = static_cast<Number>(other[o]);
          continue;
        }
      p.bias[o] = static_cast<Number>(bias[o] + other[o]);
    }
  }
};

template <template <class, std::size_t, std::size_t> class Cell, std::size_t Steps, std::size_t F, std::size_t H>
bool shape(const Case& from) {
  if (from.count("steps") != Steps || from.count("inputs") != F || from.count("hidden") != H) return false;
  Check<double, Cell<nn::Real<double>, F, H>, Steps>::run(from, 1e-10);
  const double in_double = worst;
  worst = 0;
  Check<float, Cell<nn::Real<float>, F, H>, Steps>::run(from, 1e-5);
  std::printf("%-28s largest difference %.1e in double, %.1e in float\n", from.folder.filename().c_str(), in_double, worst);
  worst = 0;
  return true;
}

template <template <class, std::size_t, std::size_t> class Cell>
void check(const Case& from) {
  if (shape<Cell, 1, 2, 3>(from) || shape<Cell, 5, 3, 4>(from) || shape<Cell, 20, 3, 4>(from) || shape<Cell, 5, 2, 5>(from))
    return;
  std::printf("%s: steps, inputs and hidden units that this test does not know: %s\n", from.folder.c_str(), from.what.c_str());
  ++failures;
}

template <class A, std::size_t F, std::size_t H>
using Tanh = nn::RnnCell<A, F, H, false>;
template <class A, std::size_t F, std::size_t H>
using Relu = nn::RnnCell<A, F, H, true>;
template <class A, std::size_t F, std::size_t H>
using After = nn::GruCell<A, F, H, false>;
template <class A, std::size_t F, std::size_t H>
using Before = nn::GruCell<A, F, H, true>;

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return 1;
  std::vector<std::filesystem::path> folders;
  for (const auto& entry : std::filesystem::directory_iterator{arguments[1]}) folders.push_back(entry.path());
  std::sort(folders.begin(), folders.end());
  for (const auto& folder : folders) {
    const Case from{folder};
    const std::string name = folder.filename();
    if (name.starts_with("gru_reset_before")) check<Before>(from);
    else if (name.starts_with("gru")) check<After>(from);
    else if (name.starts_with("lstm")) check<nn::LstmCell>(from);
    else if (name.starts_with("elman_relu")) check<Relu>(from);
    else check<Tanh>(from);
  }
  std::printf("%d tensors compared\n", compared);
  expect(compared > 0);
  return expectations_failed();
}
