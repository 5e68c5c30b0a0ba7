/** Who runs this process, for the registry's records. */
import { userInfo } from "node:os";

/** The user's name; `uid <n>` where the system has none for it, as in a container that runs under a bare number. */
export function whoAmI(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? "unknown"}`;
  }
}
