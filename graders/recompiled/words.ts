export const EXPECTED = "`compile` called again after the trainable layers were changed, before `fit`";
export const ADVICE =
  "Call `compile` again after you change `trainable`: until then, training goes on with the weights that were open at the last `compile`.";
