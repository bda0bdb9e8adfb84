import { startSite } from '../../support/server.ts';
import { change, query } from './support/database.ts';
import { newFaults } from './support/faults.ts';
import type { Answer } from './support/http.ts';
import { client, emailOf, newPassword, signUp } from './support/people.ts';
import type { Client } from './support/people.ts';
import { decide, expect, say, setState, test, write } from './support/world.ts';
import type { World } from './support/world.ts';

test.describe.configure({ timeout: 180_000 });

function times<T>(count: number, act: (index: number) => Promise<T>): Promise<T[]> {
	return Promise.all(Array.from({ length: count }, (_, index) => act(index)));
}

function statusesOf(answers: Answer[]): Record<number, number> {
	const counts: Record<number, number> = {};
	for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
	return counts;
}

function countsOf(world: World, id: string): { score: number; votes: number } {
	const [row] = query<{ score: number; votes: number }>(
		world.site,
		'select score, (select count(*) from votes where comment_id = c.id) as votes from comments c where id = ?',
		id
	);
	return row;
}

/** That an article's counts are those of its comments. */
function miscounted(world: World): string[] {
	return query<{ slug: string }>(
		world.site,
		`select slug from articles a where comment_count <>
		 (select count(*) from comments c where c.article_id = a.id and c.status = 'published')`
	).map(({ slug }) => slug);
}

function actionsOn(world: World, id: string): string[] {
	return query<{ kind: string }>(
		world.site,
		'select kind from actions where comment_id = ? order by id',
		id
	).map(({ kind }) => kind);
}

test.describe('I16 at once is the same as one after the other', () => {
	test('I16 one vote each', async ({ world }) => {
		const { alice, bob, moderator } = world.people;
		const id = await say(alice, world.stories.open, 'Vote for me.');
		const cast = await times(50, () => bob.api('PUT', `/comments/${id}/vote`));
		expect(statusesOf(cast)).toEqual({ 200: 50 });
		expect(countsOf(world, id)).toEqual({ score: 1, votes: 1 });
		const posted = await times(20, () => moderator.post(`/c/${id}?/recommend`));
		expect(statusesOf(posted)).toEqual({ 303: 20 });
		expect(countsOf(world, id)).toEqual({ score: 2, votes: 2 });
		await times(50, () => bob.api('DELETE', `/comments/${id}/vote`));
		expect(countsOf(world, id)).toEqual({ score: 1, votes: 1 });
	});

	test('I16 a storm of votes leaves a true score', async ({ world }) => {
		const { alice, admin, bob, editor, moderator } = world.people;
		const id = await say(alice, world.stories.open, 'Storm at sea.');
		const voters = [bob, moderator, editor, admin];
		await times(160, (index) =>
			voters[index % 4].api(index % 3 === 0 ? 'DELETE' : 'PUT', `/comments/${id}/vote`)
		);
		const { score, votes } = countsOf(world, id);
		expect(score).toBe(votes);
		expect(score).toBeLessThanOrEqual(4);
	});

	test('I16 one comment for a key, from page and program', async ({ world }) => {
		const { bob } = world.people;
		const slug = await write(world.people.editor, 'The double story');
		const count = () =>
			query(
				world.site,
				'select c.id from comments c join articles a on a.id = c.article_id where slug = ?',
				slug
			).length;
		const key = crypto.randomUUID();
		const calls = await times(20, () =>
			bob.api('POST', `/articles/${slug}/comments`, { body: 'Once.' }, { 'Idempotency-Key': key })
		);
		expect(statusesOf(calls)).toEqual({ 200: 19, 201: 1 });
		const ids = calls.map(({ text }) => (JSON.parse(text) as { id: string }).id);
		expect(new Set(ids).size).toBe(1);
		expect(count()).toBe(1);
		const page = (await bob.get(`/articles/${slug}`)).text;
		const formKey = /name="key" value="([^"]+)"/.exec(page)?.[1] ?? '';
		const fields = { body: 'Twice clicked.', key: formKey };
		const forms = await times(20, () => bob.post(`/articles/${slug}?/post`, fields));
		expect(statusesOf(forms)).toEqual({ 303: 20 });
		expect(new Set(forms.map(({ headers }) => headers.location)).size).toBe(1);
		expect(count()).toBe(2);
		const others = await times(20, (index) =>
			bob.api('POST', `/articles/${slug}/comments`, { body: `Number ${index}.` })
		);
		expect(statusesOf(others)).toEqual({ 201: 20 });
		expect(count()).toBe(22);
		expect(miscounted(world)).toEqual([]);
	});

	test('I16 replies are numbered without gaps', async ({ world }) => {
		const { alice, bob } = world.people;
		const slug = await write(world.people.editor, 'The answered story');
		const root = await say(alice, slug, 'Ask me.');
		const posted = await times(40, (index) =>
			bob.api('POST', `/articles/${slug}/comments`, { body: `Answer ${index}.`, parent: root })
		);
		expect(statusesOf(posted)).toEqual({ 201: 40 });
		const rows = query<{ reply_seq: number }>(
			world.site,
			'select reply_seq from comments where root_id = ? and id <> ? order by reply_seq',
			root,
			root
		);
		expect(rows.map((row) => row.reply_seq)).toEqual(rows.map((_, index) => index + 1));
		expect(rows).toHaveLength(40);
		expect(miscounted(world)).toEqual([]);
	});

	test('I16 one account for a name, and for an address', async ({ world }) => {
		const { site } = world;
		const guest = client(site.url);
		const sign = (name: string, email: string) =>
			guest.post('/sign-up', { name, email, password: newPassword() });
		const names = ['Rita Race', 'RITA RACE', 'Rita-Race', 'rita race', 'Ritа Race'];
		const named = await times(20, (index) =>
			sign(names[index % 4], `race${index}@mail.example.org`)
		);
		expect(statusesOf(named)).toEqual({ 303: 1, 409: 19 });
		const addressed = await times(20, (index) =>
			sign(`Racer ${'abcdefghijklmnopqrstuvwxyz'[index].repeat(3)}`, 'Only.One@mail.example.org')
		);
		expect(statusesOf(addressed)).toEqual({ 303: 1, 409: 19 });
		const rows = query(
			site,
			"select id from accounts where name like 'rit%race' or email_key = 'only.one@mail.example.org'"
		);
		expect(rows).toHaveLength(2);
	});

	test('I16 one decision, and one line in the log', async ({ world }) => {
		const { admin, alice, moderator } = world.people;
		const both = (index: number) => [moderator, admin][index % 2];
		const reason = { reason: 'Because.' };
		const removed = await say(alice, world.stories.open, 'Remove me once.');
		const removals = await times(20, (index) =>
			both(index).api('POST', `/comments/${removed}/remove`, reason)
		);
		expect(statusesOf(removals)).toEqual({ 200: 1, 409: 19 });
		expect(actionsOn(world, removed)).toEqual(['comment.remove']);
		const waiting = await say(alice, world.stories.premoderated, 'Yes or no.');
		const decisions = await times(20, (index) =>
			both(index).api(
				'POST',
				`/comments/${waiting}/${index % 4 < 2 ? 'approve' : 'reject'}`,
				reason
			)
		);
		expect(statusesOf(decisions)).toEqual({ 200: 1, 409: 19 });
		expect(actionsOn(world, waiting)).toHaveLength(1);
		const contested = await say(alice, world.stories.open, 'Mine or yours.');
		await times(20, (index) =>
			index % 2 === 0
				? alice.api('DELETE', `/comments/${contested}`)
				: moderator.api('POST', `/comments/${contested}/remove`, reason)
		);
		const [{ status }] = query<{ status: string }>(
			world.site,
			'select status from comments where id = ?',
			contested
		);
		expect(['deleted', 'removed']).toContain(status);
		expect(actionsOn(world, contested)).toHaveLength(status === 'removed' ? 1 : 0);
		const swung = await say(alice, world.stories.open, 'Up and down.');
		await times(40, (index) =>
			both(index).api('POST', `/comments/${swung}/${index % 2 ? 'restore' : 'remove'}`, reason)
		);
		const acts = actionsOn(world, swung);
		// They take turns: nothing is removed twice.
		const alternating = acts.map((_, index) => (index % 2 ? 'comment.restore' : 'comment.remove'));
		expect(acts).toEqual(alternating);
		expect(miscounted(world)).toEqual([]);
	});

	test('I16 I18 one edit of a revision', async ({ world }) => {
		const { alice } = world.people;
		const id = await say(alice, world.stories.open, 'Draft zero.');
		const edits = await times(10, (index) =>
			alice.post(`/c/${id}/edit?/save`, { body: `Draft ${index + 1}.`, revision: '1' })
		);
		expect(statusesOf(edits)).toEqual({ 303: 1, 409: 9 });
		const lost = edits.filter(({ status }) => status === 409);
		for (const [index, { text }] of lost.entries()) {
			expect(text, `edit ${index}`).toMatch(/Draft \d+\.<\/textarea>/);
		}
		const [row] = query<{ revision: number }>(
			world.site,
			'select revision from comments where id = ?',
			id
		);
		expect(row.revision).toBe(2);
		const kept = query(world.site, 'select * from comment_revisions where comment_id = ?', id);
		expect(kept).toHaveLength(1);
	});

	test('I16 one article for an address', async ({ world }) => {
		const { admin, editor } = world.people;
		const made = await times(12, (index) =>
			[admin, editor][index % 2].api('POST', '/articles', {
				...{
					title: 'The same story',
					body: 'Once.',
					slug: 'the-same-story',
					category: 'New section'
				}
			})
		);
		expect(statusesOf(made)).toEqual({ 201: 1, 409: 11 });
		const titled = await times(12, () =>
			editor.api('POST', '/articles', { title: 'Another same story', body: 'Once.' })
		);
		expect(statusesOf(titled)).toEqual({ 201: 12 });
		const sections = query(world.site, "select id from categories where name = 'New section'");
		expect(sections).toHaveLength(1);
	});
});

/** Somebody who posts without a pause until told to stop. */
async function pester(
	who: Client,
	path: () => [method: string, path: string, body?: unknown],
	isOver: () => boolean
): Promise<{ sentAfter: boolean; status: number }[]> {
	const answers: { sentAfter: boolean; status: number }[] = [];
	// A few more when it is over: those are the ones that must fail.
	for (let more = 5; more > 0;) {
		const sentAfter = isOver();
		if (sentAfter) more--;
		const { status } = await who.api(...path());
		answers.push({ sentAfter, status });
	}
	return answers;
}

test.describe('I17 closed is closed', () => {
	const closings: Record<string, (world: World, slug: string) => Promise<unknown>> = {
		disabling: ({ people }, slug) => setState(people.moderator, slug, 'disabled'),
		hiding: ({ people }, slug) => setState(people.moderator, slug, 'hidden'),
		'the article’s page': async ({ people }, slug) => {
			const fields = { state: 'disabled', reason: 'Late.', until: '' };
			expect((await people.moderator.post(`/articles/${slug}?/commenting`, fields)).status).toBe(
				303
			);
		}
	};

	for (const [name, close] of Object.entries(closings)) {
		// What two processes share is the database: one way of closing shows it.
		for (const processes of name === 'disabling' ? [1, 2] : [1]) {
			test(`I17 ${name}, with ${processes} at work`, async ({ world }) => {
				const { alice, bob, editor } = world.people;
				const second =
					processes === 2
						? await startSite({ databaseUrl: world.site.databaseUrl, env: { RATE_LIMITS: 'off' } })
						: null;
				try {
					const away = second?.url ?? world.site.url;
					const writers = [alice, bob, client(away, { ...alice }), client(away, { ...bob })];
					const slug = await write(editor, `The closing story, ${name}`);
					const root = await say(alice, slug, 'A beginning.');
					let number = 0;
					let isOver = false;
					const over = () => isOver;
					const posting = writers.map((who) =>
						pester(
							who,
							() => [
								'POST',
								`/articles/${slug}/comments`,
								{ body: `Number ${number++}.`, parent: root }
							],
							over
						)
					);
					const voting = [bob, writers[3]].map((who) =>
						pester(who, () => [number++ % 2 ? 'PUT' : 'DELETE', `/comments/${root}/vote`], over)
					);
					const editing = pester(
						alice,
						() => ['PATCH', `/comments/${root}`, { body: `A beginning, ${number++}.` }],
						over
					);
					await expect.poll(() => number).toBeGreaterThan(60);
					await close(world, slug);
					isOver = true;
					const counts = () =>
						query<Record<string, number>>(
							world.site,
							`select (select count(*) from comments where article_id = a.id) as comments,
							 (select count(*) from votes where comment_id = ?) as votes,
							 (select revision from comments where id = ?) as revision
							 from articles a where slug = ?`,
							root,
							root,
							slug
						)[0];
					const atClose = counts();
					const posted = (await Promise.all(posting)).flat();
					const others = [...(await Promise.all(voting)).flat(), ...(await editing)];
					const late = [...posted, ...others].filter(({ sentAfter }) => sentAfter);
					expect(late.length).toBeGreaterThanOrEqual(30);
					const refused = name === 'hiding' ? [403, 404] : [403];
					expect(late.filter(({ status }) => !refused.includes(status))).toEqual([]);
					const early = posted.filter(({ sentAfter, status }) => !sentAfter && status === 201);
					expect(early.length).toBeGreaterThan(0);
					// Every comment that was taken is there, and nothing came after the close.
					const inTime = posted.filter(({ status }) => status === 201).length;
					expect(counts()).toEqual(atClose);
					// Who posted in the last moment before hiding may not be shown any more what was taken.
					const unseen = posted.filter(({ sentAfter, status }) => !sentAfter && status === 404);
					expect(atClose.comments).toBeGreaterThanOrEqual(inTime + 1);
					expect(atClose.comments).toBeLessThanOrEqual(inTime + 1 + unseen.length);
					expect(miscounted(world)).toEqual([]);
				} finally {
					await second?.stop();
				}
			});
		}
	}

	test('I17 nobody answers what is gone', async ({ world }) => {
		const { alice, bob, moderator } = world.people;
		const faults = newFaults();
		for (const end of ['remove', 'delete'] as const) {
			const parent = await say(alice, world.stories.open, 'Answer while you can.');
			let isOver = false;
			const answering = [bob, moderator].map((who) =>
				pester(
					who,
					() => ['POST', `/articles/${world.stories.open}/comments`, { body: 'Yes.', parent }],
					() => isOver
				)
			);
			const replies = () =>
				query(world.site, 'select id from comments where parent_id = ?', parent).length;
			await expect.poll(replies).toBeGreaterThan(10);
			if (end === 'remove') await decide(moderator, 'remove', parent);
			else expect((await alice.api('DELETE', `/comments/${parent}`)).status).toBe(204);
			isOver = true;
			const atEnd = replies();
			const answers = (await Promise.all(answering)).flat();
			for (const { sentAfter, status } of answers) {
				if (sentAfter) faults.same(end, status, 422);
			}
			faults.same(`${end} replies`, replies(), atEnd);
		}
		expect(faults.found).toEqual([]);
		expect(miscounted(world)).toEqual([]);
	});

	test('I17 nobody posts who is banned', async ({ world }) => {
		const { site } = world;
		const who = await signUp(site.url, 'Bert Banned');
		let isOver = false;
		let number = 0;
		const posting = [who, who].map((one) =>
			pester(
				one,
				() => ['POST', `/articles/${world.stories.open}/comments`, { body: `Number ${number++}.` }],
				() => isOver
			)
		);
		await expect.poll(() => number).toBeGreaterThan(20);
		change(site, 'update accounts set banned_at = ? where name = ?', Date.now(), who.name);
		isOver = true;
		const answers = (await Promise.all(posting)).flat();
		const late = answers.filter(({ sentAfter }) => sentAfter);
		expect(new Set(late.map(({ status }) => status))).toEqual(new Set([403]));
		expect(emailOf(who.name)).toBe(who.email);
	});

	test('I17 nobody edits when the time is over', async ({ world }) => {
		const { alice } = world.people;
		const id = await say(alice, world.stories.open, 'For a while.');
		const edited = await alice.api('PATCH', `/comments/${id}`, { body: 'For a while longer.' });
		expect(edited.status).toBe(200);
		change(
			world.site,
			'update comments set created_at = ? where id = ?',
			Date.now() - 16 * 60_000,
			id
		);
		expect((await alice.api('PATCH', `/comments/${id}`, { body: 'For ever.' })).status).toBe(403);
		const form = await alice.post(`/c/${id}/edit?/save`, { body: 'For ever.', revision: '2' });
		expect(form.status).toBe(403);
	});
});
