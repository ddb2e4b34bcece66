/**
 * Names of repositories, and what `GET /repos/{owner}/{repo}` says of one
 * (https://docs.github.com/en/rest/repos/repos#get-a-repository). GitHub does not tell case in names, so ours are
 * lower-cased.
 */
import { z } from 'zod';
import { parseJson } from '#lib/text/json.ts';
import { Count } from '../figure.ts';

/** As signal-store.ts finds them in links, too. */
const FULL_NAME = /^[a-z\d][a-z\d-]{0,38}\/(?!\.+$)[\w.-]{1,100}$/;

/** Weak or strong, of characters that a header can hold (RFC 9110 section 8.8.3), and not longer than sense makes. */
const ETAG = /^(?:W\/)?"[\x21\x23-\x7e]{1,200}"$/;

export type Repository = {
  /** `owner/name` as it is called now, lower-cased; null where the answer does not say. */
  readonly name: string | null;
  /** Null where the answer has no such count, or one that none can be. */
  readonly stars: number | null;
  readonly forks: number | null;
};

const RepositoryBody = z.object({
  full_name: z.string().catch(''),
  stargazers_count: Count,
  forks_count: Count,
});

/** Null when the body is no repository at all. */
export function parseRepository(body: string): Repository | null {
  const parsed = RepositoryBody.safeParse(parseJson(body)).data;
  if (parsed === undefined) return null;
  const name = parsed.full_name.toLowerCase();
  return {
    name: FULL_NAME.test(name) ? name : null,
    stars: parsed.stargazers_count,
    forks: parsed.forks_count,
  };
}

/** The validator if it can be sent back; null for one that no header can hold. */
export function parseEtag(etag: string | null): string | null {
  return etag !== null && ETAG.test(etag) ? etag : null;
}
