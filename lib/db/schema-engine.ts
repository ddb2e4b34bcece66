/**
 * Prisma's own schema engine, as WebAssembly from npm: applies migrations and writes new ones without the native
 * engine, which is a download. Its glue expects a bundler, so the module is instantiated by hand.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  DriverAdapterError,
} from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';

/** Runs `work` with an engine bound to the database at `url` and to `schema`, the text of schema.prisma. */
export async function withEngine<Result>(
  url: string,
  schema: string,
  work: (engine: SchemaEngine) => Promise<Result>,
): Promise<Result> {
  const bindings = await loadBindings();
  const pool = new pg.Pool({ connectionString: url, max: 1, connectionTimeoutMillis: 10_000 });
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(readingCharacters(pool));
    const datamodels: [string, string][] = [['schema.prisma', schema]];
    const engine = await bindings.SchemaEngine.new({ datamodels }, () => {}, adapter);
    try {
      return await work(engine);
    } finally {
      engine.free();
    }
  } finally {
    await pool.end();
  }
}

/**
 * The engine reads Postgres's catalogue, where many columns are of the one-byte type "char" (OID 18), which
 * adapter-pg 7.10 refuses as unknown. Such columns pass the adapter as text (OID 25) and leave it as characters.
 */
function readingCharacters(pool: pg.Pool): PrismaPg {
  const charColumns = new WeakMap<object, number[]>();
  const query: (...parameters: unknown[]) => Promise<pg.QueryResult> = pool.query.bind(pool);
  const queryWithText = async (...parameters: unknown[]) => {
    const result = await query(...parameters);
    const columns = result.fields.flatMap((field, index) => (field.dataTypeID === 18 ? [index] : []));
    for (const column of columns) Object.assign(result.fields[column] ?? {}, { dataTypeID: 25 });
    charColumns.set(result.rows, columns);
    return result;
  };
  Object.assign(pool, { query: queryWithText });

  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    // The adapter would cut a script at every semicolon, also within comments, strings and function bodies.
    adapter.executeScript = async (script) => {
      await query(script).catch((error: unknown) => {
        throw error instanceof pg.DatabaseError ? new DriverAdapterError(toMappedError(error)) : error;
      });
    };
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (sqlQuery) => {
      const result = await queryRaw(sqlQuery);
      for (const column of charColumns.get(result.rows) ?? []) {
        result.columnTypes[column] = ColumnTypeEnum.Character;
      }
      return result;
    };
    return adapter;
  };
  return factory;
}

/** As the engine reports it. */
function toMappedError(error: pg.DatabaseError) {
  const { code = 'XX000', severity = 'ERROR', message, detail, column, hint } = error;
  return { kind: 'postgres' as const, code, severity, message, detail, column, hint };
}

/** Once a process: the glue holds one instance, and a second would pull the memory from under the first. */
let bindingsPromise: ReturnType<typeof instantiate> | undefined;

function loadBindings() {
  bindingsPromise ??= instantiate();
  return bindingsPromise;
}

async function instantiate() {
  const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const file = createRequire(import.meta.url)
    .resolve('@prisma/schema-engine-wasm')
    .replace(/schema_engine\.js$/, 'schema_engine_bg.wasm');
  const { instance } = await WebAssembly.instantiate(readFileSync(file), {
    './schema_engine_bg.js': bindings,
  } as unknown as WebAssembly.Imports);
  bindings.__wbg_set_wasm(instance.exports);
  const start: unknown = instance.exports.__wbindgen_start;
  if (typeof start === 'function') start();
  return bindings;
}
