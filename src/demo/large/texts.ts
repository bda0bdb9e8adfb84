import { renderMarkdown } from '../../lib/server/text/render.ts';
import { demo } from '../content.ts';
import type { Chance } from './chance.ts';

/** A comment's words, rendered once for all comments that have them. */
export interface Text {
	text: string;
	html: string;
	/** A sentence of it that others quote. */
	sentence: { text: string; html: string };
}

const TEXTS = 400;
const MOST_PARAGRAPHS = 3;
const SENTENCE = /^[^\n>#*[\]`|-]{20,240}?[.!?](?=\s|$)/;

function paragraphs(): string[] {
	const bodies = demo.articles.flatMap((article) => article.comments.map(({ body }) => body));
	return bodies
		.flatMap((body) => body.split('\n\n'))
		.filter((paragraph) => !/^[>#]|^ *[-*\d]|\(\/c\//m.test(paragraph));
}

/** Some hundred texts, made of what people say in the demo newsroom. */
export function madeTexts(chance: Chance): Text[] {
	const all = paragraphs();
	// Each begins with something that can be quoted.
	const openings = all.filter((paragraph) => SENTENCE.test(paragraph));
	return Array.from({ length: TEXTS }, () => {
		const parts = [chance.pick(openings)];
		while (parts.length < MOST_PARAGRAPHS && chance.happens(0.35)) parts.push(chance.pick(all));
		const text = parts.join('\n\n');
		const [sentence] = SENTENCE.exec(parts[0])!;
		return {
			text,
			html: renderMarkdown(text),
			sentence: { text: sentence, html: renderMarkdown(sentence) }
		};
	});
}

const SUBJECTS = (
	'The ferry|The quay|The council|The harbour trust|The library|The market|The lifeboat|The swing bridge|' +
	'The sea wall|The bus station|The fish dock|The night train|The allotments|The pier|The tide mill|The regatta'
).split('|');
const EVENTS = (
	'will open late|is to close for a week|has a new timetable|asks for patience|changes hands|is sold for a pound|' +
	'wins a reprieve|loses its roof|goes to a vote|is found to be older than thought|needs a coat of paint|' +
	'raises its prices|is under water again|has been measured|makes the case for itself|turns one hundred'
).split('|');

/** A headline. */
export function madeTitle(chance: Chance): string {
	return `${chance.pick(SUBJECTS)} ${chance.pick(EVENTS)}`;
}

/** An article's text, of paragraphs of the demo's articles, with its HTML. */
export function madeBodies(chance: Chance): { body: string; bodyHtml: string }[] {
	const all = demo.articles
		.flatMap(({ body }) => body.split('\n\n'))
		.filter((paragraph) => !/^[>#]|^ *[-*\d]/.test(paragraph));
	return Array.from({ length: 40 }, () => {
		const body = Array.from({ length: 4 + chance.below(4) }, () => chance.pick(all)).join('\n\n');
		return { body, bodyHtml: renderMarkdown(body, { kind: 'article', passages: true }) };
	});
}
