import { expect, test } from "vitest";
import { chooseKeras, countFits } from "../../../src/kinds/keras/choose-keras.js";

test.each([
  ["model.fit_generator(gen)", "`fit_generator`"],
  ["Adam(lr=1e-5)", "`lr=`"],
  ["SGD(0.1, decay=1e-6)", "`decay=`"],
  ["from keras.utils import np_utils", "`np_utils`"],
  ["from keras.preprocessing.image import ImageDataGenerator", "`keras.preprocessing.image`"],
  ["model.save('folder')", "saving to a folder"],
  ["model.save('m', save_format='h5')", "`save_format=`"],
  ["model.fit(data(x), epochs=2, workers=4)", "`workers=`"],
  ["initializer = keras.dtensor.Layout", "an experimental namespace"],
  ["from keras.layers.core import Dense", "a module path of Keras 2"],
])("%s is run under tf.keras 2, which is named as the reason", (source, reason) => {
  const { version, why } = chooseKeras(source);
  expect(version).toBe(2);
  expect(why).toContain(reason);
});

test.each([
  "import keras\nmodel.save('m.keras')",
  "from tensorflow.keras.preprocessing.image import ImageDataGenerator",
  "Adam(learning_rate=1e-5)",
  "# Adam(lr=1e-5) is how it was written before",
  "model.save('model.h5')",
  "class Data(keras.utils.PyDataset):\n    def __init__(self): super().__init__(workers=2, use_multiprocessing=True)",
])("%s is run under Keras 3", (source) => {
  expect(chooseKeras(source).version).toBe(3);
});

test("a mark of Keras 3 outweighs old arguments, and asking for tf.keras 2 outweighs both", () => {
  expect(chooseKeras("keras.ops.mean(x)\nAdam(lr=1e-5)").version).toBe(3);
  expect(chooseKeras("os.environ['TF_USE_LEGACY_KERAS'] = '1'\nkeras.ops.mean(x)").version).toBe(2);
});

test("fits are counted in code, not in comments, and there is at least one", () => {
  expect(countFits("model.fit(x)\n# model.fit(x)\nmodel.fit_generator(g)")).toBe(2);
  expect(countFits("optimizer.apply(g)")).toBe(1);
  expect(countFits("model.train_on_batch(x)\noptimizer.apply_gradients(g)")).toBe(2);
  expect(countFits("self.optimizer.apply_gradients(g)\nmodel.fit(x)")).toBe(1);
});
