/** The texts and numbers of telemetry that stand for "no reading", put into the sources that hold them. */
import type { ArchiveSpec } from "../archive/spec.ts";
import type { Finding } from "./finding.ts";
import type { Choice } from "./proposal.ts";
import { quoted } from "./words.ts";

/** The archive with the `missing` that its findings advise; the very same archive where they advise none that is new. */
export function withMissingTexts(archive: ArchiveSpec, findings: readonly Finding[], choices: Choice[]): ArchiveSpec {
  const added: Choice[] = [];
  const telemetry = archive.telemetry.map((source, i) => {
    const name = archive.telemetry.length === 1 ? "telemetry" : `telemetry[${i}]`;
    const missing = [...(source.missing ?? [])];
    for (const { source: sources, contract, finding: why } of findings) {
      if (!sources.split(", ").includes(name)) continue;
      for (const text of contract?.missing ?? []) {
        if (missing.includes(text)) continue;
        missing.push(text);
        added.push({ about: name, choice: `${quoted(text)} as missing`, sure: "likely", why });
      }
    }
    return missing.length === 0 ? source : { ...source, missing };
  });
  choices.push(...added);
  return added.length === 0 ? archive : { ...archive, telemetry };
}
