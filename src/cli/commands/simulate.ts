/** `forewarn simulate <folder> --seed`: a fleet with known physics, as an archive to try things on. */
import type { CommandModule } from "yargs";
import { textOption, wholeNumber } from "../options.ts";

interface SimulateArguments {
  folder: string;
  seed: string;
  machines: string;
  days: string;
  every: string;
  overwrite: boolean;
}

export const simulateCommand: CommandModule<object, SimulateArguments> = {
  command: "simulate <folder>",
  describe: "Write the archive of a simulated fleet; the same seed gives the same bytes",
  builder: (argv) =>
    argv
      .positional("folder", { type: "string", demandOption: true, describe: "The folder to write" })
      .option("seed", textOption("The seed of all randomness", { demandOption: true }))
      .option("machines", textOption("How many machines", { default: "32" }))
      .option("days", textOption("How many days of telemetry", { default: "150" }))
      .option("every", textOption("The time between readings", { default: "1h" }))
      .option("overwrite", {
        type: "boolean",
        default: false,
        describe: "Write into a folder that holds files; those of an earlier simulation are removed first",
      }),
  async handler({ folder, every, overwrite, ...numbers }) {
    const seed = wholeNumber(numbers.seed, { option: "seed", least: 0, most: Number.MAX_SAFE_INTEGER });
    const machines = wholeNumber(numbers.machines, { option: "machines", least: 1, most: 10_000 });
    const days = wholeNumber(numbers.days, { option: "days", least: 1, most: 3650 });
    const { simulateFleet } = await import("../../simulate/simulate-fleet.ts");
    const { writeFleet } = await import("../../simulate/write-fleet.ts");
    const files = await writeFleet(folder, simulateFleet({ seed, machines, days, every }), { overwrite });
    process.stdout.write(`${files.map((file) => `${folder}/${file}`).join("\n")}\n`);
  },
};
