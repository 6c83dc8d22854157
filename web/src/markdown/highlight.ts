/** A piece of a program and what it is; `kind` is empty for everything else. */
export interface Piece {
  readonly kind: "" | "comment" | "string" | "number" | "keyword" | "type" | "name" | "added" | "removed";
  readonly text: string;
}

interface Grammar {
  readonly comment: string;
  readonly string: string;
  readonly keywords: ReadonlySet<string>;
}

const words = (text: string) => new Set(text.split(" "));
const slashes = "\\/\\/[^\\n]*|\\/\\*[^]*?(?:\\*\\/|$)";
const hash = "#[^\\n]*";
const quotes = `"(?:\\\\.|[^"\\\\\\n])*"?|'(?:\\\\.|[^'\\\\\\n])*'?`;
const backtick = "`(?:\\\\.|[^`\\\\])*`?";

const curly =
  "break case catch class const continue default do else enum export extends false finally for function if import in interface new null return static struct super switch this throw true try var void while";
const grammars: Readonly<Record<string, Grammar>> = {
  javascript: {
    comment: slashes,
    string: `${quotes}|${backtick}`,
    keywords: words(
      `${curly} abstract any as async await boolean declare delete from get implements instanceof is keyof let namespace never number of private protected public readonly satisfies set string type typeof undefined unknown yield`,
    ),
  },
  python: {
    comment: hash,
    string: `[rbfuRBFU]{0,2}"""[^]*?(?:"""|$)|[rbfuRBFU]{0,2}'''[^]*?(?:'''|$)|[rbfuRBFU]{0,2}(?:${quotes})`,
    keywords: words(
      "False None True and as assert async await break case class continue def del elif else except finally for from global if import in is lambda match nonlocal not or pass raise return self try while with yield",
    ),
  },
  swift: {
    comment: slashes,
    string: `"""[^]*?(?:"""|$)|"(?:\\\\.|[^"\\\\\\n])*"?`,
    keywords: words(
      `${curly} actor any as async await defer deinit didSet extension fallthrough fileprivate func guard init inout internal is lazy let mutating nil nonisolated open operator override package private protocol public repeat required rethrows self Self some subscript throws typealias unowned weak where willSet`,
    ),
  },
  go: {
    comment: slashes,
    string: `${quotes}|${backtick}`,
    keywords: words(
      "break case chan const continue default defer else fallthrough false for func go goto if import interface iota map nil package range return select struct switch true type var",
    ),
  },
  rust: {
    comment: slashes,
    string: `b?r#*"[^]*?(?:"#*|$)|b?"(?:\\\\.|[^"\\\\])*"?|'(?:\\\\.|[^'\\\\])'`,
    keywords: words(
      "as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod move mut pub ref return self Self static struct super trait true type unsafe use where while",
    ),
  },
  c: {
    comment: `${slashes}|^[ \\t]*#[^\\n]*`,
    string: quotes,
    keywords: words(
      `${curly} abstract auto bool boolean byte char constexpr delete double explicit extern final float friend goto implements inline instanceof int long namespace nullptr operator override package private protected public register short signed sizeof template throws typedef typename union unsigned using val var virtual volatile fun when object companion data suspend string decimal foreach async await`,
    ),
  },
  shell: {
    comment: "(?:^|(?<=\\s))#[^\\n]*",
    string: quotes,
    keywords: words(
      "case do done elif else esac export exit fi for function if in local read return set shift sudo then until while cd echo",
    ),
  },
  sql: {
    comment: `--[^\\n]*|\\/\\*[^]*?(?:\\*\\/|$)`,
    string: `'(?:''|[^'])*'?`,
    keywords: words(
      "add all alter and as asc begin between by case check column commit constraint create cross default delete desc distinct drop else end exists foreign from full group having if in index inner insert into is join key left like limit not null offset on or order outer primary references returning right rollback select set table then transaction union unique update using values view when where with",
    ),
  },
  data: { comment: `${hash}|\\/\\/[^\\n]*`, string: quotes, keywords: words("true false null yes no on off") },
  css: {
    comment: "\\/\\*[^]*?(?:\\*\\/|$)",
    string: `${quotes}|#[0-9a-fA-F]{3,8}\\b`,
    keywords: words(
      "important media import supports layer container keyframes font-face root hover focus before after",
    ),
  },
  html: { comment: "<!--[^]*?(?:-->|$)", string: quotes, keywords: words("") },
};

const aliases: Readonly<Record<string, string>> = {
  js: "javascript",
  jsx: "javascript",
  ts: "javascript",
  tsx: "javascript",
  typescript: "javascript",
  mjs: "javascript",
  py: "python",
  golang: "go",
  rs: "rust",
  h: "c",
  cpp: "c",
  "c++": "c",
  cc: "c",
  cs: "c",
  "c#": "c",
  csharp: "c",
  java: "c",
  kotlin: "c",
  kt: "c",
  php: "c",
  objc: "c",
  dart: "c",
  scala: "c",
  sh: "shell",
  bash: "shell",
  zsh: "shell",
  console: "shell",
  dockerfile: "shell",
  makefile: "shell",
  ruby: "python",
  rb: "python",
  json: "data",
  json5: "data",
  yaml: "data",
  yml: "data",
  toml: "data",
  ini: "data",
  conf: "data",
  xml: "html",
  svg: "html",
  vue: "html",
  scss: "css",
  less: "css",
};

const longest = 20_000;
const rest = "\\b(?:0[xXbBoO][0-9a-fA-F_]+|\\d[\\d_]*(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)\\b|[A-Za-z_$][\\w$-]*|[^]";

/** Cuts a program into pieces to be coloured; joined they are the program again. Unknown languages stay one piece. */
export function highlight(text: string, language: string): readonly Piece[] {
  if (text.length > longest) return [{ kind: "", text }];
  if (language === "diff" || language === "patch") return diffed(text);
  const name = known(aliases, language) ?? language;
  const grammar = known(grammars, name);
  if (!grammar) return [{ kind: "", text }];
  const pieces: { kind: Piece["kind"]; text: string }[] = [];
  const pattern = new RegExp(`(${grammar.comment})|(${grammar.string})|${rest}`, "gm");
  for (const [piece = "", comment, string] of text.matchAll(pattern)) {
    const kind = comment !== undefined ? "comment" : string !== undefined ? "string" : kindOf(piece, grammar, name);
    const last = pieces[pieces.length - 1];
    if (last && last.kind === kind) last.text += piece;
    else pieces.push({ kind, text: piece });
  }
  return pieces;
}

function known<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.prototype.hasOwnProperty.call(table, name) ? table[name] : undefined;
}

function kindOf(piece: string, { keywords }: Grammar, name: string): Piece["kind"] {
  if (/^\d/.test(piece)) return "number";
  if (keywords.has(name === "sql" ? piece.toLowerCase() : piece)) return "keyword";
  return piece.length > 1 && /^[A-Z][a-z]/.test(piece) && name !== "sql" && name !== "html" ? "type" : "";
}

function diffed(text: string): Piece[] {
  return text.split(/(?<=\n)/).map((line): Piece => {
    if (line.startsWith("+")) return { kind: "added", text: line };
    if (line.startsWith("-")) return { kind: "removed", text: line };
    return { kind: line.startsWith("@@") ? "keyword" : "", text: line };
  });
}
