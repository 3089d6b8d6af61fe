import type { Convolution } from "./convolution.js";

/** Repeats the values of `row` until `values` is full. */
export function repeatRows(values: Float32Array, row?: Float32Array): void {
  if (row === undefined || row.length === 0) return;
  values.set(row);
  for (let done = row.length; done < values.length; done *= 2) values.copyWithin(done, 0, done);
}

/** The inputs that one place of the filter met: a row of channels for each output, zeros for padding. */
export function placesMet(
  values: Float32Array,
  x: Float32Array,
  convolution: Convolution,
  place: number,
): void {
  const { inChannels, filterWidth } = convolution;
  values.fill(0);
  followPlace(convolution, Math.floor(place / filterWidth), place % filterWidth, (input, output) => {
    const from = input * inChannels;
    values.set(x.subarray(from, from + inChannels), output * inChannels);
  });
}

/** For every place of a depthwise filter, channel by channel: the sum of the inputs it met times the gradients there. */
export function addUpPlaces(
  values: Float32Array,
  x: Float32Array,
  dy: Float32Array,
  convolution: Convolution,
): void {
  const { filterHeight, filterWidth, inChannels } = convolution;
  const sums = new Float64Array(inChannels);
  for (let row = 0; row < filterHeight; row++)
    for (let column = 0; column < filterWidth; column++) {
      sums.fill(0);
      followPlace(convolution, row, column, (input, output) => {
        const [from, to] = [input * inChannels, output * inChannels];
        for (let channel = 0; channel < inChannels; channel++)
          sums[channel] =
            (sums[channel] as number) + (x[from + channel] as number) * (dy[to + channel] as number);
      });
      values.set(sums, (row * filterWidth + column) * inChannels);
    }
}

/** The gradient with zeros between and around, so that a convolution without padding gives the inputs' shape. */
export function spreadOut(values: Float32Array, dy: Float32Array, convolution: Convolution): void {
  const { batchSize, inHeight, inWidth, outHeight, outWidth, outChannels } = convolution;
  const { filterHeight, filterWidth, strideHeight, strideWidth, padInfo } = convolution;
  const [height, width] = [inHeight + filterHeight - 1, inWidth + filterWidth - 1];
  values.fill(0);
  for (let sample = 0; sample < batchSize; sample++)
    for (let row = 0; row < outHeight; row++) {
      const y = row * strideHeight + filterHeight - 1 - padInfo.top;
      if (y < 0 || y >= height) continue;
      for (let column = 0; column < outWidth; column++) {
        const x = column * strideWidth + filterWidth - 1 - padInfo.left;
        if (x < 0 || x >= width) continue;
        const from = ((sample * outHeight + row) * outWidth + column) * outChannels;
        values.set(dy.subarray(from, from + outChannels), ((sample * height + y) * width + x) * outChannels);
      }
    }
}

/** Calls `each` with the numbers of every input pixel that a place of the filter meets, and of the output it is for. */
function followPlace(
  convolution: Convolution,
  filterRow: number,
  filterColumn: number,
  each: (input: number, output: number) => void,
): void {
  const { batchSize, inHeight, inWidth, outHeight, outWidth, strideHeight, strideWidth, padInfo } =
    convolution;
  for (let sample = 0; sample < batchSize; sample++)
    for (let row = 0; row < outHeight; row++) {
      const y = row * strideHeight + filterRow - padInfo.top;
      if (y < 0 || y >= inHeight) continue;
      for (let column = 0; column < outWidth; column++) {
        const x = column * strideWidth + filterColumn - padInfo.left;
        if (x >= 0 && x < inWidth)
          each((sample * inHeight + y) * inWidth + x, (sample * outHeight + row) * outWidth + column);
      }
    }
}
