/** `forewarn registry list|show|verify|promote|rollback`: what is registered, and which version each alias points to. */
import type { CommandModule } from "yargs";
import { textOption } from "../options.ts";

interface RegistryArguments {
  action: string;
  model?: string;
  alias?: string;
  why: string;
  registry: string;
  json: boolean;
}

export const registryCommand: CommandModule<object, RegistryArguments> = {
  command: "registry <action> [model] [alias]",
  describe: "List, show and verify registered versions; promote a version to an alias, or roll the alias back",
  builder: (argv) =>
    argv
      .positional("action", {
        type: "string",
        demandOption: true,
        describe: "list, show, verify, promote or rollback",
      })
      .positional("model", {
        type: "string",
        describe: "name, name@version or name@alias (list: none; rollback: name)",
      })
      .positional("alias", { type: "string", describe: "promote and rollback: the alias to move" })
      .option("why", textOption("The reason kept in the alias's history", { default: "by hand" }))
      .option(
        "registry",
        textOption("The registry: a folder, a relative one in the working folder, or az://account/container/path", {
          default: "registry",
        }),
      )
      .option("json", { type: "boolean", default: false, describe: "Print one JSON document to stdout" }),
  async handler(args) {
    const { whoAmI } = await import("../../core/who-am-i.ts");
    const { openStore } = await import("../../stores/open-store.ts");
    const { openRegistry } = await import("../../registry/registry.ts");
    const { registryAction } = await import("../registry-action.ts");
    const registry = openRegistry(await openStore(args.registry));
    const { document, text, ok } = await registryAction(registry, args, { now: new Date(), who: whoAmI() });
    process.stdout.write(args.json ? `${JSON.stringify(document, null, 2)}\n` : text);
    if (!ok) process.exitCode = 3;
  },
};
