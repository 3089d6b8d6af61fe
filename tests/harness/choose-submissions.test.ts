import { describe, expect, it } from "vitest";
import { FrostlineFault } from "../../src/contract/index.js";
import { type Choice, chooseSubmissions } from "../../src/harness/choose-submissions.js";

const CLASS = ["anna", "annika", "ben", "c++ (late)"].map((name) => ({ name }));
const chosen = (choice: Choice) => chooseSubmissions(CLASS, choice).map(({ name }) => name);

describe("choosing submissions by name", () => {
  it.each<[Choice, string[]]>([
    [{}, ["anna", "annika", "ben", "c++ (late)"]],
    [{ only: ["ben", "anna"] }, ["anna", "ben"]],
    [{ only: ["ann*"] }, ["anna", "annika"]],
    [{ only: ["?en"] }, ["ben"]],
    [{ skip: ["ann*"] }, ["ben", "c++ (late)"]],
    [{ only: ["ann*"], skip: ["annika"] }, ["anna"]],
    [{ only: ["c++ (late)"] }, ["c++ (late)"]],
  ])("%j", (choice, names) => {
    expect(chosen(choice)).toEqual(names);
  });

  it.each([
    [{ only: ["anne"] }, { code: "name-unmatched", option: "--only", hint: "Did you mean `anna`?" }],
    [{ skip: ["a.na"] }, { code: "name-unmatched", option: "--skip", hint: "Did you mean `anna`?" }],
    [{ only: ["zacharias"] }, { code: "name-unmatched", hint: expect.stringContaining("`*`") }],
    [
      { only: ["ben"], skip: ["b*"] },
      { code: "none-chosen", total: 4 },
    ],
  ])("refuses %j", (choice, { code, ...params }) => {
    const fault = (() => {
      try {
        return chosen(choice);
      } catch (error) {
        return error instanceof FrostlineFault ? error.fault : error;
      }
    })();
    expect(fault).toMatchObject({ code, blame: "instructor", params });
  });
});
