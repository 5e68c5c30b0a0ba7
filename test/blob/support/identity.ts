/** A managed identity as a local service: gives tokens that Azurite takes, and counts them. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

interface Cleaner {
  after(clean: () => Promise<void>): void;
}

export interface Identity {
  /** The environment in which DefaultAzureCredential finds it. */
  environment: Record<string, string>;
  /** Every token given. */
  tokens: string[];
  /** Whether it gives none. */
  refuses: boolean;
}

export async function startIdentity(context: Cleaner): Promise<Identity> {
  const identity: Identity = { environment: {}, tokens: [], refuses: false };
  const server = createServer((request, response) => {
    const now = Math.floor(Date.now() / 1000);
    const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const claims = {
      iss: "https://sts.windows.net/00000000-0000-0000-0000-000000000000/",
      aud: "https://storage.azure.com",
      iat: now,
      nbf: now - 300,
      exp: now + 3600,
    };
    const token = `${encoded({ alg: "none", typ: "JWT" })}.${encoded(claims)}.c2lnbmVkLWJ5LW5vYm9keQ`;
    const known = request.headers["x-identity-header"] === "c2VjcmV0" && !identity.refuses;
    if (known) identity.tokens.push(token);
    response.writeHead(known ? 200 : 401, { "content-type": "application/json" });
    const given = { access_token: token, expires_on: String(claims.exp), resource: claims.aud, token_type: "Bearer" };
    response.end(JSON.stringify(known ? given : { error: "invalid_request", error_description: "no such identity" }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  context.after(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  identity.environment = {
    IDENTITY_ENDPOINT: `http://127.0.0.1:${port}/token`,
    IDENTITY_HEADER: "c2VjcmV0",
    AZURE_TOKEN_CREDENTIALS: "ManagedIdentityCredential",
  };
  return identity;
}
