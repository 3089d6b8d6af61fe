import { beforeEach, expect, test } from "vitest";
import { fitsOf } from "./read-result.js";
import { pythonIsMissing, runKeras } from "./run-keras.js";

// Keras is loaded without packages that it only tries to import; no program may be able to tell.

beforeEach((ctx) => {
  const missing = pythonIsMissing();
  if (missing) ctx.skip(missing);
});

test("a program finds packages that were not loaded with Keras, and its garbage is collected", async () => {
  const result = await runKeras({
    "main.py": `import gc, importlib, sys, weakref
# No name in one piece, so that nothing in this text says what will be imported.
names = ["sk" + "learn.base", "mat" + "plotlib.pyplot", "pan" + "das"]
print("loaded", [name in sys.modules for name in names])
print("found", [importlib.import_module(name).__name__ == name for name in names])
class Node: pass
node = Node()
node.itself, gone = node, weakref.ref(node)
del node
gc.collect()
print("collects", gc.isenabled(), gone() is None)
import keras, numpy as np
def error(truth, predicted):
    print("traced")
    return keras.ops.abs(truth - predicted)
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("adam", "mse", metrics=[error])
model.fit(np.ones((32, 4)), np.ones(32), batch_size=8, verbose=0)
`,
  });
  expect(result.run.output).toContain("loaded [False, False, False]\nfound [True, True, True]\n");
  expect(result.run.output).toContain("collects True True");
  // Keras on its own would have the step traced twice.
  expect(result.run.output.match(/^traced$/gm)).toHaveLength(1);
});

test("what Keras has for other packages is there for a program of which any file names them", async () => {
  const result = await runKeras({
    "main.py": `from wrapped import regression
import keras, numpy as np
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("adam", "mse")
print("predicted", regression(model, np.ones((30, 4)), np.ones(30)))
`,
    "wrapped.py": `import keras, numpy as np, pandas as pd
def regression(model, x, y):
    model.fit(pd.DataFrame(x), pd.Series(y), epochs=1, verbose=0)
    keras.visualization.plot_image_gallery(np.ones((1, 8, 8, 3)), path="gallery.png", show=False)
    return keras.wrappers.SKLearnRegressor(model, fit_kwargs={"verbose": 0}).fit(x, y).predict(x).shape
`,
  });
  expect(result.fault).toBeNull();
  expect(result.run.output).toContain("predicted (30,");
  expect(fitsOf(result)[0]?.samples).toBe(30);
});
