import { expect, test } from "vitest";
import { matchBase } from "../../src/store/index.js";

const bases = [
  { facts: { name: "lite", addresses: ["https://frostline.example/models/lite/model.json"] } },
  { facts: { name: "mobilenet_v1_0.25_224", addresses: ["/mobilenet_v1_0.25_224/model.json"] } },
  { facts: { name: "mobilenet_v1_1.0_224", addresses: ["/mobilenet_v1_1.0_224/model.json"] } },
  { facts: { name: "vgg16", addresses: ["/keras-applications/vgg16/vgg16_weights_notop.h5"] } },
];

test.each([
  ["https://models.example/tfjs/mobilenet_v1_0.25_224/model.json", "mobilenet_v1_0.25_224"],
  ["https://mirror.example/a/b/MobileNet_v1_1.0_224/model.json?v=2#top", "mobilenet_v1_1.0_224"],
  ["file://./bases/lite/model.json", "lite"],
  ["bases/lite", "lite"],
  ["https://elsewhere.example/vgg16_weights_notop.h5", "vgg16"],
  ["C:\\bases\\lite\\model.json", "lite"],
])("%s means %s", (address, name) => {
  expect(matchBase(bases, address)?.facts.name).toBe(name);
});

test.each([
  "https://models.example/tfjs/mobilenet_v1_0.75_224/model.json",
  "file://./my-model/model.json",
  "indexeddb://head",
  "model.json",
  "",
])("%j means none of them", (address) => {
  expect(matchBase(bases, address)).toBeNull();
});
