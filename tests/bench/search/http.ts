/**
 * What search costs with all that is around it: `next start` on the same database, asked by readers and by programs. Each
 * query first comes alone and new, but for those that warm the server up; `again` and what many clients ask was asked before.
 */
import { Agent, get } from 'node:http';
import { buildSite, isBuilt } from '#lib/cli/instance/build-site.ts';
import { quantile } from '#lib/search/measures.ts';
import { ROOT, startWeb } from '../site/web-server.ts';

const WARM_UP_QUERIES = 60;
/** So many letters somebody has typed of a title when suggestions are asked for. */
const TYPED_CHARS = [2, 3, 4, 6, 9, 14, 20];

export async function measureHttp(databaseUrl: string, titles: readonly string[], clients: number) {
  if (!isBuilt(ROOT)) {
    const outcome = await buildSite(ROOT, new AbortController().signal);
    if (outcome.kind !== 'built') throw new Error('The site could not be built.');
  }
  const server = await startWeb('127.0.0.1', { DATABASE_URL: databaseUrl, API_REQUESTS: '1000000' });
  const { url } = server;
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const pages = titles.map((title) => `${url}/search?q=${encodeURIComponent(title)}`);
  const answers = titles.map((title) => `${url}/api/v1/search?q=${encodeURIComponent(title)}`);
  const typed = titles.map((title, index) => title.slice(0, TYPED_CHARS[index % TYPED_CHARS.length]));
  const suggestions = typed.map((text) => `${url}/api/v1/suggest?q=${encodeURIComponent(text)}`);
  try {
    for (const urls of [pages, answers, suggestions])
      await timeEach(agent, urls.slice(0, WARM_UP_QUERIES), clients);
    const page = await timeEach(agent, pages, 1);
    const pageAgain = await timeEach(agent, pages, 1);
    const api = await timeEach(agent, answers, 1);
    const suggest = await timeEach(agent, suggestions, 1);
    const beganMs = performance.now();
    await timeEach(agent, pages, clients);
    const pagesPerSecond = titles.length / ((performance.now() - beganMs) / 1000);
    const againMs = performance.now();
    await timeEach(agent, answers, clients);
    const answersPerSecond = titles.length / ((performance.now() - againMs) / 1000);
    return {
      pageP50Ms: rounded(quantile(page, 0.5)),
      pageP95Ms: rounded(quantile(page, 0.95)),
      pageAgainP95Ms: rounded(quantile(pageAgain, 0.95)),
      apiP95Ms: rounded(quantile(api, 0.95)),
      suggestP95Ms: rounded(quantile(suggest, 0.95)),
      suggestMaxMs: rounded(Math.max(...suggest)),
      pagesPerSecond: rounded(pagesPerSecond),
      answersPerSecond: rounded(answersPerSecond),
    };
  } finally {
    agent.destroy();
    await server.stop();
  }
}

/** Milliseconds of each whole answer. Throws when one is no success: a failure is quickly made. */
async function timeEach(agent: Agent, urls: readonly string[], clients: number): Promise<number[]> {
  const times: number[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (let url = urls[next++]; url !== undefined; url = urls[next++]) {
        const beganMs = performance.now();
        const status = await read(agent, url);
        if (status !== 200) throw new Error(`${url}: ${status}`);
        times.push(performance.now() - beganMs);
      }
    }),
  );
  return times;
}

function read(agent: Agent, url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      response.on('end', () => resolve(response.statusCode ?? 0)).on('error', reject);
      response.resume();
    }).on('error', reject);
  });
}

function rounded(value: number): number {
  return Number(value.toFixed(2));
}
