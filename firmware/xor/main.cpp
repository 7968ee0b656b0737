// Exclusive or, learnt where this runs, in float and in fixed point, and by the compiler in float: with the same bits.
#include "console.hpp"
#include "training.hpp"

namespace {

using Real = exclusive_or::Net<float>;
using Fixed = exclusive_or::Net<exclusive_or::Fixed>;

constexpr auto compiled = exclusive_or::train<Real>({}, [](std::uint32_t, float) {});
static_assert(exclusive_or::right<Real>(compiled.parameters) == 4, "the compiler learnt exclusive or");

// Trains, prints, and returns the outcome.
template <class Net>
exclusive_or::Outcome<Net> learn() {
  exclusive_or::Settings settings{};
  settings.seed = nn::at_run_time(settings.seed);
  nn::print(console::write, Net::Arithmetic::name, '\n');
  const auto outcome = exclusive_or::train<Net>(settings, [](std::uint32_t epoch, float error) {
    nn::print(console::write, "epoch ", nn::right(epoch, 4), "  error ", nn::decimal(error, 4), '\n');
  });

  for (const auto& row : exclusive_or::rows) {
    using Number = typename Net::InputNumber;
    const auto y = Net::forward(outcome.parameters, {nn::number<Number>(row.input[0]), nn::number<Number>(row.input[1])});
    nn::print(console::write, nn::decimal(row.input[0], 0), " xor ", nn::decimal(row.input[1], 0),  //
              ": equal ", nn::decimal(static_cast<float>(y[0]), 3), ", different ", nn::decimal(static_cast<float>(y[1]), 3),
              '\n');
  }
  nn::print(console::write, exclusive_or::right<Net>(outcome.parameters), " of 4 right after ", outcome.epochs,
            " epochs\nchecksum ", nn::hex(nn::checksum(outcome.parameters)), " of the parameters\n\n");
  return outcome;
}

}  // namespace

int main() {
  const auto real = learn<Real>();
  const auto fixed = learn<Fixed>();
  const bool same = nn::checksum(real.parameters) == nn::checksum(compiled.parameters);
  nn::print(console::write, "the compiler found ", same ? "the same bits" : "other bits", " in float\n");
  return same && exclusive_or::right<Real>(real.parameters) == 4 && exclusive_or::right<Fixed>(fixed.parameters) == 4 ? 0 : 1;
}
