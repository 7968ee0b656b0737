// FixedWindows: a convolution of numbers of 16 bits on x86. Outputs lie in the lanes of vectors, where two neighbours of the
// input meet the weights of all outputs at once; weights are laid out for that, once for many positions.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "fixed_products.hpp"
#include "fixed_vector.hpp"

namespace target {

// The numbers under an nn::Window: runs of neighbours in the input.
template <class Window>
struct Runs {
  static constexpr auto rows = Window::rows, columns = Window::columns;
  static constexpr bool whole_rows = columns.dilation == 1;
  static constexpr std::size_t count = whole_rows ? rows.taps : Window::taps;
  static constexpr std::size_t length = Window::taps * Window::Channels / count;
  static constexpr std::size_t pairs = (length + 1) / 2;
  // Of an odd number of them the last pair has the one before again, whose weight is 0 there.
  static constexpr std::size_t pair_at(std::size_t pair) { return std::min(2 * pair, length - 2); }

  // Where each run begins, from the first on: in the input, and where they follow each other.
  using Places = std::array<std::size_t, count>;
  static constexpr Places in_input = [] {
    Places places{};
    for (std::size_t run = 0; run < count; ++run) {
      const std::size_t row = whole_rows ? run : run / columns.taps, column = whole_rows ? 0 : run % columns.taps;
      places[run] = (row * rows.dilation * columns.input + column * columns.dilation) * Window::Channels;
    }
    return places;
  }();
  static constexpr Places in_copy = [] {
    Places places{};
    for (std::size_t run = 0; run < count; ++run) places[run] = run * length;
    return places;
  }();
  // The first and the last row of the input under windows of rows [begin, end).
  static std::size_t first_row(std::size_t begin) { return std::max(begin * rows.stride, rows.before()) - rows.before(); }
  static std::size_t behind(std::size_t end) {
    const std::size_t last = (end - 1) * rows.stride + rows.reach();
    return std::min(std::max(last, rows.before()) - rows.before(), rows.input);
  }
};

struct FixedWindows : FixedProducts {
 private:
  static constexpr bool wide_windows(std::size_t outputs) { return has_wide_fixed && outputs > fixed_width / 2; }

  // Weights [runs of pairs][vectors of outputs], of two inputs each.
  template <class Window, std::size_t Outputs>
  struct Laid {
    using Numbers = FixedLanes<wide_windows(Outputs)>;
    using Vector = typename Numbers::Vector;
    static constexpr std::size_t width = sizeof(Vector) / sizeof(std::int32_t), vectors = (Outputs + width - 1) / width;
    using Words = std::array<std::int32_t, vectors * width>;
    alignas(64) Words bias{};
    alignas(64) std::array<Words, Runs<Window>::count * Runs<Window>::pairs> weight{};
  };

 public:
  // y ← W ⋆ x + b, to the nearest, at rows [begin, end) of a Window; x begins with row `above` of the input. False, and nothing
  // is done, where |x| and each output's Σ |W| do not tell that 32 bits hold the sums, or positions are few.
  template <class Window, int WeightFraction, int BiasFraction, int InputFraction, int Fraction, std::size_t Outputs,
            std::size_t Patch>
    requires(WeightFraction + InputFraction - Fraction >= 2 && BiasFraction <= WeightFraction + InputFraction &&
             Runs<Window>::length > 1 && sizeof(Laid<Window, Outputs>) <= std::size_t{1} << 16)
  static bool windows_to(const nn::Matrix<nn::Fixed<16, WeightFraction>, Outputs, Patch>& weight,
                         const std::array<nn::Fixed<32, BiasFraction>, Outputs>& b, const nn::Fixed<16, InputFraction>* x,
                         std::size_t above, std::size_t begin, std::size_t end, nn::Fixed<16, Fraction>* y) {
    constexpr std::size_t few = 8;
    if (begin == end || (end - begin) * Window::output_width < few) return false;
    constexpr std::size_t row = Window::columns.input * Window::Channels;
    const std::size_t first = Runs<Window>::first_row(begin), behind = std::max(Runs<Window>::behind(end), first);
    Laid<Window, Outputs> laid;
    const std::int32_t size = largest_size(raw(x) + (first - above) * row, (behind - first) * row);
    if (!lay_out(laid, weight, b, WeightFraction + InputFraction - BiasFraction, size)) return false;

    constexpr int dropped = WeightFraction + InputFraction - Fraction;
    std::array<nn::Fixed<16, InputFraction>, Patch> copy;
    for (std::size_t r = begin; r < end; ++r)
      for (std::size_t c = 0; c < Window::output_width; ++c, y += Outputs) {
        const bool inside = Window::all_inside(Window::rows, r) && Window::all_inside(Window::columns, c);
        const std::size_t under = (r * Window::rows.stride - Window::rows.before() - above) * row +
                                  (c * Window::columns.stride - Window::columns.before()) * Window::Channels;
        outputs_at<dropped>(laid, inside ? raw(x) + under : raw(Window::patch_at(x, above, r, c, copy).data()),
                            inside ? Runs<Window>::in_input : Runs<Window>::in_copy, &y->raw);
      }
    return true;
  }

 private:
  // Whether no sum of a bias and products with |x| up to `size` is beyond 32 bits, wherever it ends.
  template <class Window, int WeightFraction, int BiasFraction, std::size_t Outputs, std::size_t Patch>
  static bool lay_out(Laid<Window, Outputs>& laid, const nn::Matrix<nn::Fixed<16, WeightFraction>, Outputs, Patch>& weight,
                      const std::array<nn::Fixed<32, BiasFraction>, Outputs>& b, int more_of_bias, std::int64_t size) {
    using Run = Runs<Window>;
    bool within = true;
    for (std::size_t o = 0; o < Outputs; ++o) {
      std::int64_t sizes = 0;
      for (const auto w : weight[o]) sizes += magnitude(w.raw);
      const std::int64_t bias = std::int64_t{b[o].raw} * (std::int64_t{1} << more_of_bias);
      within = within && sizes * size + (bias < 0 ? -bias : bias) <= INT32_MAX;
      laid.bias[o] = static_cast<std::int32_t>(bias);
    }
    for (std::size_t run = 0; run < Run::count && within; ++run)
      for (std::size_t pair = 0; pair < Run::pairs; ++pair)
        for (std::size_t o = 0; o < Outputs; ++o) {
          const std::int16_t* const w = raw(&weight[o][run * Run::length + Run::pair_at(pair)]);
          laid.weight[run * Run::pairs + pair][o] = pair_of(2 * pair + 1 < Run::length ? w[0] : std::int16_t{0}, w[1]);
        }
    return within;
  }

  // y ← the outputs of one position, whose runs begin at x + places[run]: as many vectors at a time as registers hold.
  template <int Dropped, class Window, std::size_t Outputs>
  [[gnu::always_inline]] static void outputs_at(const Laid<Window, Outputs>& laid, const std::int16_t* x,
                                                const typename Runs<Window>::Places& places, std::int16_t* y) {
    constexpr std::size_t vectors = Laid<Window, Outputs>::vectors, block = 8;
    for (std::size_t from = 0; from + block <= vectors; from += block) some_at<Dropped, block>(laid, x, places, y, from);
    if constexpr (vectors % block != 0) some_at<Dropped, vectors % block>(laid, x, places, y, vectors - vectors % block);
  }
  template <int Dropped, std::size_t Some, class Window, std::size_t Outputs>
  [[gnu::always_inline]] static void some_at(const Laid<Window, Outputs>& laid, const std::int16_t* x,
                                             const typename Runs<Window>::Places& places, std::int16_t* y, std::size_t from) {
    using Run = Runs<Window>;
    using Numbers = typename Laid<Window, Outputs>::Numbers;
    constexpr std::size_t width = Laid<Window, Outputs>::width;
    typename Numbers::Vector sum[Some];
    for (std::size_t v = 0; v < Some; ++v) sum[v] = Numbers::load(&laid.bias[(from + v) * width]);
    for (std::size_t run = 0; run < Run::count; ++run)
      for (std::size_t pair = 0; pair < Run::pairs; ++pair) {
        std::int32_t two;
        std::memcpy(&two, x + places[run] + Run::pair_at(pair), sizeof two);
        const auto input = Numbers::each(two);
        const auto& weight = laid.weight[run * Run::pairs + pair];
        for (std::size_t v = 0; v < Some; ++v)
          sum[v] = add_pair_products(sum[v], Numbers::load(&weight[(from + v) * width]), input);
      }
    for (std::size_t v = 0; v < Some; ++v) {
      const auto all = rounded<Dropped>(sum[v]);
      std::memcpy(y + (from + v) * width, &all, std::min(width, Outputs - (from + v) * width) * sizeof *y);
    }
  }
};

}  // namespace target
