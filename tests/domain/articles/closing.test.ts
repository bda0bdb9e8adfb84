import { eq } from 'drizzle-orm';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { guest } from '#lib/server/actor.ts';
import * as articles from '#lib/server/articles/articles.ts';
import { closeDue } from '#lib/server/articles/closing.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import type { CommentingState } from '#lib/server/articles/commenting-states.ts';
import { discussionDefaults, type ClosingRules } from '#lib/server/articles/discussion-defaults.ts';
import type { WeeklyHours } from '#lib/server/articles/weekly-hours.ts';
import type { Written } from '#lib/server/articles/write.ts';
import { now, shift } from '#lib/server/clock.ts';
import { actions, articles as rows } from '#lib/server/database/schema.ts';
import { change } from '#lib/server/settings/settings.ts';
import { article, newsroom, say, type Newsroom } from '../support/newsroom.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let room: Newsroom;
let page: Written;

beforeAll(async () => {
	room = await newsroom();
});
beforeEach(async () => {
	page = await article(room.db);
});
afterEach(async () => {
	shift(0);
	await change(room.db, room.editor, discussionDefaults, discussionDefaults.initial);
});

function arrange(own: Partial<ClosingRules>): Promise<void> {
	return room.db.write(async (tx) => {
		await tx.update(rows).set(own).where(eq(rows.id, page.id));
	});
}

function set(state: CommentingState, until: Date | null = null): Promise<void> {
	return commenting.set(room.db, room.moderator, page.slug, { state, until });
}

async function view() {
	return (await articles.read(room.db, guest(), page.slug)).commenting;
}

async function stateAfter(milliseconds: number): Promise<CommentingState> {
	shift(milliseconds);
	await closeDue(room.db);
	return (await view()).state;
}

/** Hours that begin or end on the hour, counted from now. */
function hoursFromNow(from: number, to: number): WeeklyHours {
	const at = (hours: number) => {
		const time = new Date(Date.now() + hours * HOUR);
		return time.getUTCHours() * 60 + time.getUTCMinutes();
	};
	return { zone: 'UTC', days: Array(7).fill([at(from), at(to)]) };
}

describe('days after publication', () => {
	test('close it by itself, in the log and with a note', async () => {
		await arrange({ closeAfterDays: 14 });
		expect(await stateAfter(13.9 * DAY)).toBe('open');
		expect(await stateAfter(14.1 * DAY)).toBe('disabled');
		expect(await view()).toMatchObject({
			...{ note: 'Closed 14 days after publication.', until: null }
		});
		const logged = await room.db.read.select().from(actions).where(eq(actions.articleId, page.id));
		expect(logged.filter(({ kind }) => kind === 'article.commenting')).toMatchObject([
			{
				...{ actorId: null, reason: 'Closed 14 days after publication.' },
				details: { from: 'open', to: 'disabled', until: null }
			}
		]);
	});

	test('close it once, whoever comes first', async () => {
		await arrange({ closeAfterDays: 1 });
		shift(2 * DAY);
		const closed = await Promise.all([1, 2, 3].map(() => closeDue(room.db)));
		expect(closed.toSorted()).toEqual([0, 0, 1]);
		expect(await closeDue(room.db)).toBe(0);
	});

	test('are the site’s where the article says nothing', async () => {
		const never = await article(room.db);
		await room.db.write(async (tx) => {
			await tx.update(rows).set({ closeAfterDays: 0 }).where(eq(rows.id, never.id));
		});
		const value = { ...discussionDefaults.initial, closeAfterDays: 30 };
		await change(room.db, room.editor, discussionDefaults, value);
		expect(await stateAfter(31 * DAY)).toBe('disabled');
		const other = await articles.read(room.db, guest(), never.slug);
		expect(other.commenting.state).toBe('open');
	});

	test('close what is premoderated too, and leave alone what a person closed', async () => {
		await arrange({ closeAfterDays: 1 });
		await set('premoderated');
		expect(await stateAfter(2 * DAY)).toBe('disabled');
		await set('hidden');
		expect(await stateAfter(3 * DAY)).toBe('hidden');
	});

	test('are over when a person opened it again', async () => {
		await arrange({ closeAfterDays: 1 });
		expect(await stateAfter(2 * DAY)).toBe('disabled');
		await set('open');
		expect(await stateAfter(300 * DAY)).toBe('open');
	});

	test('do not come between a person and the time that they set', async () => {
		await arrange({ closeAfterDays: 1 });
		await set('premoderated', new Date(now().getTime() + 3 * DAY));
		expect(await stateAfter(2 * DAY)).toBe('premoderated');
		shift(3.1 * DAY);
		await commenting.revertDue(room.db);
		expect(await stateAfter(3.1 * DAY)).toBe('disabled');
	});

	test('are not counted for a draft', async () => {
		page = await article(room.db, { published: false });
		await arrange({ closeAfterDays: 1 });
		shift(2 * DAY);
		expect(await closeDue(room.db)).toBe(0);
	});
});

describe('days without a comment', () => {
	test('are counted from the last that was published', async () => {
		await arrange({ closeAfterSilentDays: 3 });
		shift(2 * DAY);
		await say(room.db, room.reader, page, 'Still here.');
		expect(await stateAfter(4.9 * DAY)).toBe('open');
		await set('premoderated');
		await say(room.db, room.reader, page, 'This waits.');
		expect(await stateAfter(7.8 * DAY)).toBe('premoderated');
		expect(await stateAfter(8 * DAY)).toBe('disabled');
		expect((await view()).note).toBe('Closed after 3 days without a comment.');
	});
});

describe('hours', () => {
	test('close it until it opens, to the second', async () => {
		const openHours = hoursFromNow(2, -2);
		await arrange({ openHours });
		await set('premoderated');
		await arrange({ openHours: hoursFromNow(4, 1) });
		expect(await stateAfter(0.9 * HOUR)).toBe('premoderated');
		expect(await stateAfter(1.1 * HOUR)).toBe('disabled');
		const { until, note } = await view();
		expect(note).toMatch(/^Open again on [A-Z][a-z]+day at \d\d:\d\d \(UTC\)\.$/);
		shift(until!.getTime() - Date.now() + 1000);
		expect((await view()).state).toBe('premoderated');
		await commenting.revertDue(room.db);
		expect(await closeDue(room.db)).toBe(0);
	});

	test('give way to a person until they next close it', async () => {
		await arrange({ openHours: hoursFromNow(4, 1) });
		expect(await stateAfter(1.1 * HOUR)).toBe('disabled');
		await set('open');
		expect(await stateAfter(3 * HOUR)).toBe('open');
		expect(await stateAfter(24 * HOUR)).toBe('open');
		expect(await stateAfter(25.1 * HOUR)).toBe('disabled');
	});

	test('never open what a person closed', async () => {
		await arrange({ openHours: hoursFromNow(4, 1) });
		expect(await stateAfter(1.1 * HOUR)).toBe('disabled');
		await set('disabled');
		shift(5 * HOUR);
		await commenting.revertDue(room.db);
		expect((await view()).state).toBe('disabled');
	});
});

test('many discussions are looked at page by page', async () => {
	const [row] = await room.db.read.select().from(rows).where(eq(rows.id, page.id));
	const copies = Array.from({ length: 1200 }, (_, index) => ({
		...{ ...row, id: `copy${String(index).padStart(12, '0')}`, slug: `copy-${index}` },
		closeAfterDays: index % 400 === 0 ? 1 : null
	}));
	await room.db.write(async (tx) => {
		for (let at = 0; at < copies.length; at += 300) {
			await tx.insert(rows).values(copies.slice(at, at + 300));
		}
	});
	shift(2 * DAY);
	expect(await closeDue(room.db)).toBe(3);
});
