/** Plain data as the text of JavaScript, as a person would write it. */

/** One line where it fits into `width` characters, else a member a line, indented by two more spaces. */
export function codeText(value: unknown, margin = "", width = 110): string {
  const line = oneLine(value);
  if (line.length + margin.length <= width || typeof value !== "object" || value === null) return line;
  const inner = `${margin}  `;
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== "object")) return wrapped(value.map(oneLine), margin, width);
    return `[\n${value.map((item) => `${inner}${codeText(item, inner, width)},\n`).join("")}${margin}]`;
  }
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{\n${members.map(([name, member]) => `${inner}${nameText(name)}: ${codeText(member, inner, width)},\n`).join("")}${margin}}`;
}

function oneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "undefined";
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return members.length === 0
    ? "{}"
    : `{ ${members.map(([name, member]) => `${nameText(name)}: ${oneLine(member)}`).join(", ")} }`;
}

/** A list of many short items, several a line. */
function wrapped(items: readonly string[], margin: string, width: number): string {
  const lines: string[] = [];
  let line = `${margin} `;
  for (const item of items) {
    if (line.length + item.length + 2 > width && line.trim() !== "") {
      lines.push(line);
      line = `${margin} `;
    }
    line += ` ${item},`;
  }
  return `[\n${[...lines, line].join("\n")}\n${margin}]`;
}

/** A member's name, in quotes where JavaScript needs them. */
export function nameText(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) && name !== "__proto__" ? name : JSON.stringify(name);
}
