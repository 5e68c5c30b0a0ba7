/** A worker that answers with what it is sent and its own number; "fail" makes it throw, "end" makes it end. */
import { parentPort, workerData } from "node:worker_threads";

parentPort?.on("message", (message: unknown) => {
  if (message === "fail") throw new Error("asked to fail");
  if (message === "end") process.exit(0);
  if (message !== "wait") parentPort?.postMessage([workerData, message]);
});
