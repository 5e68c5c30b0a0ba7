/** Text in the width of a terminal, and tables whose columns are aligned. */

/** The text in lines of at most `width` characters, the first behind `mark`, the others behind as many spaces; words are never cut. */
export function wrap(text: string, width: number, mark = ""): string[] {
  const lines: string[] = [];
  const indent = " ".repeat(mark.length);
  let line = mark;
  let empty = true;
  for (const word of text.split(" ")) {
    const longer = empty ? line + word : `${line} ${word}`;
    if (longer.length <= width || empty) line = longer;
    else {
      lines.push(line);
      line = indent + word;
    }
    empty = false;
  }
  return [...lines, line];
}

/** Rows with aligned columns: texts to the left, those listed in `right` to the right. */
export function alignColumns(rows: readonly (readonly string[])[], right: readonly number[] = []): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, i) => Math.max(...rows.map((row) => (row[i] ?? "").length)));
  return rows.map((row) =>
    row
      .map((cell, i) => (right.includes(i) ? cell.padStart(widths[i]) : cell.padEnd(widths[i])))
      .join("  ")
      .trimEnd(),
  );
}
