// TrainingImage: all that a training needs to go on, as an image of version 2 (nn/store/image_format.hpp): parameters, the
// optimizer's settings and moments, the generator, frozen layers, the step's number, and numbers of the program's own.
//
//   std::uint32_t step = 0;
//   nn::Random order{2};
//   nn::TrainingImage image{trainer, normalization, step, order};     // refers to them all; without the second: no normalization
//   status = nn::load(store, image);                                  // what is good is taken over as a whole, else nothing is
//   status = nn::save(store, image);
//
// A training that goes on from an image gives the same bits as one that never stopped. It is to be taken between steps; half a
// batch is not in it. Own numbers are float, integers, bool, Fixed, nn::Random, and std::arrays of numbers; an image whose const
// ones are not equal to the program's is refused.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include "nn/fingerprint.hpp"
#include "nn/normalization.hpp"
#include "nn/store/image.hpp"
#include "nn/store/image_format.hpp"
#include "nn/store/image_reader.hpp"
#include "nn/store/image_table.hpp"
#include "nn/store/table_image.hpp"
#include "nn/store/image_writer.hpp"

namespace nn {

template <class Trainer>
struct NetOf;
template <template <class, class, class, std::size_t, class> class Trainer, class Topology, class Loss, class Optimizer,
          std::size_t Batch, class Kernels>
struct NetOf<Trainer<Topology, Loss, Optimizer, Batch, Kernels>> {
  using type = Topology;
};

// Means: how many the normalization has, 0 for none.
template <class Trainer, std::size_t Means, class... More>
class TrainingImage {
  using Topology = typename NetOf<Trainer>::type;
  using Optimizer = decltype(Trainer::optimizer);
  using Kind = image_format::Kind;
  static_assert(
      requires { Optimizer::name, Optimizer::for_each_setting(std::declval<Optimizer&>(), [](auto&) {}); },
      "nn::TrainingImage: the optimizer does not tell its settings, it needs a name and for_each_setting");

 public:
  constexpr TrainingImage(Trainer& learner, std::uint32_t& steps, More&... numbers) requires(Means == 0)
      : trainer{learner}, step{steps}, own{numbers...} {}
  constexpr TrainingImage(Trainer& learner, const Normalization<Means>& inputs, std::uint32_t& steps,
                          More&... numbers) requires(Means > 0)
      : trainer{learner}, normalization{&inputs}, step{steps}, own{numbers...} {}

  // In bytes, always the same.
  std::size_t size() const { return image_format::header + Table{*this}.view().payload() + image_format::end; }

  // Hands all bytes to put(std::byte), one by one.
  ImageStatus write(auto&& put) const { return write_image(put, Topology::fingerprint, Table{*this}.view()); }

  // Whether an image of `bytes` bytes may be taken over: from is bool(offset, std::span<std::byte> to fill).
  ImageStatus check(auto from, std::size_t bytes) const {
    ImageReader reader{from, bytes};
    return check_image(reader, Topology::fingerprint, Table{*this}.view());
  }

  // Takes an image over if it is good as a whole. Of one of weights alone, the parameters; all else then stays as it is.
  ImageStatus read(auto from, std::size_t bytes) {
    ImageReader reader{from, bytes};
    return read_image(reader, Topology::fingerprint, Table{*this}.view());
  }

 private:
  // Where all of it lies, in the order of the fields.
  class Table {
   public:
    [[gnu::noinline, gnu::cold]] explicit Table(const TrainingImage& image) {
      if constexpr (Means > 0) {
        static constexpr std::uint32_t count = Means;
        add(Kind::normalization, 0, [&] {
          run(count);
          run(image.normalization->mean);
          run(image.normalization->scale);
        });
      }
      auto& learner = image.trainer;
      const auto each = [this](auto& array) { this->run(array); };
      add(Kind::parameters, 0, [&] { for_each_array(each, learner.parameters); });
      learner.visit_state([&](auto& kept, auto& random, auto& frozen) {
        add(Kind::optimizer, identity_of_optimizer, [&] {
          Optimizer::for_each_setting(learner.optimizer, each);
          if constexpr (Optimizer::copies > 0)
            for (auto& moments : kept) for_each_array(each, moments);
        });
        if constexpr (generates<decltype(random)>) add(Kind::generator, 0, [&] { run(random); });
        add(Kind::frozen, 0, [&] { run(frozen); });
      });
      add(Kind::step, 0, [&] { run(image.step); });
      if constexpr (sizeof...(More) > 0)
        add(Kind::own, identity_of_own, [&] { std::apply([&](auto&... numbers) { (run(numbers), ...); }, image.own); });
    }

    ImageTable view() const { return {std::span{fields}.first(field_number), std::span{runs}.first(run_number)}; }

   private:
    template <class Drawn>
    static constexpr bool generates = std::is_same_v<std::remove_cvref_t<Drawn>, Random>;

    void add(Kind kind, std::uint32_t identity, auto add_runs) {
      const std::size_t before = run_number;
      add_runs();
      fields[field_number++] = {kind, static_cast<std::uint16_t>(run_number - before), identity};
    }
    void run(auto& numbers) { runs[run_number++] = ImageRun::of(numbers); }

    static constexpr std::size_t settings = [] {
      std::size_t number = 0;
      constexpr Optimizer optimizer{};
      Optimizer::for_each_setting(optimizer, [&](auto&) { ++number; });
      return number;
    }();

    std::array<ImageField, 7> fields;
    std::array<ImageRun, 3 + (1 + Optimizer::copies) * array_count<typename Trainer::Parameters> + settings + 3 + sizeof...(More)>
        runs;
    std::size_t field_number = 0, run_number = 0;
  };

  // How many numbers of which format.
  template <class Each>
  static constexpr void add_format(Fingerprint& hash) {
    if constexpr (image_format::Single<Each>) {
      hash.add(static_cast<std::uint32_t>(sizeof(StoredWord<Each>)));
      hash.add(std::is_floating_point_v<Each> ? 1u : 0u);
      if constexpr (requires { Each::fraction; }) hash.add(static_cast<std::uint32_t>(Each::fraction));
    } else if constexpr (std::is_same_v<Each, Random>) {
      hash.add("Random");
    } else {
      hash.add(static_cast<std::uint32_t>(std::tuple_size_v<Each>));
      add_format<typename Each::value_type>(hash);
    }
  }
  static constexpr std::uint32_t folded(const Fingerprint& hash) {
    return static_cast<std::uint32_t>(hash.value ^ hash.value >> 32);
  }

  static constexpr std::uint32_t identity_of_optimizer = [] {
    Fingerprint hash;
    hash.add(Optimizer::name);
    hash.add(static_cast<std::uint32_t>(Optimizer::copies));
    constexpr Optimizer optimizer{};
    Optimizer::for_each_setting(optimizer,
                                [&](const auto& setting) { add_format<std::remove_cvref_t<decltype(setting)>>(hash); });
    add_format<typename Topology::Arithmetic::Moment>(hash);
    return folded(hash);
  }();
  static constexpr std::uint32_t identity_of_own = [] {
    Fingerprint hash;
    (add_format<std::remove_const_t<More>>(hash), ...);
    return folded(hash);
  }();

  Trainer& trainer;
  const Normalization<Means>* normalization = nullptr;
  std::uint32_t& step;
  std::tuple<More&...> own;
};

template <class Trainer, class... More>
TrainingImage(Trainer&, std::uint32_t&, More&...) -> TrainingImage<Trainer, 0, More...>;
template <class Trainer, std::size_t Means, class... More>
TrainingImage(Trainer&, const Normalization<Means>&, std::uint32_t&, More&...) -> TrainingImage<Trainer, Means, More...>;

}  // namespace nn
