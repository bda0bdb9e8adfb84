import { get, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { MOST } from '../../../src/bootstrap/weight.js';
import { startSite } from '../../support/server.ts';
import { discussion } from '../support/discussion.ts';
import { atMost, type Figure } from '../support/figure.ts';

const KB = 1000;

function attributes(html: string, pattern: RegExp): string[] {
	return [...html.matchAll(pattern)].map((match) => match[1]);
}

// A page is sent with gzip until it is there with Brotli.
const TRIES = 100;
const AGAIN_MS = 20;

/** What comes over the line, where others have asked before. @throws {Error} for what is not sent with Brotli */
async function weigh(url: string): Promise<number> {
	for (let n = 0; n < TRIES; n++) {
		const headers = { 'accept-encoding': 'br, gzip' };
		const answer = await new Promise<IncomingMessage>((resolve, reject) => {
			get(url, { headers }, resolve).on('error', reject);
		});
		const { length } = await buffer(answer);
		if (answer.headers['content-encoding'] === 'br') return length / KB;
		await setTimeout(AGAIN_MS);
	}
	throw new Error(`${url} is not sent with Brotli.`);
}

/** What a first-time reader of an article with 200 comments downloads, as it is sent with Brotli. */
export async function figures(): Promise<Figure[]> {
	const { url, slug } = await discussion(200);
	const site = await startSite({ databaseUrl: url });
	const page = `${site.url}/articles/${slug}`;
	const html = await (await fetch(page)).text();
	const scripts = attributes(html, /<script[^>]+src="([^"]+)"/g);
	const styles = attributes(html, /<link[^>]+href="([^"]+\.css)"/g);
	const icons = attributes(html, /<link[^>]+rel="icon"[^>]+href="([^"]+)"/g);
	const sum = async (paths: string[]) => {
		const weights = await Promise.all(paths.map((path) => weigh(new URL(path, page).href)));
		return weights.reduce((total, weight) => total + weight, 0);
	};
	const [js, css, rest] = [await sum(scripts), await sum(styles), await sum(icons)];
	const total = (await weigh(page)) + js + css + rest;
	await site.stop();
	return [
		atMost('weight.js', MOST.js, js, 'kB'),
		atMost('weight.css', MOST.css, css, 'kB'),
		atMost('weight.first_visit', MOST.firstVisit, total, 'kB')
	];
}
