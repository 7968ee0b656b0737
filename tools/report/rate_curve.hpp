// RateCurve: the loss while the rate rises from batch to batch (Smith, Cyclical Learning Rates for Training Neural Networks,
// 2017, section 3.3), and the rate it proposes.
#pragma once

#include <string>
#include <vector>

namespace tools {

struct RatePoint {
  double rate;
  double loss;  // of the batches so far, the last ones most
};

class RateCurve {
 public:
  // A batch's loss at a rate, which rises. False when the loss is so much above its least that going on tells nothing.
  bool add(double rate, double loss);

  const std::vector<RatePoint>& points() const { return curve; }

  // Where the loss falls most steeply over a doubling of the rate; 0 if it never falls.
  double proposed() const;
  // Where it is least.
  double lowest() const;

 private:
  std::vector<RatePoint> curve;
  double sum = 0, weight = 0;
};

std::string as_csv(const RateCurve& curve);
std::string as_svg(const RateCurve& curve, const std::string& title);

}  // namespace tools
