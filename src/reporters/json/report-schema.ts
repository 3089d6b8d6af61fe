import { type Static, Type } from "@sinclair/typebox";

const OrNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T, description: string) =>
  Type.Union([schema, Type.Null()], { description });
const text = (description: string) => Type.String({ description });
const number = (description: string) => Type.Number({ description });
const rate = (description: string) => Type.Number({ description, minimum: 0, maximum: 1 });

const Mark = Type.Object({
  earned: number("Points earned so far: the least that can come out."),
  pending: number("Points that nobody could decide yet."),
  possible: number("Points of all items that apply, without bonus."),
  final: Type.Boolean({ description: "True when no points are pending." }),
});

const Item = Type.Object({
  id: text("The item's id in the rubric."),
  grader: text("The grader that judged it."),
  title: text("The item in words."),
  points: number("Points it is worth here."),
  earned: number("Points earned."),
  pending: number("Points not decided."),
  state: Type.Union(
    (["lost", "partial", "pending", "earned", "none"] as const).map((state) => Type.Literal(state)),
    { description: "What became of the points; none: the item does not apply." },
  ),
  score: OrNull(Type.Number(), "0 to 1; null unless scored."),
  proof: OrNull(Type.String(), "proved, consistent, claimed, contradicted or judged; null unless scored."),
  found: text("What was found, or why it was not scored."),
  expected: OrNull(Type.String(), "What was asked; null unless scored."),
  advice: OrNull(Type.String(), "What to do; null where there is nothing to do."),
  kind: Type.Optional(
    text("bonus or penalty; left out for an item that counts towards the possible points."),
  ),
  group: Type.Optional(text("Id of its group.")),
  comment: Type.Optional(text("What the person who gave the points says.")),
  waitsFor: Type.Optional(text("Id of the item that must be earned before this one can be judged.")),
});

const Group = Type.Object({
  id: text("The group's id in the rubric."),
  title: text("The group in words."),
  earned: number("Points of its items earned so far."),
  pending: number("Points of its items not decided."),
  possible: number("Points of its items that apply."),
});

const AdjustmentEntry = Type.Object({
  kind: text("bonus, penalty, late or attempts."),
  points: number("Above 0 what is added to the items, below 0 what is taken off."),
  words: text("Why."),
});

const Measured = Type.Object({
  n: number("Hidden images."),
  correct: number("Of these, right."),
  rate: rate("correct / n."),
  low: rate("Lower end of the interval."),
  high: rate("Upper end of the interval."),
  confidence: rate("Confidence of the interval."),
  claimed: OrNull(Type.Number(), "Accuracy as the program said; never earns points."),
});

const FaultEntry = Type.Object({
  code: text("Permanent code of the fault."),
  blame: text("Who must act: submission, instructor or harness."),
  what: text("What was found."),
  expected: text("What was expected."),
  next: text("What to do next."),
});

const RunEntry = Type.Object({
  executed: Type.Boolean({ description: "False when nothing of the submission was executed." }),
  ended: text("How the program ended."),
  wallMs: number("Wall time, milliseconds."),
  cpuMs: number("Processor time, milliseconds."),
  peakMemoryMb: number("Peak memory, MB."),
});

const Submission = Type.Object({
  id: text("The submission's id."),
  name: text("Its name as shown."),
  attempt: Type.Optional(
    Type.Object(
      {
        student: text("Whose attempt it is."),
        number: number("The how-manieth, from 1."),
        counts: text("best or last: which one counts where there are several. Only that one is listed."),
      },
      { description: "Left out where the rubric does not say which of several attempts counts." },
    ),
  ),
  kind: OrNull(Type.String(), "The submission kind; null when not recognised."),
  hash: text("SHA-256 over names and contents."),
  mark: Mark,
  nextStep: text("The most useful thing to do next."),
  items: Type.Array(Item),
  groups: Type.Optional(Type.Array(Group)),
  adjustments: Type.Optional(Type.Array(AdjustmentEntry)),
  accuracy: OrNull(Measured, "Null when nothing could be measured."),
  faults: Type.Array(FaultEntry),
  run: OrNull(RunEntry, "Null when nothing was run."),
  stamp: OrNull(Type.String(), "UNSANDBOXED or SELF-CHECK; null for a result that counts."),
});

/** `report.json`: a stable format. Fields may be added; none is renamed, removed or changes its meaning. */
export const ReportFile = Type.Object({
  schema: Type.Literal("frostline/report/1", { description: "Name and version of this format." }),
  assignment: Type.Object({ id: text("Id of the rubric."), title: text("Its title.") }),
  stamp: OrNull(Type.String(), "As for a submission, for the whole run."),
  versions: Type.Array(Type.Object({ label: text("A part."), value: text("Its version or hash.") })),
  submissions: Type.Array(Submission),
});
export type ReportFile = Static<typeof ReportFile>;
