import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { folderStore } from "../../src/stores/folder.ts";
import { storeContract } from "./store-contract.ts";

const folder = await mkdtemp(join(tmpdir(), "forewarn-stores-"));
after(() => rm(folder, { recursive: true, force: true }));
let stores = 0;

storeContract("folder", async () => folderStore(join(folder, String(++stores))));
