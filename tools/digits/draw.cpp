#include "tools/digits/draw.hpp"

#include <algorithm>

#include "tools/digits/strokes.hpp"

namespace tools {
namespace {

// How much digits vary, in sides of the page. Chosen so that a linear classifier of 8x8 stays below 92 % where 64-32-10
// passes 96 % (tests/tools/digits.cmake).
constexpr float slant = 0.3f;           // sideways, top against bottom
constexpr float turn = 0.1f;            // tangent of the angle
constexpr float least_size = 0.5f, most_size = 0.8f;
constexpr float place = 0.11f;          // either way
constexpr float unsteadiness = 0.01f;   // of each point of a stroke
constexpr float least_thickness = 0.055f, most_thickness = 0.08f;  // radius of the pen
constexpr float noise = 0.05f;          // of full ink
constexpr std::size_t fine = 4;         // a pixel is fine·fine dots, inked or not

float between(nn::Random& random, float low, float high) { return low + (high - low) * random.uniform(); }
float either_way(nn::Random& random, float most) { return between(random, -most, most); }

// From the grid of the strokes to the page [0, 1) by [0, 1).
struct Hand {
  float slanted, turned, width, height, right, down, radius;

  explicit Hand(nn::Random& random)
      : slanted{either_way(random, slant)},
        turned{either_way(random, turn)},
        width{between(random, least_size, most_size)},
        height{between(random, least_size + 0.1f, most_size + 0.1f)},
        right{either_way(random, place)},
        down{either_way(random, place)},
        radius{between(random, least_thickness, most_thickness)} {}

  Point operator()(Point grid) const {
    const float x = (grid.x / 10 - 0.5f) * width;
    const float y = (grid.y / 10 - 0.5f) * height;
    return {0.5f + right + x - (slanted + turned) * y, 0.5f + down + y + turned * x};
  }
};

// The page in dots of ink.
class Ink {
 public:
  explicit Ink(std::size_t dots_a_side) : side{dots_a_side}, dots(side * side) {}

  // A quadratic Bézier curve from a to b, drawn with a round pen.
  void curve(Point a, Point control, Point b, float radius) {
    const std::size_t steps = 2 * side;
    for (std::size_t k = 0; k <= steps; ++k) {
      const float t = static_cast<float>(k) / static_cast<float>(steps), s = 1 - t;
      dab({s * s * a.x + 2 * s * t * control.x + t * t * b.x, s * s * a.y + 2 * s * t * control.y + t * t * b.y}, radius);
    }
  }

  // Share of the dots of a pixel that are inked.
  float pixel(std::size_t row, std::size_t column) const {
    std::size_t inked = 0;
    for (std::size_t y = 0; y < fine; ++y)
      for (std::size_t x = 0; x < fine; ++x) inked += dots[(row * fine + y) * side + column * fine + x];
    return static_cast<float>(inked) / static_cast<float>(fine * fine);
  }

 private:
  void dab(Point centre, float radius) {
    const float scale = static_cast<float>(side);
    const float cx = centre.x * scale, cy = centre.y * scale, r = radius * scale;
    const auto limit = [&](float at) { return static_cast<std::size_t>(std::clamp(at, 0.0f, scale)); };
    for (std::size_t y = limit(cy - r); y < limit(cy + r + 1); ++y)
      for (std::size_t x = limit(cx - r); x < limit(cx + r + 1); ++x) {
        const float dx = static_cast<float>(x) + 0.5f - cx, dy = static_cast<float>(y) + 0.5f - cy;
        if (dx * dx + dy * dy <= r * r) dots[y * side + x] = 1;
      }
  }

  std::size_t side;
  std::vector<std::uint8_t> dots;
};

Point middle(Point a, Point b) { return {(a.x + b.x) / 2, (a.y + b.y) / 2}; }

void draw_stroke(Ink& ink, const Stroke& stroke, const Hand& hand, nn::Random& random) {
  Stroke points;
  for (std::size_t i = 0; i < stroke.size(); ++i) {
    const bool corner = i > 0 && stroke[i].x == stroke[i - 1].x && stroke[i].y == stroke[i - 1].y;
    const Point on_page = hand(stroke[i]);
    const float dx = either_way(random, unsteadiness), dy = either_way(random, unsteadiness);
    points.push_back(corner ? points.back() : Point{on_page.x + dx, on_page.y + dy});
  }
  if (points.size() == 2) return ink.curve(points[0], middle(points[0], points[1]), points[1], hand.radius);
  Point from = points[0];
  for (std::size_t i = 1; i + 1 < points.size(); ++i) {
    const Point to = i + 2 == points.size() ? points[i + 1] : middle(points[i], points[i + 1]);
    ink.curve(from, points[i], to, hand.radius);
    from = to;
  }
}

void draw_digit(Dataset& data, const Page& page, nn::Random& random) {
  const std::uint32_t digit = random.below(10);
  const auto& styles = digit_styles()[digit];
  const Style& style = styles[random.below(static_cast<std::uint32_t>(styles.size()))];
  const Hand hand{random};
  Ink ink{page.side * fine};
  for (const Stroke& stroke : style) draw_stroke(ink, stroke, hand, random);

  for (std::size_t row = 0; row < page.side; ++row)
    for (std::size_t column = 0; column < page.side; ++column) {
      const float value = std::clamp(ink.pixel(row, column) + either_way(random, noise), 0.0f, 1.0f);
      data.values.push_back(static_cast<float>(static_cast<std::uint32_t>(value * page.most + 0.5f)));
    }
  data.labels.push_back(digit);
}

}  // namespace

Dataset draw_digits(const Page& page, std::size_t count, nn::Random random) {
  Dataset data{"drawn digits", page.side * page.side, {}, {}};
  for (std::size_t i = 0; i < count; ++i) draw_digit(data, page, random);
  return data;
}

}  // namespace tools
