/** `Conv2D` to `conv2d`, `ReLU` to `re_lu`, `SparseCategoricalCrossentropy` to `sparse_categorical_crossentropy`: Keras's own rule. */
export function snakeCase(name: string): string {
  return name
    .replace(/\W+/g, "")
    .replace(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();
}
