import { fetchDailyBodies } from '#lib/ingest/huggingface/source.ts';
import { ingestHuggingface } from '#lib/ingest/ingest-huggingface.ts';
import type { IngestReport } from '#lib/ingest/report.ts';
import type { Runtime } from '#lib/runtime.ts';

/** Ingests the daily papers of `days` from the Hub itself. */
export async function fetchFromHuggingface(
  { config, db, fetch }: Runtime,
  input: { days: readonly string[]; signal?: AbortSignal; onProgress?: (report: IngestReport) => void },
): Promise<IngestReport> {
  const { onProgress, ...wanted } = input;
  const bodies = fetchDailyBodies(fetch, { ...wanted, baseUrl: config.huggingfaceUrl });
  return ingestHuggingface({ db }, { bodies, ...(onProgress === undefined ? {} : { onProgress }) });
}
