#include "tools/data/image_folder.hpp"

#include <filesystem>

#include "tools/data/classes.hpp"
#include "tools/data/failure.hpp"
#include "tools/data/folder.hpp"
#include "tools/data/image_file.hpp"

namespace tools {
namespace {

namespace files = std::filesystem;

std::string size_of(const ImageFile& image) {
  return std::to_string(image.width) + " x " + std::to_string(image.height) + " pixels";
}

}  // namespace

Dataset read_image_folder(const std::string& folder, std::size_t channels) {
  if (!files::is_directory(folder)) throw failure(folder, "is no folder", "a folder with a folder of images for each class");
  Dataset data{folder, 0, {}, {}};
  std::vector<std::string> labels, names;
  ImageFile first{0, 0, 0, {}};
  for (const files::path& of_class : sorted_entries(folder, true)) {
    for (const files::path& file : sorted_entries(of_class, false)) {
      const std::string ending = ending_of(file);
      if (ending == ".wav")
        throw failure(file.string(), "is a sound, which only a network with a front end takes",
                      "using FrontEnd = nn::Pipeline<…> beside Net in its model.hpp");
      if (ending == ".png" || ending == ".jpg" || ending == ".jpeg")
        throw failure(file.string(), "is a PNG or JPEG file", "PGM, PPM or BMP: convert it first");
      if (ending != ".pgm" && ending != ".ppm" && ending != ".pnm" && ending != ".bmp") continue;
      ImageFile image = read_image_file(file.string());
      if (names.empty()) first = {image.height, image.width, channels == 0 ? image.channels : channels, {}};
      if (image.height != first.height || image.width != first.width)
        throw failure(file.string(), "is " + size_of(image) + " large", size_of(first) + ", as " + names.front() + " has");
      image = image.with_channels(first.channels);
      data.values.insert(data.values.end(), image.pixels.begin(), image.pixels.end());
      labels.push_back(of_class.filename().string());
      names.push_back(file.string());
    }
  }
  if (names.empty())
    throw failure(folder, "has no folder with images in it", "a folder for each class with .pgm, .ppm or .bmp files");
  data.features = first.height * first.width * first.channels;
  label_rows(data, labels, [&](std::size_t i) { return names[i]; });
  return data;
}

}  // namespace tools
