// Images of version 2 (nn/store/image_format.hpp) written from a table of addresses, checked against it and read into it.
#pragma once

#include <cstddef>
#include <cstdint>

#include "nn/store/image_reader.hpp"
#include "nn/store/image_status.hpp"
#include "nn/store/image_table.hpp"
#include "nn/store/image_writer.hpp"

namespace nn {

template <class Sink>
[[gnu::noinline, gnu::cold]] ImageStatus write_image(Sink& put, std::uint64_t fingerprint, const ImageTable& table) {
  for (const ImageRun& run : table.runs) {
    RunCheck seen{run};
    for (std::uint32_t at = 0; at < run.bytes; at += 4) seen.add(at, run.word(at));
    if (!seen.sound()) return ImageStatus::not_finite;
  }
  ImageWriter writer{put, image_format::version_of_training, fingerprint, table.payload()};
  table.for_each_field([&](const ImageField& field, std::span<const ImageRun> runs, std::uint32_t bytes) {
    writer.field(field.kind, field.identity, bytes);
    for (const ImageRun& run : runs) writer.bytes({run.at, run.bytes});
  });
  writer.finish();
  return ImageStatus::ok;
}

template <class Source>
[[gnu::noinline, gnu::cold]] ImageStatus check_image(ImageReader<Source>& reader, std::uint64_t fingerprint,
                                                     const ImageTable& table) {
  using image_format::Kind;
  if (const ImageStatus status = reader.open(fingerprint); status != ImageStatus::ok) return status;
  const bool weights_alone = !reader.find(Kind::optimizer).found;
  ImageStatus status = ImageStatus::ok;
  table.for_each_field([&](const ImageField& field, std::span<const ImageRun> runs, std::uint32_t bytes) {
    if (status != ImageStatus::ok) return;
    const auto found = reader.find(field.kind);
    const bool means = field.kind == Kind::normalization;
    if (!found.found) {
      if (!weights_alone || field.kind == Kind::parameters) status = ImageStatus::incomplete;
    } else if (found.identity != field.identity) {
      status = field.kind == Kind::optimizer ? ImageStatus::other_optimizer : ImageStatus::other_program;
    } else if (found.length != bytes) {
      status = means ? ImageStatus::other_normalization : ImageStatus::wrong_length;
    } else {
      bool sound = true, allowed = true;
      std::size_t at = found.at;
      for (const ImageRun& run : runs) {
        RunCheck seen{run};
        if (run.form != Form::whole || run.constant)
          for (std::uint32_t k = 0; k < run.bytes; k += 4)
            seen.add(k, static_cast<std::uint32_t>(reader.word(at + k, run.bytes - k < 4 ? run.bytes - k : 4)));
        sound = sound && seen.sound();
        allowed = allowed && seen.allowed();
        at += run.bytes;
      }
      if (!sound) status = ImageStatus::not_finite;
      else if (!allowed) status = means ? ImageStatus::other_normalization : ImageStatus::other_program;
    }
  });
  return reader.failed ? ImageStatus::unreadable : status;
}

template <class Source>
[[gnu::noinline, gnu::cold]] ImageStatus read_image(ImageReader<Source>& reader, std::uint64_t fingerprint,
                                                    const ImageTable& table) {
  using image_format::Kind;
  if (const ImageStatus status = check_image(reader, fingerprint, table); status != ImageStatus::ok) return status;
  const bool weights_alone = !reader.find(Kind::optimizer).found;
  table.for_each_field([&](const ImageField& field, std::span<const ImageRun> runs, std::uint32_t) {
    if (weights_alone && field.kind != Kind::parameters) return;
    std::size_t at = reader.find(field.kind).at;
    for (const ImageRun& run : runs) {
      if (!run.constant) reader.bytes(at, {run.at, run.bytes}, run.form == Form::truth);
      at += run.bytes;
    }
  });
  return reader.failed ? ImageStatus::unreadable : ImageStatus::ok;
}

}  // namespace nn
