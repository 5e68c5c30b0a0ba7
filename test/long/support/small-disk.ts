/** A disk of a test's own that is as small as it says, where the system lets the test mount one. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface SmallDisk {
  /** Makes it another size, or read-only ("ro") and writable again ("rw"). */
  remount(options: string): void;
}

/** The reason why tests on a small disk are skipped, or false. */
export const withoutSmallDisks: false | string = (() => {
  if (process.platform !== "linux") return "small disks are made by Linux only";
  const folder = mkdtempSync(join(tmpdir(), "forewarn-disk-"));
  try {
    mount(["-t", "tmpfs", "-o", "size=64k", "none", folder]);
    unmount(folder);
    return false;
  } catch {
    return "this user may not mount a disk";
  } finally {
    rmdirSync(folder);
  }
})();

/** Whoever can be told to clean up. */
interface Cleaner {
  after(clean: () => void): void;
}

/** @param options of tmpfs: "size=64k", "nr_inodes=3" */
export function smallDisk(context: Cleaner, folder: string, options: string): SmallDisk {
  mkdirSync(folder, { recursive: true });
  mount(["-t", "tmpfs", "-o", options, "none", folder]);
  context.after(() => unmount(folder));
  return { remount: (change) => mount(["-o", `remount,${change}`, folder]) };
}

function mount(args: readonly string[]): void {
  execFileSync("mount", args, { stdio: "pipe" });
}

function unmount(folder: string): void {
  execFileSync("umount", [folder], { stdio: "pipe" });
}
