import { ACTINGS, refusals } from './support/acting.ts';
import type { Acting } from './support/acting.ts';
import { snapshot } from './support/database.ts';
import { newFaults } from './support/faults.ts';
import type { Answer } from './support/http.ts';
import { dataPath, READINGS, statusOfData } from './support/reading.ts';
import { mutations, readable, routes } from './support/routes.ts';
import { expect, SECRETS, test, VIEWERS } from './support/world.ts';
import type { Secret, Viewer, World } from './support/world.ts';

const all = routes();

// Hundreds of requests a test, on a machine that has other things to do.
test.describe.configure({ timeout: 120_000 });

function isEntitled(viewer: Viewer, secret: Secret, path: string): boolean {
	// Who is told why a comment was removed is told which words they were.
	if (viewer === 'alice' && secret === 'removed' && path.startsWith('/statements/')) return true;
	const who: readonly Viewer[] = SECRETS[secret];
	return who.includes(viewer);
}

/** What an answer says that this viewer may not know. */
function leaks(world: World, viewer: Viewer, path: string, { headers, text }: Answer): string[] {
	const said = JSON.stringify(headers) + text;
	const words = Object.entries(world.secrets)
		.filter(([secret, word]) => !isEntitled(viewer, secret as Secret, path) && said.includes(word))
		.map(([secret]) => `words of: ${secret}`);
	const mayReadAddresses = viewer === 'admin' && path.startsWith('/admin');
	const addresses = Object.entries(world.people)
		.filter(([name, { email }]) => email && said.toLowerCase().includes(email) && name !== viewer)
		.map(([name]) => `the address of ${name}`);
	const tokens = Object.entries(world.people)
		.filter(([, { token }]) => token && said.includes(token))
		.map(([name]) => `the session of ${name}`);
	const hashes = /argon2id|[0-9a-f]{64}/.test(said) ? ['a hash'] : [];
	return [...words, ...(mayReadAddresses ? [] : addresses), ...tokens, ...hashes];
}

test.describe('Z1 nobody reads what is not for them', () => {
	const pages = readable(all);

	test('Z1 every route has a row', () => {
		expect(Object.keys(READINGS).sort()).toEqual(pages.map(({ path }) => path).sort());
	});

	for (const { path: route, isPage } of pages) {
		test(`Z1 Z2 Z4 ${route}`, async ({ world }) => {
			const faults = newFaults();
			for (const { path, statuses } of READINGS[route]?.(world) ?? []) {
				const look = async (viewer: Viewer) => {
					const what = `${viewer} ${path}`;
					const answer = await world.people[viewer].get(path);
					faults.same(what, answer.status, statuses[viewer]);
					faults.same(what, String(leaks(world, viewer, path, answer)), '');
					if (!isPage) return;
					const data = await world.people[viewer].get(dataPath(path));
					faults.same(`${what} (data)`, statusOfData(data), statuses[viewer]);
					faults.same(`${what} (data)`, String(leaks(world, viewer, path, data)), '');
				};
				await Promise.all(VIEWERS.map(look));
			}
			expect(faults.found).toEqual([]);
		});
	}

	test('Z1 what is not for a reader answers like what does not exist', async ({ world }) => {
		const { bob } = world.people;
		const { remarks, stories } = world;
		const pairs = [
			[`/c/${remarks.pending}`, '/c/0000000000000000'],
			[`/c/${remarks.hidden}`, '/c/0000000000000000'],
			[`/api/v1/comments/${remarks.rejected}`, '/api/v1/comments/0000000000000000'],
			[`/articles/${stories.draft}`, '/articles/the-other-story'],
			['/moderation', '/nothing-here'],
			['/admin', '/nothing-here']
		];
		for (const [secret, missing] of pairs) {
			const [one, other] = [await bob.get(secret), await bob.get(missing)];
			const normal = (text: string, path: string) =>
				text
					.replaceAll(path, '')
					.replaceAll(encodeURIComponent(path), '')
					.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '');
			expect.soft(one.status, secret).toBe(other.status);
			// SvelteKit's own words for no route differ from ours for no thing.
			const words = (text: string) => /<h1>([^<]*)/.exec(text)?.[1] ?? normal(text, '');
			expect.soft(words(one.text), secret).toBe(words(other.text));
		}
	});

	test('Z1 the grep finds what is there', async ({ world }) => {
		const { people, remarks, secrets } = world;
		const seen = await people.moderator.get(`/c/${remarks.removed}`);
		expect(seen.text).toContain(secrets.removed);
		expect(leaks(world, 'bob', '/', seen)).toEqual(['words of: removed']);
		expect((await people.alice.get(`/c/${remarks.pending}`)).text).toContain(secrets.pending);
		expect((await people.moderator.get(`/c/${remarks.hidden}`)).text).toContain(secrets.hidden);
		const draft = await people.editor.get(`/articles/${world.stories.draft}`);
		expect(draft.text).toContain(secrets.draft);
		expect((await people.admin.get('/admin')).text).toContain(people.alice.email);
	});
});

function addressOf(key: string, { param = '' }: Acting): string {
	return key.split(' ')[1].replace(/\[\w+\]/, encodeURIComponent(param));
}

function ask(world: World, viewer: Viewer, key: string, acting: Acting): Promise<Answer> {
	const who = world.people[viewer];
	const path = addressOf(key, acting);
	const { fields = {} } = acting;
	if (!path.startsWith('/api/v1/')) return who.post(path, fields as Record<string, string>);
	return who.api(key.split(' ')[0], path.slice('/api/v1'.length), fields);
}

/** What a refusal looks like: on a page that cannot be shown, what is wrong with it cannot either. */
async function expected(
	world: World,
	viewer: Viewer,
	path: string,
	status: number
): Promise<number> {
	if (path.startsWith('/api/')) return status;
	const page = await world.people[viewer].get(path.split('?')[0]);
	// What is no page is not shown to anybody.
	return page.status === 200 || page.status === 405 ? status : page.status;
}

test.describe('Z2 nobody does what is not for them', () => {
	const keys = mutations(all).map(({ key }) => key);

	test('Z2 every route has a row', () => {
		expect(Object.keys(ACTINGS).sort()).toEqual([...keys].sort());
	});

	for (const key of keys) {
		test(`Z1 Z2 ${key}`, async ({ world }) => {
			const before = snapshot(world.site);
			const faults = newFaults();
			for (const acting of ACTINGS[key]?.(world) ?? []) {
				const path = addressOf(key, acting);
				for (const [viewer, status] of refusals(acting)) {
					const answer = await ask(world, viewer, key, acting);
					const what = `${viewer} ${path}`;
					const shown = acting.showsRefusal ? status : await expected(world, viewer, path, status);
					faults.same(what, answer.status, shown);
					faults.same(what, String(leaks(world, viewer, '', answer)), '');
				}
			}
			expect(faults.found).toEqual([]);
			expect(snapshot(world.site)).toEqual(before);
		});
	}
});
