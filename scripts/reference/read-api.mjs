// Reads what an entry point of the package exports, with the words of its comments, by the compiler of
// tools/compiler-api: the one that compiles the project has no JavaScript interface.
import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { root } from '../run.mjs';

const tools = realpathSync(join(root, 'node_modules/@albridge/compiler-api'));
const ts = createRequire(join(tools, 'package.json'))('typescript');

/**
 * The exports of the files, each a list of
 * `{ name, kind, words, declaration, bases, members }`, each member
 * `{ name, from, isStatic, isOptional, type or signature, words, absent }`.
 */
export function readApi(files) {
  const program = programOf(files.map((file) => join(root, file)));
  const checker = program.getTypeChecker();
  return files.map((file) => {
    const source = program.getSourceFile(join(root, file));
    const exports = checker.getExportsOfModule(checker.getSymbolAtLocation(source));
    return exports.map((symbol) => describe(resolved(symbol, checker), symbol.name, checker)).sort(byName);
  });
}

/** Of the project's files alone: types from elsewhere are told by their names, and take long to read. */
function programOf(files) {
  const options = {
    allowImportingTsExtensions: true,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    noEmit: true,
    noLib: true,
    strict: true,
    target: ts.ScriptTarget.ES2023,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  host.resolveModuleNameLiterals = (imports, importer) =>
    imports.map(({ text }) => ({
      resolvedModule: text.startsWith('.')
        ? { extension: ts.Extension.Ts, resolvedFileName: join(dirname(importer), text) }
        : undefined,
    }));
  return ts.createProgram(files, options, host);
}

function resolved(symbol, checker) {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

function describe(symbol, name, checker) {
  const [declaration] = symbol.declarations;
  return { name, ...wordsOf(symbol, checker), ...shapeOf(declaration, symbol, checker) };
}

function shapeOf(declaration, symbol, checker) {
  if (ts.isClassDeclaration(declaration)) return classShape(declaration, symbol, checker);
  if (ts.isInterfaceDeclaration(declaration)) {
    const members = membersOf(checker.getDeclaredTypeOfSymbol(symbol), checker);
    return { kind: 'interface', bases: foreignBasesOf(declaration, checker), members };
  }
  if (ts.isTypeAliasDeclaration(declaration)) return aliasShape(declaration, symbol, checker);
  if (ts.isFunctionDeclaration(declaration)) {
    return {
      kind: 'function',
      bases: [],
      members: [],
      declaration: signatureOf(symbol.name, declaration, checker),
    };
  }
  return { kind: 'value', bases: [], members: [], declaration: typeOf(symbol, declaration, checker) };
}

function aliasShape({ type }, symbol, checker) {
  const shape = { kind: 'type', bases: [], members: [] };
  if (ts.isTypeLiteralNode(type)) {
    return { ...shape, members: membersOf(checker.getDeclaredTypeOfSymbol(symbol), checker) };
  }
  const values = ts.isUnionTypeNode(type) ? type.types.map(unionMember).filter(({ words }) => words) : [];
  return { ...shape, declaration: memberValues(type) ?? textOf(type), values };
}

/** A member of a union, with the comment before the bar that it stands behind. */
function unionMember(node, index, { pos, [index - 1]: before }) {
  const gap = node.getSourceFile().text.slice(before?.end ?? pos, node.getStart());
  const [, words = ''] = /\/\*\*\s*([\s\S]*?)\s*\*\//.exec(gap) ?? [];
  return { value: textOf(node), words };
}

/** `(typeof list)[number]` as the values in the list. */
function memberValues(type) {
  const [, list] = /^\(typeof (\w+)\)\[number\]$/.exec(type.getText()) ?? [];
  const declaration = type
    .getSourceFile()
    .statements.filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations])
    .find(({ name }) => name.getText() === list);
  return declaration?.initializer.expression.elements.map(textOf).join(' | ');
}

function classShape(declaration, symbol, checker) {
  const made = declaration.members.find(ts.isConstructorDeclaration);
  const isOpen =
    !has(declaration, ts.SyntaxKind.AbstractKeyword) &&
    !(made && has(made, ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.ProtectedKeyword));
  const inherited = made ?? inheritedConstructor(symbol, checker);
  const statics = checker
    .getPropertiesOfType(checker.getTypeOfSymbol(symbol))
    .filter(({ name }) => name !== 'prototype');
  return {
    kind: 'class',
    bases: basesOf(declaration).map(textOf),
    ...(isOpen && inherited && { declaration: signatureOf(`new ${symbol.name}`, inherited, checker) }),
    members: [
      ...statics.map((member) => ({ ...memberOf(member, checker), isStatic: true })),
      ...membersOf(checker.getDeclaredTypeOfSymbol(symbol), checker),
    ],
  };
}

function inheritedConstructor(symbol, checker) {
  const [base] = checker.getBaseTypes(checker.getDeclaredTypeOfSymbol(symbol));
  const declaration = base?.symbol.declarations?.find(ts.isClassDeclaration);
  return declaration?.members.find(ts.isConstructorDeclaration);
}

/** What it has of its own, and of what it extends in the project. */
function membersOf(type, checker) {
  return checker
    .getPropertiesOfType(type)
    .filter(isPublic)
    .map((member) => memberOf(member, checker))
    .sort(byName);
}

function memberOf(symbol, checker) {
  const declaration = symbol.valueDeclaration ?? symbol.declarations[0];
  const isMethod = ts.isMethodDeclaration(declaration) || ts.isMethodSignature(declaration);
  return {
    name: symbol.name,
    from: symbol.parent?.name,
    isOptional: (symbol.flags & ts.SymbolFlags.Optional) !== 0,
    ...wordsOf(symbol, checker),
    ...(isMethod
      ? { signature: signatureOf(symbol.name, declaration, checker) }
      : { type: typeOf(symbol, declaration, checker) }),
  };
}

function isPublic({ name, declarations = [] }) {
  return (
    !name.startsWith('#') &&
    !declarations.some((declaration) =>
      has(declaration, ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.ProtectedKeyword),
    )
  );
}

function has(declaration, ...kinds) {
  return (declaration.modifiers ?? []).some(({ kind }) => kinds.includes(kind));
}

/** As it is written, which says `elbv2.ITargetGroup` where the checker would name a path. */
function typeOf(symbol, declaration, checker) {
  if (declaration.type) return textOf(declaration.type);
  return checker.typeToString(checker.getTypeOfSymbol(symbol), declaration, ts.TypeFormatFlags.NoTruncation);
}

function signatureOf(name, declaration, checker) {
  const parameters = declaration.parameters.map((parameter) => {
    const isOptional = parameter.questionToken !== undefined || parameter.initializer !== undefined;
    const rest = parameter.dotDotDotToken ? '...' : '';
    return `${rest}${nameOf(parameter)}${isOptional ? '?' : ''}: ${parameterType(parameter, checker)}`;
  });
  const result = declaration.type ? `: ${textOf(declaration.type)}` : '';
  return `${name}(${parameters.join(', ')})${result}`;
}

function parameterType(parameter, checker) {
  return parameter.type ? textOf(parameter.type) : checker.typeToString(checker.getTypeAtLocation(parameter));
}

/** A parameter that is taken apart has no name: the last word of its type does. */
function nameOf({ name, type }) {
  if (ts.isIdentifier(name)) return name.text;
  const words = /([A-Z][a-z]+)$/.exec(textOf(type))?.[1] ?? 'input';
  return words.toLowerCase();
}

function textOf(node) {
  return node
    .getText()
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/^\| /, '');
}

function basesOf({ heritageClauses = [] }) {
  return heritageClauses.flatMap(({ types }) => [...types]);
}

/** What an interface takes over from elsewhere, whose members are not read. */
function foreignBasesOf(declaration, checker) {
  const bases = basesOf(declaration).flatMap((base) => {
    const symbol = checker.getSymbolAtLocation(base.expression);
    const own = symbol && resolved(symbol, checker).declarations?.find(ts.isInterfaceDeclaration);
    return own ? foreignBasesOf(own, checker) : [textOf(base)];
  });
  return [...new Set(bases)];
}

/** The comment; what it says of a value that is left out, as `@default` has it. */
function wordsOf(symbol, checker) {
  const words = ts.displayPartsToString(symbol.getDocumentationComment(checker));
  const tag = symbol.getJsDocTags(checker).find(({ name }) => name === 'default');
  return { words, ...(tag && { absent: ts.displayPartsToString(tag.text) }) };
}

function byName({ name: one }, { name: other }) {
  return one < other ? -1 : 1;
}
