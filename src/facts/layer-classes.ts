/** Kinds of layers by class name, the same in Keras and TensorFlow.js. */

export const isInput = (layerClass: string): boolean => layerClass === "InputLayer";

export const isConvolution = (layerClass: string): boolean => /Conv(2D|1D|3D)(Transpose)?$/.test(layerClass);

export const isNormalisation = (layerClass: string): boolean =>
  /(Batch|Layer|Group)Normalization/.test(layerClass);

export const isAugmentation = (layerClass: string): boolean =>
  /^(Random|Auto|Aug|Mix|Cut|Rand)\w+/.test(layerClass) || layerClass === "GaussianNoise";

/** Layers that change pixel values or sizes in front of a base; only meaningful before its first convolution. */
export const isPreprocessing = (layerClass: string): boolean =>
  /^(Rescaling|Normalization|Resizing|CenterCrop|Lambda|TrueDivide|Divide|Subtract|Add|Multiply|GetItem|Stack|TFOpLambda|SlicingOpLambda)$/.test(
    layerClass,
  );

/** Layers that may close a base after its last weights: they compute, but hold no weights and keep the map. */
export const isTrailing = (layerClass: string): boolean =>
  /^(Activation|ReLU|LeakyReLU|PReLU|ELU|Add|Multiply|Concatenate|ZeroPadding2D)$/.test(layerClass);

export const isMovingStatistic = (slot: string): boolean => slot.startsWith("moving_");

export const isKernel = (slot: string): boolean => /kernel$|^embeddings$/.test(slot);
