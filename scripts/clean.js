// Removes what an earlier build left behind: a file whose source is gone would be published with the rest.
import { rmSync } from "node:fs";

rmSync(new URL("../dist", import.meta.url), { recursive: true, force: true });
