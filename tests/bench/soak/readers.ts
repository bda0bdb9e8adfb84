import { Agent, get } from 'node:http';

const AT_ONCE = 50;
const BACK_AFTER_MS = 1000;

/** Readers who have a page open and listen to what changes. */
export interface Readers {
	/** How many listen now. */
	open(): number;
	/** Pieces of news that were heard. */
	heard(): number;
	stop(): void;
}

/** Has so many readers listen; whoever is sent away comes back, as a browser does. */
export async function startReaders(url: string, slugs: string[], count: number): Promise<Readers> {
	const agent = new Agent({ maxSockets: Infinity });
	let open = 0;
	let heard = 0;
	let stopped = false;

	function listen(slug: string, begun: () => void): void {
		let back = false;
		const comeBack = () => {
			if (back || stopped) return;
			back = true;
			setTimeout(() => listen(slug, () => {}), BACK_AFTER_MS);
		};
		const headers = { accept: 'text/event-stream' };
		const request = get(`${url}/articles/${slug}/live`, { agent, headers }, (response) => {
			open += 1;
			begun();
			response.on('data', (chunk: Buffer) => {
				if (chunk.includes('event: comments')) heard += 1;
			});
			response.on('error', () => {});
			response.once('close', () => {
				open -= 1;
				comeBack();
			});
		});
		request.on('error', comeBack);
	}

	for (let from = 0; from < count; from += AT_ONCE) {
		const some = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, n) => from + n);
		await Promise.all(
			some.map(
				(number) => new Promise<void>((begun) => listen(slugs[number % slugs.length], begun))
			)
		);
	}
	return {
		open: () => open,
		heard: () => heard,
		stop() {
			stopped = true;
			agent.destroy();
		}
	};
}
