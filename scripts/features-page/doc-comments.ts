/** Reads the doc comments of a source file's exports. */
import { readFileSync } from "node:fs";
import ts from "typescript";

export interface DocComment {
  /** The text before the first tag. */
  text: string;
  /** Of a function: the names of its parameters. */
  parameters?: readonly string[];
  /** Of an interface: its members' comments, by name. */
  members: ReadonlyMap<string, { text: string; type: string; optional: boolean }>;
  /** Of an interface or an alias: the interfaces whose members it takes over. */
  bases: readonly string[];
}

/** By the names of the file's exported functions, constants and interfaces. */
export function docComments(file: string): ReadonlyMap<string, DocComment> {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  const found = new Map<string, DocComment>();
  for (const statement of source.statements) {
    const names = ts.isVariableStatement(statement)
      ? statement.declarationList.declarations.map(({ name }) => name.getText(source))
      : ts.isFunctionDeclaration(statement) ||
          ts.isInterfaceDeclaration(statement) ||
          ts.isTypeAliasDeclaration(statement)
        ? [statement.name?.text ?? ""]
        : [];
    const members = ts.isInterfaceDeclaration(statement) ? membersOf(statement, source) : new Map();
    const parameters = ts.isFunctionDeclaration(statement)
      ? statement.parameters.map(({ name }) => (ts.isIdentifier(name) ? name.text : "options"))
      : undefined;
    for (const name of names)
      found.set(name, { text: textOf(statement), parameters, members, bases: basesOf(statement, source) });
  }
  return found;
}

function basesOf(statement: ts.Statement, source: ts.SourceFile): string[] {
  if (ts.isInterfaceDeclaration(statement)) {
    return (statement.heritageClauses ?? []).flatMap(({ types }) =>
      types.map(({ expression }) => expression.getText(source)),
    );
  }
  return ts.isTypeAliasDeclaration(statement) && ts.isTypeReferenceNode(statement.type)
    ? [statement.type.typeName.getText(source)]
    : [];
}

function membersOf(declaration: ts.InterfaceDeclaration, source: ts.SourceFile): DocComment["members"] {
  return new Map(
    declaration.members.filter(ts.isPropertySignature).map((member) => [
      member.name.getText(source),
      {
        text: textOf(member),
        type: member.type?.getText(source).replaceAll(/\s+/g, " ") ?? "",
        optional: member.questionToken !== undefined,
      },
    ]),
  );
}

/** The comment's text, its lines joined within a paragraph. */
function textOf(node: ts.Node): string {
  const comment = ts.getJSDocCommentsAndTags(node).find(ts.isJSDoc)?.comment;
  const text = typeof comment === "string" ? comment : (ts.getTextOfJSDocComment(comment) ?? "");
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replaceAll(/\s*\n\s*/g, " ").trim())
    .join("\n\n");
}
