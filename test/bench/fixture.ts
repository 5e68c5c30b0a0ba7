/** A benchmark's process whose measurement is its input; with nothing to say it fails. */
const measurement = JSON.parse(process.argv[2]) as { seconds?: number };
if (measurement.seconds === undefined) process.exit(7);
process.stdout.write(`something else\n${JSON.stringify(measurement)}\n`);
