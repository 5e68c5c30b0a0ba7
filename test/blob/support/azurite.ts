/** Azurite, the emulator of Azure storage, on a free port with a new account, for one test file. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  BlobServiceClient,
  ContainerSASPermissions,
  generateBlobSASQueryParameters,
  StorageSharedKeyCredential,
} from "@azure/storage-blob";

const installed = fileURLToPath(new URL("../../azurite/node_modules/", import.meta.url));
const script = join(installed, "azurite", "dist", "src", "blob", "main.js");

/** A killed test cannot clean up: its end of the pipe closes all the same. */
const endsWithParent = "data:text/javascript,process.stdin.on('close',()=>process.exit()).resume()";

/** The reason why tests on Azurite are skipped, or false. */
export const withoutAzurite = existsSync(script) ? false : "Azurite is not installed: npm run setup:azurite";

export const ACCOUNT = "fleetaccount";

export interface Azurite {
  account: string;
  key: string;
  /** http://127.0.0.1:port/account */
  endpoint: string;
  port: number;
  connection: string;
  service: BlobServiceClient;
  /** The environment that leads forewarn there, with the account's key; by another endpoint where one is given. */
  environment(endpoint?: string): Record<string, string>;
  /** Makes a container and gives its place. */
  container(): Promise<{ name: string; place: string }>;
  /** A SAS for a container, such as "rl", from now or from minutes ago to minutes from now. */
  sas(container: string, permissions: string, minutes?: { from?: number; to?: number }): string;
}

/** Whoever can be told to clean up: a test's context, or `node:test` itself for a whole file. */
interface Cleaner {
  after(clean: () => Promise<void>): void;
}

export interface AzuriteOptions {
  /** A certificate and its key, as files: it then speaks https and takes tokens of an identity. Default: http. */
  certificate?: { cert: string; key: string };
}

export async function startAzurite(context: Cleaner, { certificate }: AzuriteOptions = {}): Promise<Azurite> {
  const folder = await mkdtemp(join(tmpdir(), "forewarn-azurite-"));
  const port = await freePort();
  const key = randomBytes(64).toString("base64");
  const args = ["--blobHost", "127.0.0.1", "--blobPort", String(port), "--location", folder];
  const options = ["--skipApiVersionCheck", "--disableTelemetry", "--silent"];
  if (certificate !== undefined) options.push("--oauth", "basic", "--cert", certificate.cert, "--key", certificate.key);
  const child = spawn(process.execPath, ["--import", endsWithParent, script, ...args, ...options], {
    env: { ...process.env, AZURITE_ACCOUNTS: `${ACCOUNT}:${key}` },
    stdio: ["pipe", "pipe", "inherit"],
  });
  context.after(async () => {
    await stop(child);
    await rm(folder, { recursive: true, force: true });
  });
  await listening(child);
  const scheme = certificate === undefined ? "http" : "https";
  const endpoint = `${scheme}://127.0.0.1:${port}/${ACCOUNT}`;
  const credential = new StorageSharedKeyCredential(ACCOUNT, key);
  const service = new BlobServiceClient(endpoint, credential);
  const connectionOf = (at: string) =>
    `DefaultEndpointsProtocol=${scheme};AccountName=${ACCOUNT};AccountKey=${key};BlobEndpoint=${at};`;
  let made = 0;
  return {
    account: ACCOUNT,
    key,
    endpoint,
    port,
    connection: connectionOf(endpoint),
    service,
    environment: (at = endpoint) => ({ AZURE_STORAGE_CONNECTION_STRING: connectionOf(at) }),
    async container() {
      const name = `c${process.pid}-${++made}`;
      await service.getContainerClient(name).create();
      return { name, place: `az://${ACCOUNT}/${name}` };
    },
    sas(containerName, permissions, { from = -5, to = 60 } = {}) {
      const at = (minutes: number) => new Date(Date.now() + minutes * 60_000);
      const values = {
        containerName,
        permissions: ContainerSASPermissions.parse(permissions),
        startsOn: at(from),
        expiresOn: at(to),
      };
      return generateBlobSASQueryParameters(values, credential).toString();
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function listening(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = "";
    child.stdout?.on("data", (chunk) => {
      output += chunk;
      if (/successfully listen/.test(output)) resolve();
    });
    child.once("exit", (code) => reject(new Error(`Azurite ended with ${code}: ${output}`)));
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await ended;
}
