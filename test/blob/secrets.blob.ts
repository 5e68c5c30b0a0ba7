import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as nodeTest from "node:test";
import { fileURLToPath } from "node:url";
import { simulateFleet } from "../../src/simulate/simulate-fleet.ts";
import { writeFleet } from "../../src/simulate/write-fleet.ts";
import { type Ended, forewarn, root } from "../cli/support/forewarn.ts";
import { ACCOUNT, startAzurite, withoutAzurite } from "./support/azurite.ts";
import { uploadFolder } from "./support/upload.ts";

const { after, test } = nodeTest;

const pipeline = `
import { byTime, csv, definePipeline, failsWithin, gbdt, parquet, rolling, scheduleRule, scheduleUsed } from "forewarn";

const event = { machine: "machine", time: "time" };

export default definePipeline({
  name: "secrets",
  telemetry: parquet("telemetry", { ...event, sensors: ["vibration"] }),
  events: {
    maintenance: csv("maintenance.csv", { ...event, kind: "component" }),
    failures: csv("failures.csv", { ...event, kind: "component" }),
  },
  reference: { schedule: csv("schedule.csv", { component: "component", interval: "interval_hours" }) },
  every: "6h",
  features: [rolling("vibration", { over: "1d", stats: ["mean"] }), scheduleUsed("schedule")],
  label: failsWithin("2d", { of: "failures" }),
  split: byTime("2025-03-10"),
  learners: [scheduleRule(), gbdt({ trees: 5, leaves: 4 })],
  innerFolds: 2,
  publish: { alias: "candidate" },
});
`;

if (withoutAzurite) test("no secret anywhere", { skip: withoutAzurite });
else await suite();

async function suite() {
  const azurite = await startAzurite(nodeTest);
  const folder = await mkdtemp(join(tmpdir(), "forewarn-secrets-"));
  const file = join(root, "build", "command", `${folder.slice(-6)}.ts`);
  after(() => Promise.all([rm(folder, { recursive: true, force: true }), rm(file, { force: true })]));
  await mkdir(join(root, "build", "command"), { recursive: true });
  await mkdir(join(folder, "temp"));
  await writeFile(file, pipeline);
  await writeFleet(join(folder, "data"), simulateFleet({ seed: 5, machines: 12, days: 110, every: "3h" }));
  const { name, place } = await azurite.container();
  await uploadFolder(azurite, name, "data", join(folder, "data"));

  const sas = azurite.sas(name, "rcwl");
  const expired = azurite.sas(name, "rcwl", { from: -60, to: -30 });
  const wrongKey = randomBytes(64).toString("base64");
  const signatures = [sas, expired].map((token) => new URLSearchParams(token).get("sig") ?? "");
  const secrets = [azurite.key, wrongKey, ...signatures].flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    btoa(secret),
  ]);
  secrets.push(azurite.connection, "AccountKey=", "sig=");
  const withKey = azurite.environment();
  const withSas = { AZURE_STORAGE_SAS_TOKEN: sas, AZURE_STORAGE_BLOB_ENDPOINT: azurite.endpoint };
  const outputs: string[] = [];
  const children = join(folder, "children.jsonl");

  async function command(environment: Record<string, string>, ...args: string[]): Promise<Ended> {
    const before = { ...process.env };
    const preload = `--import=${fileURLToPath(new URL("support/record-children.ts", import.meta.url))}`;
    Object.assign(process.env, environment, {
      TMPDIR: join(folder, "temp"),
      RECORD_CHILDREN: children,
      NODE_OPTIONS: preload,
    });
    try {
      const ended = await forewarn(args);
      outputs.push(ended.stdout, ended.stderr);
      return ended;
    } finally {
      for (const key of Object.keys(process.env)) delete process.env[key];
      Object.assign(process.env, before);
    }
  }
  const places = [
    ...["--data", `${place}/data`, "--registry", `${place}/registry`],
    ...["--runs", `${place}/runs`, "--cache", join(folder, "cache")],
  ];
  const registry = ["--registry", `${place}/registry`];

  test("run, plan, score and registry work on blobs by connection string and by SAS", async () => {
    const run = await command(withKey, "run", file, ...places, "--keep-matrix", "--json");
    assert.equal(run.code, 0, run.stderr);
    assert.equal(JSON.parse(run.stdout).published.path, `${place}/registry/secrets/1`);
    const again = await command(
      { ...withSas, AZURE_LOG_LEVEL: "verbose" },
      "run",
      file,
      ...places,
      "--json",
      "--debug",
    );
    assert.equal(again.code, 0, again.stderr);
    assert.match(again.stderr, /azure:/);
    assert.equal(JSON.parse(again.stdout).published.version, 1);
    assert.equal((await command(withSas, "plan", file, ...places)).code, 0);
    const score = [
      "score",
      "--model",
      "secrets",
      "--data",
      `${place}/data`,
      ...registry,
      "--cache",
      join(folder, "cache"),
    ];
    const scored = await command(withSas, ...score, "--out", `${place}/out/predictions.parquet`);
    assert.equal(scored.code, 0, scored.stderr);
    for (const args of [
      ["list"],
      ["show", "secrets"],
      ["verify", "secrets@candidate"],
      ["promote", "secrets@1", "production"],
    ]) {
      const { code, stdout, stderr } = await command(withSas, "registry", ...args, ...registry);
      assert.equal(code, 0, stderr);
      assert.ok(stdout.length > 0);
    }
    const listed = await command(withKey, "registry", "list", ...registry);
    assert.equal(listed.stdout, "secrets  versions 1  candidate -> 1, production -> 1\n");
  });

  const failures: Record<string, { environment: Record<string, string>; args: string[]; code: number; says: RegExp }> =
    {
      "a SAS that has expired": {
        environment: { ...withSas, AZURE_STORAGE_SAS_TOKEN: expired },
        args: ["run", file, ...places],
        code: 5,
        says: /^SERVICE_BLOB_AUTHENTICATION/m,
      },
      "a wrong key": {
        environment: { AZURE_STORAGE_CONNECTION_STRING: azurite.connection.replace(azurite.key, wrongKey) },
        args: ["run", file, ...places],
        code: 5,
        says: /^SERVICE_BLOB_NO_RIGHT/m,
      },
      "a container that is not there": {
        environment: withKey,
        args: ["registry", "list", "--registry", `az://${ACCOUNT}/nowhere/registry`],
        code: 5,
        says: /^SERVICE_BLOB_CONTAINER/m,
      },
      "a connection string of another account": {
        environment: withKey,
        args: ["registry", "list", "--registry", "az://otheraccount/models"],
        code: 2,
        says: /^USAGE_BLOB_ENVIRONMENT/m,
      },
      "what is no connection string": {
        environment: { AZURE_STORAGE_CONNECTION_STRING: azurite.key },
        args: ["registry", "list", ...registry],
        code: 2,
        says: /^USAGE_BLOB_ENVIRONMENT/m,
      },
      "a signature in a place": {
        environment: {},
        args: ["run", file, "--data", `${place}/data?${sas}`],
        code: 2,
        says: /^USAGE_STORE_SECRET/m,
      },
      "a key in a place to write to": {
        environment: withKey,
        args: ["score", "--model", "secrets", "--data", "x", "--out", azurite.connection, ...registry],
        code: 2,
        says: /^USAGE_STORE_SECRET/m,
      },
      "a cache in blob storage": {
        environment: withKey,
        args: ["run", file, "--cache", `${place}/cache`],
        code: 2,
        says: /^USAGE_CACHE_REMOTE/m,
      },
      "no credential at all": {
        // Only this one of the credentials is asked, so that nothing leaves the machine.
        environment: { AZURE_TOKEN_CREDENTIALS: "EnvironmentCredential" },
        args: ["registry", "list", ...registry],
        code: 5,
        says: /^SERVICE_BLOB_CREDENTIALS/m,
      },
    };
  for (const [what, { environment, args, code, says }] of Object.entries(failures)) {
    test(`${what} ends the command in one clear error, with --debug and --json too`, async () => {
      const plain = await command(environment, ...args);
      assert.equal(plain.code, code, plain.stderr);
      assert.match(plain.stderr, says);
      assert.equal(plain.stderr.trimEnd().split("\n").length <= 3, true, plain.stderr);
      await command(environment, ...args, "--debug", "--json");
    });
  }

  test("no key, signature or connection string is in any output, file, blob or argument list", async () => {
    const found = new Map<string, string>(outputs.map((output, i) => [`output ${i}`, output]));
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile() && path !== children) found.set(path, (await readFile(path)).toString("latin1"));
    }
    for await (const blob of azurite.service.getContainerClient(name).listBlobsFlat({ includeMetadata: true })) {
      const client = azurite.service.getContainerClient(name).getBlobClient(blob.name);
      found.set(blob.name, (await client.downloadToBuffer()).toString("latin1") + JSON.stringify(blob));
    }
    const processes = (await readFile(children, "utf8")).trimEnd().split("\n");
    // A secret that the user types is in that command's own list; nothing that it starts may have it.
    const typed = (line: string) => line.startsWith(`["${process.execPath}"`) && /\?sv=|--out/.test(line);
    for (const [i, line] of processes.entries()) if (!typed(line)) found.set(`process ${i}`, line);
    assert.ok(found.size > 60, String(found.size));
    for (const kind of [
      "log.jsonl",
      "manifest.json",
      "report.html",
      "matrix.parquet",
      ".note",
      "predictions.parquet",
    ]) {
      assert.ok(
        [...found.keys()].some((path) => path.endsWith(kind)),
        kind,
      );
    }
    for (const [where, content] of found) {
      for (const secret of secrets) {
        // The SDK's own log shows which parameters a request has, not what they hold.
        const shown = content.replaceAll("sig=REDACTED", "");
        assert.ok(!shown.includes(secret), `${where}: ${secret.slice(0, 12)}…`);
      }
    }
  });
}
