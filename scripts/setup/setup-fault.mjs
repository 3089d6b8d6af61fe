/** A step of the set-up that cannot be done: what failed (message), what the person can do (advice), and its output. */
export class SetupFault extends Error {
  constructor(message, advice, output = "") {
    super(message);
    this.advice = advice;
    this.output = output.trim().split("\n").slice(-15).join("\n");
  }
}
