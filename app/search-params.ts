/** A page's `searchParams` (Next gives an object) as the web's own type, which everything below pages reads. */
export type SearchParams = Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;

export async function readSearchParams(searchParams: SearchParams): Promise<URLSearchParams> {
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(await searchParams))
    for (const one of [value ?? []].flat()) fields.append(name, one);
  return fields;
}
