/** Every folder beside this file is a case: input files, and in `case.json` what a mature product makes of them. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { inspect } from "node:util";
import { ForewarnError } from "../../src/core/errors.ts";
import { type BadInput, caseNames, layOut, readCase } from "./case.ts";
import { doors } from "./doors.ts";

const names = await caseNames();

for (const name of names) {
  const bad = await readCase(name);
  test(`${name}: ${bad.claim}`, async (context) => {
    const folder = await mkdtemp(join(tmpdir(), "forewarn-bad-"));
    context.after(() => rm(folder, { recursive: true, force: true }));
    await layOut(name, bad, folder);
    await check(bad, doors[bad.door](bad.given ?? {}, folder));
  });
}

test("there are at least 120 cases, each with a claim of its own", async () => {
  const claims = await Promise.all(names.map(async (name) => (await readCase(name)).claim));
  assert.ok(claims.length >= 120, `${claims.length} cases`);
  assert.deepEqual(
    claims.filter((claim, i) => claims.indexOf(claim) !== i),
    [],
  );
});

async function check({ refused, gives }: BadInput, outcome: Promise<unknown>): Promise<void> {
  if (refused !== undefined) {
    const error = await outcome.then(
      (given) => assert.fail(`it was taken: ${JSON.stringify(given)?.slice(0, 1000)}`),
      (error: unknown) => error,
    );
    assert.ok(error instanceof ForewarnError, error instanceof Error ? error.stack : String(error));
    checkForm(error);
    const { code, hides = [], ...parts } = refused;
    assert.equal(error.code, code, error.message);
    const whole = inspect(error, { depth: null });
    for (const secret of hides) assert.ok(!whole.includes(secret), `it holds "${secret}": ${whole}`);
    for (const [part, text] of Object.entries(parts)) {
      const said = error.details[part as keyof typeof parts] ?? "";
      assert.ok(said.includes(text), `${part} says "${said}", not "${text}"`);
    }
  } else {
    const given = (await outcome) as Record<string, unknown>;
    for (const [member, expected] of Object.entries(gives ?? {})) checkMember(given[member], expected, member);
  }
}

/** A text of which a part is enough is written `{ "holds": "…" }`, or a list of such parts. */
function checkMember(found: unknown, expected: unknown, member: string): void {
  const holds = (expected as { holds?: string | string[] } | null)?.holds;
  if (holds === undefined) assert.deepEqual(JSON.parse(JSON.stringify(found ?? null)), expected, member);
  else
    for (const part of [holds].flat())
      assert.ok(String(found).includes(part), `${member} is "${found}", without "${part}"`);
}

/** What holds of every refusal: it is no bug of ours, can be shown as it is, and has a length that can be read. */
function checkForm(error: ForewarnError): void {
  assert.match(error.code, /^(USAGE|PIPELINE|DATA|TIME|MODEL|REGISTRY|GATE|SERVICE)(_[A-Z0-9]+)+$/);
  assert.ok(error.message.length <= 4_500, `a message of ${error.message.length} characters`);
  const { problem, expected, found, where, hint } = error.details;
  for (const part of [error.message, problem, expected, found, where, hint])
    assert.doesNotMatch(part ?? "", /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
  for (const part of [problem, expected, found, hint])
    assert.doesNotMatch(
      part ?? "",
      /(Invalid Input|IO|Conversion|INTERNAL) Error|\[object /,
      "words of another program",
    );
}
