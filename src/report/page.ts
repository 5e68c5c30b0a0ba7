/** The page around the report: one file, one style sheet, no script, and a policy that lets nothing else in. */
import { createHash } from "node:crypto";
import { html, Markup } from "./html.ts";
import { styleSheet } from "./style.ts";

interface PageOptions {
  title: string;
  /** Sections by id, for the list of contents. */
  contents: readonly { id: string; title: string }[];
  body: Markup;
}

export function page({ title, contents, body }: PageOptions): string {
  const hash = createHash("sha256").update(styleSheet).digest("base64");
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Markup(styleSheet)}</style>
</head>
<body>
<main>
${body}</main>
<nav aria-label="Contents">${contents.map((entry) => html`<a href="#${entry.id}">${entry.title}</a>`)}</nav>
</body>
</html>
`.text;
}
