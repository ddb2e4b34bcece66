/** HTTP exchanges that others recorded: octokit's fixtures of GitHub, and YAML cassettes of Semantic Scholar. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { json, type Reply, type Route, status } from './replay-server.ts';

const API = join(process.env.PAPERBOY_DATA ?? '../shared/data', 'api');

export const hasExchanges = existsSync(join(API, 'github')) && existsSync(join(API, 'semantic-scholar'));

const Exchange = z.object({
  method: z.string(),
  path: z.string(),
  status: z.number(),
  headers: z.record(z.string(), z.union([z.string(), z.number()])),
  response: z.unknown(),
});

/** Octokit's fixture of that name as a server; its addresses lead to the one that `origin` says. */
export function githubFixture(name: string, origin: () => string): Route {
  const file = join(API, 'github', name, 'normalized-fixture.json');
  const exchanges = z.array(Exchange).parse(JSON.parse(readFileSync(file, 'utf8')));
  return ({ method, path }): Reply => {
    const found = exchanges.find((one) => one.method === method.toLowerCase() && one.path === path);
    if (found === undefined) return status(404);
    const kept = Object.entries(found.headers).filter(
      ([header]) => !/^(?:connection|content-length)$/.test(header),
    );
    const headers = Object.fromEntries(
      kept.map(([header, value]) => [header, String(value).replace('https://api.github.com', origin())]),
    );
    return { ...json(found.response, headers), status: found.status } as Reply;
  };
}

/** The body of a cassette's first answer: a YAML scalar in single quotes (YAML 1.2.2 section 7.3.2). */
export function cassetteBody(name: string): string {
  const text = readFileSync(join(API, 'semantic-scholar', `${name}.yaml`), 'utf8');
  const [, scalar = ''] = /\n {6}string: '((?:[^']|'')*)'/.exec(text) ?? [];
  const folded = scalar.replace(/[ \t]*\n([ \t]*\n)*[ \t]*/g, (lines) => {
    const breaks = lines.split('\n').length - 1;
    return breaks === 1 ? ' ' : '\n'.repeat(breaks - 1);
  });
  return folded.replaceAll("''", "'");
}
