import assert from "node:assert/strict";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import test from "node:test";
import { mendLines } from "../../src/archive/csv-mend.ts";
import { withDatabase } from "../../src/archive/database.ts";
import { ForewarnError } from "../../src/core/errors.ts";
import { stageCache } from "../../src/pipeline/stage-cache.ts";
import { openRegistry } from "../../src/registry/registry.ts";
import { folderStore } from "../../src/stores/folder.ts";
import { type Ended, root, runCommand } from "./support/command.ts";
import { filesIn, fingerprint, type Home, leftoversIn } from "./support/home.ts";
import { smallDisk, withoutSmallDisks } from "./support/small-disk.ts";
import { runOf, undisturbedRun } from "./support/undisturbed.ts";

const undisturbed = await undisturbedRun(test);
const places = ["cache", "runs", "registry"] as const;
const skip = withoutSmallDisks;
const isRoot = process.getuid?.() === 0;

/** Whether another user can get to the command: every folder on the way to it lets everybody through. */
function isReachable(folder: string): boolean {
  const open = (statSync(folder).mode & 0o001) !== 0;
  return open && (dirname(folder) === folder || isReachable(dirname(folder)));
}

const withoutOthers =
  (!isRoot && "only root can become another user") ||
  (!isReachable(resolve(root)) && "no other user gets into the folder of this checkout");

/** One clear error of a service: three lines at most, no stack, and exit code 5. */
function assertRefused(ended: Ended, found: RegExp, whence: string): void {
  assert.equal(ended.code, 5, `${whence}: ${ended.signal} ${ended.stderr}`);
  const lines = ended.stderr
    .split("\n")
    .filter((line) => line !== "" && !/^[a-z ]+: (\d+\.\d s|unchanged.*)$/.test(line));
  assert.match(lines[0], /^SERVICE_STORE\w*: /, whence);
  assert.match(lines[0], found, whence);
  assert.deepEqual([lines.length, lines[1].slice(0, 5), lines[2].slice(0, 8)], [3, "  in ", "  hint: "], ended.stderr);
}

/** Whatever is there is whole: results with their sums, versions with theirs, JSON that parses; nothing half-written is left. */
async function assertWhole(home: Home, whence: string): Promise<void> {
  assert.deepEqual(leftoversIn(home.folder), [], whence);
  const cache = stageCache(home.cache);
  for (const sum of filesIn(home.cache).filter((path) => path.endsWith(".sha256"))) {
    assert.ok((await cache.read(sum.slice(0, -".sha256".length))) !== undefined, `${whence}: ${sum}`);
  }
  const registry = openRegistry(folderStore(home.registry));
  for (const { model, versions, damaged } of await registry.list()) {
    assert.deepEqual(damaged, [], whence);
    for (const version of versions) assert.ok((await registry.verify(model, version)).passed, whence);
  }
  for (const place of ["registry", "runs"] as const) {
    for (const path of filesIn(home[place]).filter((name) => name.endsWith(".json")))
      JSON.parse(readFileSync(join(home[place], path), "utf8"));
  }
}

/** The same run, now that it can, ends as if nothing had been in its way. */
async function assertEndsWell(home: Home, whence: string): Promise<void> {
  const again = await runCommand(undisturbed.runIn(home));
  assert.equal(again.code, 0, `${whence}: ${again.stderr}`);
  assert.deepEqual(fingerprint(home, runOf(again)), undisturbed.whole, whence);
}

/** No file, a few files, and from one page to one page too few of what a run writes there. */
function sizesOf(place: (typeof places)[number]): string[] {
  const folder = undisturbed.home("undisturbed")[place];
  const pages = filesIn(folder).reduce((sum, path) => sum + Math.ceil(statSync(join(folder, path)).size / PAGE), 0);
  const some = [1, Math.round(pages * 0.3), Math.round(pages * 0.7), pages - 1];
  return ["nr_inodes=1", "nr_inodes=3", ...some.map((count) => `size=${count * PAGE}`)];
}

const PAGE = 4096;

for (const place of places) {
  for (const size of sizesOf(place)) {
    test(`a disk for ${place} that is full at ${size} is one clear error; with space made, the run ends well`, {
      skip,
    }, async (context) => {
      const home = undisturbed.home(`${place}-${size}`);
      const disk = smallDisk(context, home[place], size);
      const ended = await runCommand(undisturbed.runIn(home));
      assertRefused(ended, /full disk/, size);
      await assertWhole(home, size);
      disk.remount("size=16m,nr_inodes=1000");
      await assertEndsWell(home, size);
    });
  }

  test(`a read-only disk for ${place} is one clear error`, { skip }, async (context) => {
    const home = undisturbed.home(`${place}-read-only`);
    const disk = smallDisk(context, home[place], "size=16m");
    disk.remount("ro");
    assertRefused(await runCommand(undisturbed.runIn(home)), /read-only disk/, place);
    await assertWhole(home, place);
    disk.remount("rw");
    await assertEndsWell(home, place);
  });

  test(`a folder for ${place} without the right to write is one clear error`, {
    skip: withoutOthers,
  }, async () => {
    const home = undisturbed.home(`${place}-forbidden`);
    for (const each of places) {
      mkdirSync(home[each], { recursive: true });
      if (each !== place) chownSync(home[each], 65534, 65534);
    }
    chmodSync(undisturbed.folder, 0o755);
    const through = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
    const ended = await runCommand(undisturbed.runIn(home), { through });
    assertRefused(ended, /no right to it/, place);
    await assertWhole(home, place);
    chownSync(home[place], 65534, 65534);
    const again = await runCommand(undisturbed.runIn(home), { through });
    assert.deepEqual(fingerprint(home, runOf(again)), undisturbed.whole, again.stderr);
  });
}

test("a disk for predictions that is full or read-only is one clear error, and what was there before stays", {
  skip,
}, async (context) => {
  const home = undisturbed.home("undisturbed");
  const folder = join(undisturbed.folder, "predictions");
  const disk = smallDisk(context, folder, "size=16m");
  const out = join(folder, "predictions.parquet");
  const score = (at: string) => [
    ...["score", "--model", "fleet@candidate", "--registry", home.registry],
    ...["--data", undisturbed.data, "--out", out, "--at", at],
  ];
  assert.equal((await runCommand(score("latest"))).code, 0);
  const before = readFileSync(out);
  disk.remount(`size=${Math.ceil(before.length / PAGE + 1) * PAGE}`);
  assertRefused(await runCommand(score("all")), /full disk/, "full");
  disk.remount("size=16m,ro");
  assertRefused(await runCommand(score("all")), /read-only disk/, "read-only");
  assert.deepEqual(filesIn(folder), ["predictions.parquet"]);
  assert.deepEqual(leftoversIn(folder), []);
  assert.ok(readFileSync(out).equals(before));
  disk.remount("rw");
  assert.equal((await runCommand(score("all"))).code, 0);
  assert.ok(readFileSync(out).length > before.length);
});

test("a disk without room for a temporary folder is one clear error", { skip }, async (context) => {
  const home = undisturbed.home("temporary");
  const TMPDIR = join(undisturbed.folder, "temporary-disk");
  const disk = smallDisk(context, TMPDIR, "nr_inodes=1");
  assertRefused(await runCommand(undisturbed.runIn(home), { env: { TMPDIR } }), /full disk/, "temporary folder");
  disk.remount("nr_inodes=1000");
  const again = await runCommand(undisturbed.runIn(home), { env: { TMPDIR } });
  assert.deepEqual(fingerprint(home, runOf(again)), undisturbed.whole, again.stderr);
});

test("a disk that is full while the database spills onto it is one clear error, and nothing stays on it", {
  skip,
}, async (context) => {
  const spillParent = join(undisturbed.folder, "spill-disk");
  const disk = smallDisk(context, spillParent, "size=8m");
  const sort =
    "SELECT max(place) FROM (SELECT row_number() OVER (ORDER BY hash(i), i) AS place FROM range(8000000) AS t(i))";
  const sorted = () => withDatabase(undefined, (database) => database.rows(sort), { memory: 128 << 20, spillParent });
  await assert.rejects(sorted(), (error) => {
    assert.ok(error instanceof ForewarnError && error.code.startsWith("SERVICE_"), String(error));
    assert.ok(error.details.hint !== undefined);
    return true;
  });
  assert.deepEqual(readdirSync(spillParent), []);
  disk.remount("size=2g");
  assert.equal(String((await sorted())[0][0]), "8000000");
});

test("a disk too full for the copy of a CSV file that has to be mended is told of, and not the file", {
  skip,
}, async (context) => {
  const folder = join(undisturbed.folder, "copy-disk");
  smallDisk(context, folder, "size=64k");
  const file = join(undisturbed.folder, "long.csv");
  writeFileSync(file, "m,t,v\r\n".repeat(100_000));
  await assert.rejects(mendLines(file, join(folder, "copy")), (error) => {
    assert.ok(error instanceof ForewarnError && error.code === "SERVICE_STORE", String(error));
    assert.match(String(error.details.found), /full disk/);
    return true;
  });
});

test("a limit on the size of files is one clear error", {
  skip: !existsSync("/usr/bin/prlimit") && "no prlimit here",
}, async () => {
  for (const bytes of [20_000, 100_000, 300_000]) {
    const home = undisturbed.home(`limit-${bytes}`);
    const through = ["prlimit", `--fsize=${bytes}`];
    assertRefused(await runCommand(undisturbed.runIn(home), { through }), /larger than the system allows/, `${bytes}`);
    await assertWhole(home, `${bytes}`);
    await assertEndsWell(home, `${bytes}`);
  }
});
