#!/usr/bin/env bash
# ONNX Runtime 1.30.0 (npm onnxruntime-web, WebAssembly): whether ReduceMax and ReduceMin see a NaN depends on its place. In front
# it is the answer, elsewhere it is passed over; MaxPool passes it over everywhere, the elementwise Max never.
#
# NumPy and PyTorch give NaN for all of these. A model that is checked with ONNX Runtime may so hide a NaN that the device shows.
#
# Seen: "NaN 1 2: ReduceMax NaN, ReduceMin NaN, MaxPool 2" and "1 NaN 2: ReduceMax 2, ReduceMin 1, MaxPool 2"
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
const shape = numbers => bytes(2, numbers.flatMap(n => bytes(1, num(1, n))));
const value = (name, last) => [...text(1, name), ...bytes(2, bytes(1, [...num(1, 1), ...shape([1, 1, last])]))];
const attribute = (name, n) => [...text(1, name), ...num(8, n), ...num(20, 7)];  // a list of one integer
const model = (operator, name, n) => {
  const node = [...text(1, 'x'), ...text(2, 'y'), ...text(4, operator), ...bytes(5, attribute(name, n))];
  const graph = [...bytes(1, node), ...text(2, 'g'), ...bytes(11, value('x', 3)), ...bytes(12, value('y', 1))];
  return Buffer.from([...num(1, 8), ...bytes(7, graph), ...bytes(8, num(2, 17))]);
};
const ort = require('onnxruntime-web');
ort.env.wasm.numThreads = 1;
(async () => {
  for (const numbers of [[NaN, 1, 2], [1, NaN, 2]]) {
    const parts = [];
    for (const [operator, name, n] of [['ReduceMax', 'axes', 2], ['ReduceMin', 'axes', 2], ['MaxPool', 'kernel_shape', 3]]) {
      const session = await ort.InferenceSession.create(model(operator, name, n), { executionProviders: ['wasm'] });
      const { y } = await session.run({ x: new ort.Tensor('float32', new Float32Array(numbers), [1, 1, 3]) });
      parts.push(`${operator} ${y.data[0]}`);
    }
    console.log(`${numbers.join(' ')}: ${parts.join(', ')}`);
  }
})();
END
seen=$(node seen.cjs)
echo "$seen"
[ "$seen" = "NaN 1 2: ReduceMax NaN, ReduceMin NaN, MaxPool 2
1 NaN 2: ReduceMax 2, ReduceMin 1, MaxPool 2" ]
