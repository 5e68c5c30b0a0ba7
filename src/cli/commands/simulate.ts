/** `forewarn simulate <folder> --seed`: a fleet with known physics, as an archive to try things on. */
import type { CommandModule } from "yargs";

interface SimulateArguments {
  folder: string;
  seed: number;
  machines: number;
  days: number;
  every: string;
}

export const simulateCommand: CommandModule<object, SimulateArguments> = {
  command: "simulate <folder>",
  describe: "Write the archive of a simulated fleet; the same seed gives the same bytes",
  builder: (argv) =>
    argv
      .positional("folder", { type: "string", demandOption: true, describe: "The folder to write" })
      .option("seed", { type: "number", demandOption: true, describe: "The seed of all randomness" })
      .option("machines", { type: "number", default: 32, describe: "How many machines" })
      .option("days", { type: "number", default: 150, describe: "How many days of telemetry" })
      .option("every", { type: "string", default: "1h", describe: "The time between readings" }),
  async handler({ folder, seed, machines, days, every }) {
    const { simulateFleet } = await import("../../simulate/simulate-fleet.ts");
    const { writeFleet } = await import("../../simulate/write-fleet.ts");
    const files = await writeFleet(folder, simulateFleet({ seed, machines, days, every }));
    process.stdout.write(`${files.map((file) => `${folder}/${file}`).join("\n")}\n`);
  },
};
