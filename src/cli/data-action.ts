/** What `forewarn data check` and `forewarn data infer` do: their results as text, and whether all is well. */
import { existsSync, statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import type { ArchiveSpec } from "../archive/spec.ts";
import { ForewarnError } from "../core/errors.ts";
import { didYouMean } from "../core/suggest.ts";
import type { CheckArchiveOptions } from "../inspect/check-archive.ts";
import type { DescribedFolder } from "../inspect/infer-archive.ts";
import { writeFileAtomic } from "../stores/atomic-file.ts";
import { placeFrom } from "./place-from.ts";

interface DataRequest {
  /** check or infer. */
  action: string;
  /** A pipeline file or a folder. */
  place: string;
  data?: string;
  env?: string;
  out?: string;
  force: boolean;
  json: boolean;
}

interface Surroundings {
  /** Milliseconds since the epoch. */
  now: number;
  /** Of the terminal, in characters. */
  width: number;
  workingFolder: string;
}

interface Outcome {
  /** For stdout. */
  text: string;
  /** For stderr. */
  advice?: string;
  /** False where a run would refuse the archive. */
  ok: boolean;
}

const actions = ["check", "infer"];

/** @throws USAGE_DATA when there is no such action, no such place, or the file to write is there already; what loading a pipeline throws */
export async function dataAction(request: DataRequest, surroundings: Surroundings): Promise<Outcome> {
  const { action, place } = request;
  if (!actions.includes(action)) {
    throw new ForewarnError("USAGE_DATA", {
      problem: "data has no such action",
      expected: actions.join(" or "),
      found: action,
      where: "forewarn data",
      hint: didYouMean(action, actions),
    });
  }
  if (!existsSync(place)) {
    const remote = /^[a-z]+:\/\//.test(place);
    throw new ForewarnError("USAGE_DATA", {
      problem: "there is no such place",
      expected: action === "check" ? "a pipeline file or a folder of files" : "a folder of files",
      found: place,
      where: `forewarn data ${action}`,
      ...(remote
        ? {
            hint: "files are looked through on a local disk: copy some of them, and name az://… as `data` in the pipeline",
          }
        : {}),
    });
  }
  return action === "check" ? await check(request, surroundings) : await infer(request, surroundings);
}

async function check(request: DataRequest, { now, width }: Surroundings): Promise<Outcome> {
  const { checkArchive } = await import("../inspect/check-archive.ts");
  const { healthText } = await import("../inspect/health-text.ts");
  const { archive, described, ...options } = await archiveOfPlace(request, now);
  const health = await checkArchive(archive, options);
  if (request.json) return { text: `${JSON.stringify({ ...health, archive }, null, 2)}\n`, ok: health.accepted };
  const { choicesText } = await import("../inspect/choices-text.ts");
  const read =
    described === undefined ? undefined : `\nread as data infer describes it:\n${choicesText(described, width)}`;
  return { text: healthText(health, width), advice: read, ok: health.accepted };
}

/** The archive of a pipeline; of a folder, the one that `infer` proposes. */
async function archiveOfPlace(
  { place, data, env }: DataRequest,
  now: number,
): Promise<CheckArchiveOptions & { archive: ArchiveSpec; described?: DescribedFolder }> {
  if (statSync(place, { throwIfNoEntry: false })?.isDirectory() !== true) {
    const { loadPipeline } = await import("../pipeline/load-pipeline.ts");
    const { archiveOf } = await import("../pipeline/archive-of.ts");
    const { options, places } = await loadPipeline(place, { environment: env, places: { data } });
    const { label, every, stale } = options;
    return {
      now,
      archive: archiveOf(options),
      folder: places.data,
      cache: places.cache,
      failures: label,
      every,
      stale,
      ...(label.label === "failsWithin" ? { horizon: label.horizon } : {}),
    };
  }
  const { describeFolder } = await import("../inspect/infer-archive.ts");
  const described = await describeFolder(place);
  return { now, archive: described.archive, folder: place, described };
}

async function infer(
  { place, out, force, json }: DataRequest,
  { now, width, workingFolder }: Surroundings,
): Promise<Outcome> {
  const { inferArchive } = await import("../inspect/infer-archive.ts");
  const { choicesText } = await import("../inspect/choices-text.ts");
  const { pipelineText } = await import("../inspect/pipeline-text.ts");
  if (out !== undefined && existsSync(out) && !force) {
    throw new ForewarnError("USAGE_DATA", {
      problem: "the file to write is there already",
      expected: "a new file",
      found: out,
      where: "--out",
      hint: "name another file, or --force to replace it",
    });
  }
  const proposal = await inferArchive({ folder: place, now });
  const file = resolve(workingFolder, out ?? "fleet.mts");
  const pipeline = pipelineText(proposal, { data: placeFrom(dirname(file), place), file: out ?? basename(file) });
  const ok = proposal.problems.length === 0;
  if (out !== undefined) await writeFileAtomic(file, pipeline);
  if (json) return { text: `${JSON.stringify({ ...proposal, pipeline, out: out ?? null }, null, 2)}\n`, ok };
  const choices = choicesText(proposal, width);
  if (out === undefined) return { text: pipeline, advice: choices, ok };
  return { text: `${choices}\nwritten to ${out}; run it with: forewarn run ${out}\n`, ok };
}
