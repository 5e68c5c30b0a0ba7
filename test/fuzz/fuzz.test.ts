import assert from "node:assert/strict";
import { test } from "node:test";
import { random } from "../../src/core/random.ts";
import { referenceRows } from "./csv-reference.ts";
import { faults } from "./doors/planted.ts";
import { fuzz, resultTable } from "./fuzz.ts";

test("the fuzzer tells of a crash, a hang, a wrong result, a foreign error, a bug and a message that cannot be shown, each with its input", async () => {
  const inputs = 120;
  const [result] = await fuzz({ inputs, only: ["planted"], hangsAfter: 3_000 });
  const numbers = Array.from({ length: inputs }, (_, i) => random(1, `planted ${i}`).integer(50));
  for (const [kind, number] of Object.entries(faults)) {
    const planted = numbers.flatMap((each, input) => (each === number ? [input] : []));
    const found = result.failures.filter((failure) => failure.kind === kind).map(({ input }) => input);
    assert.ok(planted.length > 0, kind);
    assert.deepEqual(
      found.sort((a, b) => a - b),
      planted,
      kind,
    );
  }
  const whole = numbers.filter((number) => !Object.values<number>(faults).includes(number));
  assert.deepEqual(result.refused, { DATA_PLANTED: whole.filter((number) => number % 2 === 0).length });
  assert.deepEqual(result.accepted, { taken: whole.filter((number) => number % 2 === 1).length });
});

test("the reference reader reads what it should", () => {
  const read = (text: string) => referenceRows(new TextEncoder().encode(text));
  const noon = Date.UTC(2015, 0, 1, 12) * 1000;
  assert.deepEqual(read('m;t;v\r\n"a;""b""";2015-01-01 12:00;-1.5e1\r\n\r\n007;2015-01-01T13:00:00+01:00;\r\n'), [
    { machine: 'a;"b"', time: noon, value: -15 },
    { machine: "7", time: noon, value: Number.NaN },
  ]);
  for (const text of [
    "m,t,v\na,2015-02-30,1\n",
    "m,t,v\na,2015-01-01,1_0\n",
    "m,t,v\na,2015-01-01\n",
    'm,t,v\n"a,2015-01-01,1\n',
    "m,t\n",
    "",
  ])
    assert.equal(typeof read(text), "string", text);
});

/** Few here, so that the tests stay quick: every check of a change puts 20,000 through `npm run fuzz`. */
const INPUTS = 1_500;

test("inputs through every door: no crash, no hang, no wrong row, no error but those that tell what is wrong", async (context) => {
  const results = await fuzz({ inputs: INPUTS });
  context.diagnostic(`\n${resultTable(results)}`);
  const failures = results.flatMap(({ door, failures }) => failures.map((failure) => ({ door, ...failure })));
  assert.deepEqual(failures.slice(0, 5), [], `${failures.length} failures; node test/fuzz/fuzz.ts saves their inputs`);
  for (const { door, accepted, refused } of results) {
    assert.ok(Object.keys(accepted).length > 0, `${door} takes nothing at all`);
    assert.ok(
      ["arguments", "stage cache"].includes(door) || Object.keys(refused).length > 0,
      `${door} refuses nothing at all`,
    );
  }
});
