/** A proxy before Azurite that breaks what it is told to break. */
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { ACCOUNT } from "./azurite.ts";

export interface Asked {
  kind: "list" | "get" | "head" | "put" | "block" | "commit";
  /** The blob, from the container on; "" for a listing. */
  name: string;
  /** The first byte that is asked for. */
  from: number;
  /** How many of its kind came before. */
  before: number;
}

export type Fault =
  /** An answer of the proxy's own. */
  | { answer: number; headers?: Record<string, string>; body?: string }
  /** The connection breaks before the request is passed on, or after it was answered: that answer is lost. */
  | { reset: "before" | "after" }
  /** Nothing ever comes. */
  | { silent: true }
  /** The header that asks for a range is lost. */
  | { whole: true }
  /** The answer's body breaks, ends too early, or stops for ever after so many bytes. */
  | { body: "broken" | "short" | "stopped"; after: number }
  /** Bytes of the body are changed. */
  | { body: "spoilt" }
  /** The body comes so many bytes at a time. */
  | { body: "slow"; bytes: number }
  /** Something else happens first, then the request is passed on. */
  | { first: () => Promise<unknown> };

export interface BreakingProxy {
  endpoint: string;
  /** All requests, in the order in which they came. */
  seen: Asked[];
  /** Says what becomes of each request. Also forgets those seen. */
  breaks(rule: (asked: Asked) => Fault | undefined): void;
}

interface Cleaner {
  after(clean: () => Promise<void>): void;
}

export async function startProxy(context: Cleaner, target: number): Promise<BreakingProxy> {
  let rule: (asked: Asked) => Fault | undefined = () => undefined;
  const seen: Asked[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((incoming, outgoing) => {
    const asked = read(incoming, seen);
    seen.push(asked);
    void pass(incoming, outgoing, target, rule(asked)).catch(() => outgoing.destroy());
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  context.after(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${ACCOUNT}`,
    seen,
    breaks(next) {
      rule = next;
      seen.length = 0;
    },
  };
}

function read(incoming: IncomingMessage, seen: readonly Asked[]): Asked {
  const url = new URL(incoming.url ?? "/", "http://proxy");
  const comp = url.searchParams.get("comp");
  const name = decodeURIComponent(url.pathname.split("/").slice(3).join("/"));
  const range = String(incoming.headers["x-ms-range"] ?? incoming.headers.range ?? "");
  const { method } = incoming;
  const put = comp === "block" ? "block" : comp === "blocklist" ? "commit" : "put";
  const kind = comp === "list" ? "list" : method === "GET" ? "get" : method === "HEAD" ? "head" : put;
  const before = seen.filter((each) => each.kind === kind).length;
  return { kind, name, from: Number(/^bytes=(\d+)/.exec(range)?.[1] ?? 0), before };
}

async function pass(incoming: IncomingMessage, outgoing: ServerResponse, port: number, fault: Fault | undefined) {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  if (fault !== undefined && "answer" in fault) {
    outgoing.writeHead(fault.answer, { "content-type": "application/xml", ...fault.headers });
    outgoing.end(incoming.method === "HEAD" ? undefined : (fault.body ?? ""));
    return;
  }
  if (fault !== undefined && "silent" in fault) return;
  if (fault !== undefined && "whole" in fault) {
    for (const header of ["range", "x-ms-range", "x-ms-range-get-content-md5"]) delete incoming.headers[header];
  }
  if (fault !== undefined && "first" in fault) await fault.first();
  if (fault !== undefined && "reset" in fault && fault.reset === "before") return void incoming.socket.destroy();
  const { status, headers, body } = await forward(incoming, Buffer.concat(chunks), port);
  if (fault !== undefined && "reset" in fault) return void incoming.socket.destroy();
  outgoing.writeHead(status, headers);
  if (fault === undefined || !("body" in fault) || status >= 300) return void outgoing.end(body);
  if (fault.body === "spoilt") return void outgoing.end(body.map((byte) => byte ^ 1));
  if (fault.body === "slow") {
    for (let at = 0; at < body.length; at += fault.bytes) {
      outgoing.write(body.subarray(at, at + fault.bytes));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return void outgoing.end();
  }
  outgoing.write(body.subarray(0, fault.after), () => {
    if (fault.body === "broken") incoming.socket.resetAndDestroy();
    if (fault.body === "short") incoming.socket.end();
  });
}

function forward(incoming: IncomingMessage, content: Buffer, port: number) {
  return new Promise<{ status: number; headers: IncomingMessage["headers"]; body: Buffer }>((resolve, reject) => {
    const { method, url: path, headers } = incoming;
    const passed = request({ host: "127.0.0.1", port, method, path, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("error", reject);
      answer.on("end", () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }),
      );
    });
    passed.on("error", reject);
    passed.end(content);
  });
}
