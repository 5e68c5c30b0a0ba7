/** The files of a local folder, put into a container. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { folderStore } from "../../../src/stores/folder.ts";
import type { Azurite } from "./azurite.ts";

export async function uploadFolder(azurite: Azurite, container: string, prefix: string, folder: string): Promise<void> {
  const client = azurite.service.getContainerClient(container);
  for (const path of await folderStore(folder).list("")) {
    const content = await readFile(join(folder, path));
    await client.getBlockBlobClient(`${prefix}/${path}`).upload(content, content.length);
  }
}
