/** Valid JSON taken apart: strings, punctuation, other literals. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g;

/**
 * One spelling for every JSON text of the same content, to be hashed: no spaces, members sorted by the UTF-16 code units
 * of their names, strings as `JSON.stringify` writes them (RFC 8785). Numbers keep the digits they are written with,
 * which RFC 8785 would round to a double: a change in the twentieth digit is a change.
 * @throws SyntaxError for what is not JSON, or names a member twice
 */
export function canonicalJson(text: string): string {
  JSON.parse(text);
  const tokens = text.match(TOKEN) ?? [];
  let at = 0;
  const value = (): string => {
    const token = tokens[at++] as string;
    if (token === '{') return object();
    if (token === '[') return array();
    return token.startsWith('"') ? respelled(token) : token;
  };
  const object = (): string => {
    const members = new Map<string, string>();
    while (tokens[at] !== '}') {
      if (tokens[at] === ',') at += 1;
      const name = JSON.parse(tokens[at] as string) as string;
      if (members.has(name)) throw new SyntaxError('a member stands twice');
      at += 2;
      members.set(name, value());
    }
    at += 1;
    const names = [...members.keys()].sort(byCodeUnits);
    return `{${names.map((name) => `${JSON.stringify(name)}:${members.get(name)}`).join(',')}}`;
  };
  const array = (): string => {
    const items: string[] = [];
    while (tokens[at] !== ']') {
      if (tokens[at] === ',') at += 1;
      items.push(value());
    }
    at += 1;
    return `[${items.join(',')}]`;
  };
  return value();
}

function respelled(token: string): string {
  return JSON.stringify(JSON.parse(token));
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : 1;
}
