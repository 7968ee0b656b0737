// Operation: an operator of nn/ with its constants, of whatever type: to be planned, run on this machine and written into a
// header.
//
//   Operation made{nn::int8::Lookup{…}};   made->overlap(0);   made.as<nn::int8::Lookup>()->table
#pragma once

#include <memory>
#include <span>
#include <typeindex>
#include <utility>

#include "nn/graph/operator.hpp"
#include "nn/graph/rows.hpp"
#include "nn/graph/run.hpp"
#include "target.hpp"
#include "tools/import/along_time.hpp"
#include "tools/import/writer.hpp"

namespace tools::importer {

class Operation {
 public:
  // What is asked of all alike.
  struct Any {
    virtual ~Any() = default;
    virtual std::unique_ptr<Any> copy() const = 0;
    virtual std::type_index type() const = 0;
    virtual nn::graph::Overlap overlap(int input) const = 0;
    virtual std::int32_t scratch() const = 0;  // bytes, like the next
    virtual std::int32_t state() const = 0;
    virtual std::int64_t products() const = 0;
    virtual std::int64_t taps() const = 0;  // numbers read for each of the output, about
    virtual void run(nn::graph::Call call, std::byte* y, std::span<const nn::graph::Source> x) const = 0;
    // By rows (nn/graph/rows.hpp).
    virtual nn::graph::RowNeed row_need(int input, std::int32_t rows, std::int32_t input_rows) const = 0;
    virtual std::int32_t sum_bytes() const = 0;  // of one that gathers, else 0
    virtual nn::graph::Overlap overlap_on_rows(int input, nn::graph::RowRange range) const = 0;
    virtual void run_rows(nn::graph::RowRange range, nn::graph::Call call, std::byte* y,
                          std::span<const nn::graph::Source> x) const = 0;
    virtual void write(Writer& to) const = 0;
    virtual AlongTime along_time(const Sequences& of) const = 0;
    virtual Operation on_frames(const Cut& cut) const = 0;  // the same, for these frames of its output alone
  };

  template <class Kernel>
    requires(!std::is_same_v<Kernel, Operation>)
  Operation(Kernel kernel) : held{std::make_unique<Of<Kernel>>(std::move(kernel))} {}
  Operation(const Operation& other) : held{other.held->copy()} {}
  Operation(Operation&&) = default;
  Operation& operator=(Operation other) {
    held.swap(other.held);
    return *this;
  }

  const Any* operator->() const { return held.get(); }

  // nullptr: it is another one.
  template <class Kernel>
  const Kernel* as() const {
    return held->type() == typeid(Kernel) ? &static_cast<const Of<Kernel>&>(*held).kernel : nullptr;
  }
  template <class Kernel>
  Kernel* as() {
    return const_cast<Kernel*>(std::as_const(*this).as<Kernel>());
  }

 private:
  template <class Kernel>
  struct Of final : Any {
    explicit Of(Kernel constants) : kernel{std::move(constants)} {}

    std::unique_ptr<Any> copy() const override { return std::make_unique<Of>(kernel); }
    std::type_index type() const override { return typeid(Kernel); }
    nn::graph::Overlap overlap(int input) const override { return nn::graph::overlap_on<target::Kernels>(kernel, input); }
    std::int32_t scratch() const override { return nn::graph::scratch_bytes<target::Kernels>(kernel); }
    std::int32_t state() const override { return nn::graph::state_bytes(kernel); }
    std::int64_t products() const override { return nn::graph::products(kernel); }
    std::int64_t taps() const override {
      if constexpr (requires { kernel.window.dilation; }) {
        const auto within = [](std::int64_t tap, std::int64_t extent) { return tap < extent ? tap : extent; };
        return within(kernel.window.kernel.height, kernel.window.input.height) *
               within(kernel.window.kernel.width, kernel.window.input.width);
      }
      return 1;
    }
    void run(nn::graph::Call call, std::byte* y, std::span<const nn::graph::Source> x) const override {
      nn::graph::run<target::Kernels>(kernel, call, y, x);
    }
    nn::graph::RowNeed row_need(int input, std::int32_t rows, std::int32_t input_rows) const override {
      return nn::graph::row_need(kernel, input, rows, input_rows);
    }
    std::int32_t sum_bytes() const override {
      if constexpr (nn::graph::Gathers<Kernel>)
        if (kernel.gathers()) return kernel.sum_bytes();
      return 0;
    }
    nn::graph::Overlap overlap_on_rows(int input, nn::graph::RowRange range) const override {
      return nn::graph::overlap_on<target::Kernels>(nn::graph::on_rows(kernel, range), input);
    }
    void run_rows(nn::graph::RowRange range, nn::graph::Call call, std::byte* y,
                  std::span<const nn::graph::Source> x) const override {
      if constexpr (nn::graph::Gathers<Kernel>)
        if (kernel.gathers()) return kernel.template gather<target::Kernels>(call, nn::graph::Place{y}, x[0], range);
      nn::graph::run<target::Kernels>(nn::graph::on_rows(kernel, range), call, y, x);
    }
    void write(Writer& to) const override { to.write(kernel); }
    AlongTime along_time(const Sequences& of) const override { return importer::along_time(kernel, of); }
    Operation on_frames(const Cut& cut) const override { return importer::on_frames(kernel, cut); }

    Kernel kernel;
  };

  std::unique_ptr<Any> held;
};

}  // namespace tools::importer
