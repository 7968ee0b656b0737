#!/usr/bin/env bash
# ONNX Runtime 1.30.0 (npm onnxruntime-web, WebAssembly): its quantized operators round in two orders. QLinearAdd and QLinearMul
# add the zero point first and then round half to even; QLinearConcat, like QuantizeLinear, rounds first.
#
# With scale 2 and zero point 1, the sum 1 + 0 is 0.5 steps: QLinearConcat gives 0 + 1 = 1, QLinearAdd nearest(1.5) = 2. Every tie
# falls the other way as soon as the zero point is odd, so one rounding rule for a whole model does not give its codes.
#
# Seen: codes 0 to 7, scale 1 to scale 2 with zero point 1:
#   QLinearConcat 1 1 2 3 3 3 4 5
#   QLinearAdd 1 2 2 2 3 4 4 4
#   QLinearMul 1 2 2 2 3 4 4 4
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts onnxruntime-web@1.30.0 > /dev/null
cat > seen.cjs << 'END'
// The fields of ONNX's protobuf that a model of one node needs.
const vint = n => n < 128 ? [n] : [n & 127 | 128, ...vint(n >> 7)];
const num = (field, n) => [...vint(field << 3), ...vint(n)];
const bytes = (field, b) => [...vint(field << 3 | 2), ...vint(b.length), ...b];
const text = (field, s) => bytes(field, [...Buffer.from(s)]);
const float32 = x => [...new Uint8Array(new Float32Array([x]).buffer)];
const FLOAT = 1, UINT8 = 2;
const constant = (name, type, raw) => [...num(2, type), ...text(8, name), ...bytes(9, raw)];
const shape = numbers => bytes(2, numbers.flatMap(n => bytes(1, num(1, n))));
const value = name => [...text(1, name), ...bytes(2, bytes(1, [...num(1, UINT8), ...shape([1, 8])]))];
const attribute = (name, n) => [...text(1, name), ...num(3, n), ...num(20, 2)];
const model = (operator, inputs, attributes, other) => {
  const node = [...inputs.flatMap(i => text(1, i)), ...text(2, 'y'), ...text(4, operator),
                ...attributes.flatMap(a => bytes(5, a)), ...text(7, 'com.microsoft')];
  const constants = [constant('sx', FLOAT, float32(1)), constant('zx', UINT8, [0]),
                     constant('sy', FLOAT, float32(2)), constant('zy', UINT8, [1]),
                     constant('b', UINT8, [other])];
  const graph = [...bytes(1, node), ...text(2, 'g'), ...constants.flatMap(c => bytes(5, c)),
                 ...bytes(11, value('x')), ...bytes(12, value('y'))];
  const versions = [...bytes(8, num(2, 17)), ...bytes(8, [...text(1, 'com.microsoft'), ...num(2, 1)])];
  return Buffer.from([...num(1, 8), ...bytes(7, graph), ...versions]);
};
const ort = require('onnxruntime-web');
ort.env.wasm.numThreads = 1;
(async () => {
  const both = ['x', 'sx', 'zx', 'b', 'sx', 'zx', 'sy', 'zy'];
  for (const [operator, inputs, attributes, other] of [
    ['QLinearConcat', ['sy', 'zy', 'x', 'sx', 'zx'], [attribute('axis', 1)], 0],
    ['QLinearAdd', both, [], 0], ['QLinearMul', both, [], 1]]) {
    const bytes_of_model = model(operator, inputs, attributes, other);
    const session = await ort.InferenceSession.create(bytes_of_model, { executionProviders: ['wasm'] });
    const { y } = await session.run({ x: new ort.Tensor('uint8', new Uint8Array([0, 1, 2, 3, 4, 5, 6, 7]), [1, 8]) });
    console.log(operator, y.data.join(' '));
  }
})();
END
seen=$(node seen.cjs)
echo "$seen"
[ "$seen" = "QLinearConcat 1 1 2 3 3 3 4 5
QLinearAdd 1 2 2 2 3 4 4 4
QLinearMul 1 2 2 2 3 4 4 4" ]
