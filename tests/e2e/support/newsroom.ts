import type { Page } from '@playwright/test';
import { expect, unique } from './site.ts';

/** An article as its editor made it. */
export interface Written {
	title: string;
	slug: string;
	/** The path of its page. */
	url: string;
}

/** Writes an article by the newsroom's form, as an editor would; published unless said otherwise. */
export async function writeArticle(
	editor: Page,
	{ title = unique('The ferry'), published = true } = {}
): Promise<Written> {
	await editor.goto('/newsroom/new');
	await editor.fill('[name=title]', title);
	await editor.fill('[name=standfirst]', 'It runs again, after eleven years.');
	await editor.fill('[name=body]', 'The first paragraph.\n\nThe second one.');
	await editor.locator('[name=published]').setChecked(published);
	await editor.getByRole('button', { name: 'Save the article' }).click();
	await expect(editor.getByRole('status')).toHaveText('The article is saved.');
	const slug = new URL(editor.url()).pathname.split('/')[2];
	return { title, slug, url: `/articles/${slug}` };
}

/** Sets an article's comment state by the newsroom's form. */
export async function setCommenting(
	editor: Page,
	slug: string,
	{
		state,
		reason = '',
		note = '',
		until = ''
	}: Record<'state', string> & Partial<Record<'reason' | 'note' | 'until', string>>
): Promise<void> {
	await editor.goto(`/newsroom/${slug}`);
	await editor.locator('#commenting summary').click();
	const form = editor.locator('#commenting form').first();
	await form.locator('[name=state]').selectOption(state);
	await form.locator('[name=reason]').fill(reason);
	await form.locator('[name=note]').fill(note);
	await form.locator('[name=until]').fill(until);
	await form.getByRole('button').click();
}

/** Posts a comment by the article's form. */
export async function post(reader: Page, url: string, body: string): Promise<void> {
	await reader.goto(url);
	await reader.locator('.composer [name=body]').fill(body);
	await reader.getByRole('button', { name: 'Post', exact: true }).click();
	await expect(reader.locator('.comment-body', { hasText: body })).toBeVisible();
}
