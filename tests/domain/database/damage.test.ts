import BetterSqlite from 'better-sqlite3';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { make } from '#lib/server/backup/make.ts';
import * as threads from '#lib/server/comments/threads.ts';
import { readConfig } from '#lib/server/config.ts';
import { open } from '#lib/server/database/open.ts';
import { articles, comments } from '#lib/server/database/schema.ts';
import { sqlitePath } from '#lib/server/database/sqlite.ts';
import { unreadable } from '#lib/server/database/unavailable.ts';
import { examine } from '#lib/server/doctor/doctor.ts';
import { guest } from '#lib/server/actor.ts';
import * as articleReading from '#lib/server/articles/articles.ts';
import { newPath } from '../backup/support.ts';
import { testDatabaseUrl } from '../support/database.ts';
import { newsroom, say, type Newsroom } from '../support/newsroom.ts';

const WORDS = 'I never said that the ferry was late.';

describe.runIf(inject('databases').dialect === 'sqlite')(
	'R20 words that changed on the disk',
	() => {
		let url: string;
		let room: Newsroom;
		let file: BetterSqlite.Database;
		let id: string;

		beforeAll(async () => {
			url = await testDatabaseUrl();
			room = await newsroom(await open(url));
			file = new BetterSqlite(sqlitePath(url));
			id = await say(room.db, room.reader, room.article, WORDS);
		});
		afterAll(async () => {
			file.close();
			await room.db.close();
		});

		/** What the disk has made of a column of the comment, or of its article, while something is done. */
		async function rotten(column: 'body' | 'blocks' | 'body_html', act: () => unknown) {
			const [table, key] =
				column === 'body_html' ? ['articles', room.article.id] : ['comments', id];
			const set = file.prepare(`update ${table} set ${column} = ? where id = ?`);
			const value = file.prepare(`select ${column} from ${table} where id = ?`).pluck();
			const before = value.get(key) as string;
			const changed = before.replace(/never|</, (found) => ' '.repeat(found.length));
			expect(changed).not.toBe(before);
			set.run(changed, key);
			try {
				await act();
			} finally {
				set.run(before, key);
			}
		}

		async function thrown(read: () => PromiseLike<unknown>): Promise<unknown> {
			try {
				await read();
			} catch (error) {
				return error;
			}
			return null;
		}

		const READINGS = {
			blocks: async () => {
				const article = await articleReading.read(room.db, guest(), room.article.slug);
				const there = { ...article, ...article.discussion, state: article.commenting.state };
				return threads.page(room.db, guest(), there, { sort: 'oldest' });
			},
			body: () =>
				room.db.read.select({ body: comments.body }).from(comments).where(eq(comments.id, id)),
			body_html: () => room.db.read.select().from(articles).where(eq(articles.id, room.article.id))
		};

		test.each(['blocks', 'body', 'body_html'] as const)('are not shown (%s)', async (column) => {
			expect(await thrown(READINGS[column])).toBeNull();
			await rotten(column, async () => {
				const error = await thrown(READINGS[column]);
				expect(unreadable(error)).toMatchObject({ status: 503, code: 'unavailable' });
			});
			expect(await thrown(READINGS[column])).toBeNull();
		});

		test('are named by the doctor, and kept out of backups', async () => {
			const config = readConfig({ DATABASE_URL: url });
			const look = async () => {
				const found = await examine({ config, db: room.db, full: true });
				return found.find(({ key }) => key === 'integrity')!;
			};
			expect(await look()).toMatchObject({ state: 'ok' });
			await rotten('blocks', async () => {
				const { state, words } = await look();
				expect(state).toBe('wrong');
				expect(words).toContain(`comments ${id}`);
				await expect(make(url, newPath('.db'))).rejects.toThrow(`comments ${id}`);
			});
			await rotten('body_html', async () => {
				expect((await look()).words).toContain(`articles ${room.article.id}`);
			});
			expect((await make(url, newPath('.db'))).holds.comments).toBeGreaterThan(0);
		});
	}
);
