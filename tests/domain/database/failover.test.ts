import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import * as views from '#lib/server/articles/articles.ts';
import type { Written } from '#lib/server/articles/write.ts';
import { config } from '#lib/server/config.ts';
import type { Database } from '#lib/server/database/database.ts';
import { migrate } from '#lib/server/database/migrate.ts';
import { open } from '#lib/server/database/open.ts';
import { withClient } from '#lib/server/database/postgres-client.ts';
import { articles } from '#lib/server/database/schema.ts';
import { replicas } from '#lib/server/doctor/replicas.ts';
import { servers } from '#lib/server/doctor/servers.ts';
import { Watcher, type Listener } from '#lib/server/live/watcher.ts';
import * as changes from '#lib/server/live/changes.ts';
import { Refusal } from '#lib/server/refusal.ts';
import { unreadable } from '#lib/server/database/unavailable.ts';
import { Revisions } from '#lib/server/site/revisions.ts';
import { standBetween } from './support/between.ts';
import { article, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { told } from '../support/told.ts';
import { startCluster, type Cluster, type Follower } from '../../support/postgres.ts';

const PATIENCE = { timeout: 60_000, interval: 20 };

describe.runIf(inject('databases').dialect === 'postgres')('a failover (R11)', () => {
	let cluster: Cluster;
	/** What follows the primary, through what can be cut. */
	let follower: Follower;
	let between: Awaited<ReturnType<typeof standBetween>>;
	let url: string;
	let db: Database;
	let room: Newsroom;
	let page: Written;

	beforeAll(async () => {
		cluster = await startCluster();
		await cluster.create('paper');
		between = await standBetween(cluster.url('paper'));
		follower = await cluster.replica(Number(new URL(between.url).port));
		url = cluster.either(follower, 'paper');
		await migrate(url);
		db = await open(url, {
			listenUrl: url,
			replicaUrls: [cluster.url('paper'), follower.url('paper')]
		});
		room = await newsroom(db);
		page = await article(db);
	});
	afterAll(async () => {
		await db.close();
		between.close();
		await cluster.stop();
	});

	const become = (what: () => unknown, wanted: unknown) =>
		vi.waitFor(async () => expect(await what()).toBe(wanted), PATIENCE);

	async function revision(): Promise<number> {
		const [row] = await db.read.select().from(articles).where(eq(articles.id, page.id));
		return row.revision;
	}

	/** Says something. @returns null where it is asked to try again in a moment */
	async function trying(words: string): Promise<string | null> {
		try {
			return await say(db, room.reader, page, words);
		} catch (error) {
			const refusal = error instanceof Refusal ? error : unreadable(error);
			expect(refusal, String(error)).toMatchObject({ status: 503 });
			return null;
		}
	}

	/** Says something until it is taken. */
	async function sayAtLast(words: string): Promise<string> {
		let id: string | null = null;
		await become(async () => (id ??= await trying(words)) !== null, true);
		return id!;
	}

	async function doctor(): Promise<string> {
		const replicaUrls = [follower.url('paper')];
		const patient = { config: { ...config(), databaseUrl: url, replicaUrls }, db };
		const found = [await servers.look(patient), await replicas.look(patient)].flat();
		return found.map(({ words }) => words).join('\n');
	}

	/** Ends every connection to the server that answers now. */
	async function endConnections(): Promise<void> {
		const others =
			"select pg_terminate_backend(pid) from pg_stat_activity where datname = 'paper' and pid <> pg_backend_pid()";
		await withClient(follower.url('paper'), (client) => client.query(others));
	}

	test('the site goes on at the one that was promoted, and what was lost counts as true nowhere', async () => {
		const revisions = new Revisions(db);
		const holds = (seen: Iterable<[string, number]>) => revisions.hold(new Map(seen));
		const watcher = new Watcher(db);
		const heard: string[] = [];
		await say(db, room.reader, page, 'Before.');
		await become(async () => (await db.reader()) === db.read, false);
		const writable = `${follower.url('paper')}?target_session_attrs=read-write`;
		const reached = withClient(writable, () => Promise.resolve());
		await expect(reached).rejects.toThrow('only follows another server');

		between.freeze();
		const lost = await say(db, room.reader, page, 'Acknowledged, and lost.');
		const seen: [string, number][] = [[page.id, await revision()]];
		const shown = [...seen, revisions.history()];
		expect(await holds(shown)).toBe(true);
		const { moment } = await views.read(db, room.reader, page.slug);
		const [article] = await changes.watched(db, [page.id]);
		const listener: Listener = {
			...{ since: 0, seesDrafts: false, seesHidden: false, endsAt: Infinity, end() {} },
			send: (event) => void heard.push(new TextDecoder().decode(event))
		};
		const { stop } = watcher.watch(article, listener);

		expect(await doctor()).toContain('One of 2 servers takes writes.');
		await cluster.kill();
		expect(await doctor()).toContain('None of the servers takes writes.');
		expect(await trying('To nobody.')).toBe(null);
		await follower.promote();
		const kept = await sayAtLast('Afterwards.');
		expect(await revision()).toBe(seen[0][1]);
		// The number alone would not tell.
		expect(await holds(seen)).toBe(true);
		expect(await holds(shown)).toBe(false);
		// Whichever process the page comes back to, and one that knew no other server as well.
		const other = await open(url);
		for (const one of [db, other, db]) {
			expect(await told(one, page.id, moment)).toContain('event: reset');
		}
		const { moment: now } = await views.read(db, room.reader, page.slug);
		for (const one of [db, other]) {
			expect(await told(one, page.id, now)).not.toContain('event: reset');
		}
		await other.close();
		expect(await db.reader()).toBe(db.read);
		await become(() => heard.some((event) => event.includes('event: reset')), true);
		await become(() => db.hearing!.isTrusted, true);
		stop();
		expect(await doctor()).toMatch(/does not answer.*takes the writes itself just now/s);

		// Somebody starts the one that was given up, which is named first.
		await cluster.start();
		expect(await doctor()).toContain('More than one server takes writes');
		// A process that has not heard of the other one yet.
		const late = await open(cluster.url('paper'));
		expect(await told(late, page.id, now)).toContain('event: reset');
		expect(await told(late, page.id, moment)).not.toContain('event: reset');
		await late.close();
		for (let n = 0; n < 3; n++) {
			await endConnections();
			await sayAtLast(`With both of them there, ${n}.`);
		}
		const there = (url: string) =>
			withClient(url, async (client) => {
				const { rows } = await client.query<{ id: string }>('select id from comments order by id');
				return rows.map(({ id }) => id);
			});
		expect(await there(cluster.url('paper'))).toHaveLength(2);
		expect(await there(cluster.url('paper'))).toContain(lost);
		const ids = await there(follower.url('paper'));
		expect(ids).toHaveLength(5);
		expect(ids).toContain(kept);

		// What still follows that one is further on in its log, which is another one.
		await withClient(cluster.url('paper'), (client) => client.query('select pg_switch_wal()'));
		const astray = await cluster.replica();
		const another = await open(url, { replicaUrls: [astray.url('paper')] });
		const asked = async () => {
			const { rows } = await withClient(astray.url('paper'), (client) =>
				client.query<{ asked: number }>(
					"select count(*)::int as asked from pg_stat_activity where query like '%received_tli%' and state = 'idle'"
				)
			);
			return rows[0].asked > 0;
		};
		await become(asked, true);
		for (let n = 0; n < 20; n++) expect(await another.reader()).toBe(another.read);
		await another.close();
	});

	test('whoever may not ask a server what it is still tells one that takes writes', async () => {
		const now = (url: string) =>
			withClient(`${url}?target_session_attrs=read-write`, (client) => client.query('select 1'));
		await withClient(follower.url('paper'), (client) =>
			client.query(`create role clerk login;
				revoke execute on function pg_control_system() from public`)
		);
		const url = follower.url('paper').replace('afterword@', 'clerk@');
		expect((await now(url)).rowCount).toBe(1);
		await withClient(follower.url('paper'), (client) =>
			client.query('alter role clerk set default_transaction_read_only = on')
		);
		await expect(now(url)).rejects.toThrow('takes no writes');
	});
});
