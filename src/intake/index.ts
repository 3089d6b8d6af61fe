export { type FoundSubmission, findSubmissions } from "./find-submissions.js";
export { takeIn } from "./take-in.js";
