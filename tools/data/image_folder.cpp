#include "tools/data/image_folder.hpp"

#include <filesystem>
#include <set>

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

// Of the images in a folder that are read.
std::vector<files::path> images_in(const files::path& folder) {
  static const std::set<std::string> read{".pgm", ".ppm", ".pnm", ".bmp"},
      others{".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".webp", ".pbm", ".pam", ".pfm", ".heic", ".avif", ".jp2", ".ico"};
  std::vector<files::path> found;
  for (const files::path& file : sorted_entries(folder, false)) {
    const std::string ending = ending_of(file);
    if (ending == ".wav")
      throw failure(file.string(), "is a sound, which only a network with a front end takes",
                    "using FrontEnd = nn::Pipeline<…> beside Net in its model.hpp");
    if (others.contains(ending))
      throw failure(file.string(), "is an image, but no PGM, PPM or BMP", "one of these: convert it first");
    if (read.contains(ending)) found.push_back(file);
  }
  return found;
}

}  // namespace

Dataset read_image_folder(const std::string& folder, std::size_t channels) {
  if (!files::is_directory(folder)) throw failure(folder, "is no folder", "a folder with a folder of images for each class");
  Dataset data{folder, 0, {}, {}};
  std::vector<std::string> labels, names;
  ImageFile first{0, 0, 0, {}};
  for (const ClassFolder& of_class : class_folders(folder, "images", ".pgm, .ppm or .bmp", images_in))
    for (const files::path& file : of_class.files) {
      ImageFile image = read_image_file(file.string());
      if (names.empty()) first = {image.height, image.width, channels == 0 ? image.channels : channels, {}};
      if (image.height != first.height || image.width != first.width)
        throw failure(file.string(), "is " + size_of(image) + " large", size_of(first) + ", as " + names.front() + " has");
      image = image.with_channels(first.channels);
      data.values.insert(data.values.end(), image.pixels.begin(), image.pixels.end());
      labels.push_back(of_class.name);
      names.push_back(file.string());
    }
  data.shape = {first.height, first.width, first.channels};
  data.features = first.height * first.width * first.channels;
  label_rows(data, labels, [&](std::size_t i) { return names[i]; });
  return data;
}

}  // namespace tools
