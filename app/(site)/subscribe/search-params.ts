/** The query string of a page, as forms are read. */
export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

export async function toFields(searchParams: SearchParams): Promise<URLSearchParams> {
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(await searchParams)) {
    for (const one of [value ?? []].flat()) fields.append(name, one);
  }
  return fields;
}
