import { member, MEMBERS_TIMEOUT, newArticle, post } from './support/api.ts';
import { countLoads, open } from './support/pages.ts';
import { test } from './support/people.ts';
import { expect } from './support/site.ts';

test('open pages learn how a discussion is arranged', async ({ page, site }) => {
	test.setTimeout(MEMBERS_TIMEOUT);
	const editor = await member(site, 'editor');
	const slug = await newArticle(editor);
	const { id } = await post(editor, slug, 'The tide was high.');
	const arrange = (json: object) =>
		editor.expect(200, 'Discussion', 'PATCH', `/articles/${slug}/discussion`, { json });
	await open(page, `/articles/${slug}`);
	const loads = countLoads(page);
	await arrange({ message: 'Be kind.', slow_mode: 'fixed', slow_seconds: 300 });
	await expect(page.locator('.discussion-message')).toHaveText('Be kind.');
	await expect(page.locator('.discussion-state')).toContainText('one comment every 5 minutes');
	await editor.expect(200, 'Comment', 'POST', `/comments/${id}/pick`, { json: {} });
	await expect(page.locator(`#c-${id} .badge-pick`)).toBeVisible();
	await arrange({ message: '' });
	await expect(page.locator('.discussion-message')).toHaveCount(0);
	await expect(page.locator('.gathered')).toContainText('The tide was high.');
	expect(loads()).toBe(0);
	await editor.refused(422, 'PATCH', `/articles/${slug}/discussion`, {
		json: { slow_mode: 'fixed', slow_seconds: 1 }
	});
});
