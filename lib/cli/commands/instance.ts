/** The commands that run an instance and look after it. */
import type { Command } from 'commander';
import { JSON_OPTION, type Run } from '../command.ts';

export function addInstanceCommands(program: Command, run: Run): void {
  program
    .command('serve', { isDefault: false })
    .description('run the site: database, migrations, build, web server and worker')
    .option('--dev', 'serve the development build, which follows changes of the sources', false)
    .action(
      run(async (context, options: { dev: boolean }) => {
        const { serve } = await import('../serve.ts');
        return serve(context, { isDev: options.dev });
      }),
    );

  program
    .command('build')
    .description(
      'build the site ahead of its first start; `serve` builds it itself where its sources changed',
    )
    .action(run(async (context) => (await import('../build.ts')).build(context)));

  program
    .command('worker')
    .description('fetch new papers now and every hour; `serve` runs one itself')
    .action(run(async (context) => (await import('../work.ts')).work(context)));

  const migrate = program
    .command('migrate')
    .description('bring the database to the newest schema')
    .option('--status', 'only say what is missing', false)
    .option('--json', JSON_OPTION, false)
    .action(
      run(async (context, options: { status: boolean; json: boolean }) => {
        const { migrateDatabase } = await import('../migrate-database.ts');
        return migrateDatabase(context, { isStatus: options.status, isJson: options.json });
      }),
    );
  migrate
    .command('new')
    .description('write a new migration: what prisma/schema.prisma has and the migrations have not')
    .argument('<name>', 'what it does, in snake_case: add_suppression_reason')
    .action(
      run(async (context, name: string) => {
        const { writeMigration } = await import('../write-migration.ts');
        return writeMigration(context, name);
      }),
    );

  program
    .command('doctor')
    .description('say what is configured, reachable and stale')
    .option('--json', JSON_OPTION, false)
    .action(
      run(async (context, options: { json: boolean }) => {
        const { examine } = await import('../examine.ts');
        return examine(context, { isJson: options.json });
      }),
    );
}
