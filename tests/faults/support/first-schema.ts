/** Makes a database as the first version had it: `node tests/faults/support/first-schema.ts`, with DATABASE_URL. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../../../src/lib/server/database/migrate.ts';
import { MIGRATIONS } from '../../../src/lib/server/database/migrations.ts';

const folder = mkdtempSync(join(tmpdir(), 'afterword-first-'));
cpSync(MIGRATIONS.migrationsFolder, folder, { recursive: true });
const path = join(folder, 'meta/_journal.json');
const journal = JSON.parse(readFileSync(path, 'utf8')) as { entries: unknown[] };
writeFileSync(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, 1) }));
await migrate(process.env.DATABASE_URL ?? '', { folder });
rmSync(folder, { recursive: true });
