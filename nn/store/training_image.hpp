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
  constexpr std::size_t size() const { return image_format::header + payload() + image_format::end; }

  // Hands all bytes to put(std::byte), one by one.
  constexpr ImageStatus write(auto&& put) const {
    bool sound = true;
    for_each_field(*this, [&](Kind, std::uint32_t, auto walk) {
      walk([&](const auto& row) { sound = sound && image_format::sound(row); });
    });
    if (!sound) return ImageStatus::not_finite;
    ImageWriter writer{put, image_format::version_of_training, Topology::fingerprint, payload()};
    for_each_field(*this, [&](Kind kind, std::uint32_t identity, auto walk) {
      writer.field(kind, identity, bytes_of(walk));
      walk([&](const auto& row) { writer.row(row); });
    });
    writer.finish();
    return ImageStatus::ok;
  }

  // Whether an image of `bytes` bytes may be taken over: from is bool(offset, std::span<std::byte> to fill).
  constexpr ImageStatus check(auto from, std::size_t bytes) const {
    ImageReader reader{from, bytes};
    return check(reader);
  }

  // Takes an image over if it is good as a whole. Of one of weights alone, the parameters; all else then stays as it is.
  constexpr ImageStatus read(auto from, std::size_t bytes) {
    ImageReader reader{from, bytes};
    if (const ImageStatus status = check(reader); status != ImageStatus::ok) return status;
    const bool weights_alone = !reader.find(Kind::optimizer).found;
    for_each_field(*this, [&](Kind kind, std::uint32_t, auto walk) {
      auto field = reader.find(kind);
      if (weights_alone && kind != Kind::parameters) return;
      walk([&](auto& row) {
        if constexpr (std::is_const_v<std::remove_reference_t<decltype(row)>>)
          field.at += image_format::stored_size(row);
        else
          reader.row(field.at, row);
      });
    });
    return reader.failed ? ImageStatus::unreadable : ImageStatus::ok;
  }

 private:
  // visit(kind, identity, walk) for every field; walk(each) calls each(row) for its rows of numbers.
  template <class Self>
  static constexpr void for_each_field(Self& self, auto&& visit) {
    if constexpr (Means > 0)
      visit(Kind::normalization, 0u, [&](auto&& each) {
        static constexpr std::uint32_t count = Means;
        each(count);
        each(self.normalization->mean);
        each(self.normalization->scale);
      });
    auto& trainer = self.trainer;
    visit(Kind::parameters, 0u, [&](auto&& each) { for_each_row(each, trainer.parameters); });
    trainer.visit_state([&](auto& kept, auto& random, auto& frozen) {
      visit(Kind::optimizer, identity_of_optimizer, [&](auto&& each) {
        Optimizer::for_each_setting(trainer.optimizer, each);
        if constexpr (Optimizer::copies > 0)
          for (auto& moments : kept) for_each_row(each, moments);
      });
      if constexpr (std::is_same_v<std::remove_cvref_t<decltype(random)>, Random>)
        visit(Kind::generator, 0u, [&](auto&& each) { each(random); });
      visit(Kind::frozen, 0u, [&](auto&& each) { each(frozen); });
    });
    visit(Kind::step, 0u, [&](auto&& each) { each(self.step); });
    if constexpr (sizeof...(More) > 0)
      visit(Kind::own, identity_of_own,
            [&](auto&& each) { std::apply([&](auto&... numbers) { (each(numbers), ...); }, self.own); });
  }

  static constexpr std::size_t bytes_of(auto& walk) {
    std::size_t bytes = 0;
    walk([&](const auto& row) { bytes += image_format::stored_size(row); });
    return bytes;
  }

  constexpr std::size_t payload() const {
    std::size_t bytes = 0;
    for_each_field(*this, [&](Kind, std::uint32_t, auto walk) { bytes += image_format::field_header + bytes_of(walk); });
    return bytes;
  }

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

  constexpr ImageStatus check(auto& reader) const {
    if (const ImageStatus status = reader.open(Topology::fingerprint); status != ImageStatus::ok) return status;
    const bool weights_alone = !reader.find(Kind::optimizer).found;
    ImageStatus status = ImageStatus::ok;
    for_each_field(*this, [&](Kind kind, std::uint32_t identity, auto walk) {
      auto field = reader.find(kind);
      if (status != ImageStatus::ok) return;
      if (!field.found) {
        if (!weights_alone || kind == Kind::parameters) status = ImageStatus::incomplete;
      } else if (field.identity != identity) {
        status = kind == Kind::optimizer ? ImageStatus::other_optimizer : ImageStatus::other_program;
      } else if (field.length != bytes_of(walk)) {
        status = kind == Kind::normalization ? ImageStatus::other_normalization : ImageStatus::wrong_length;
      } else {
        bool sound = true, same = true;
        walk([&](auto& row) {
          const auto seen = reader.look(field.at, row);
          sound = sound && seen.sound;
          if constexpr (std::is_const_v<std::remove_reference_t<decltype(row)>>) same = same && seen.same;
        });
        if (!sound)
          status = ImageStatus::not_finite;
        else if (!same)
          status = kind == Kind::normalization ? ImageStatus::other_normalization : ImageStatus::other_program;
      }
    });
    return reader.failed ? ImageStatus::unreadable : status;
  }

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
