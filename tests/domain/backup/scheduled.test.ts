import { readdirSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { list } from '#lib/server/backup/folder.ts';
import { testDatabaseUrl } from '../support/database.ts';
import { newPath, statement } from './support.ts';

test('of two servers one makes the backup, in a thread, and keeps that in mind', async () => {
	const url = await testDatabaseUrl();
	const directory = newPath();
	vi.stubEnv('DATABASE_URL', url);
	vi.stubEnv('BACKUP_DIR', directory);
	vi.stubEnv('BACKUP_KEEP', '2');
	const { scheduled } = await import('#lib/server/backup/scheduled.ts');
	const { open } = await import('#lib/server/database/open.ts');
	const [one, two] = [await open(url), await open(url)];
	const servers = [scheduled(one), scheduled(two)];
	await Promise.all(servers.map((server) => server.makeDue()));
	await servers[0].makeDue();
	expect(list(directory)).toHaveLength(1);
	expect(readdirSync(directory)).toHaveLength(2);
	const events = "select kind from security_events where kind = 'backup.made'";
	expect(await statement(url, events)).toHaveLength(1);
	await Promise.all([...servers.map((server) => server.stop()), one.close(), two.close()]);
	vi.unstubAllEnvs();
});
