/** What is to be done: from 0 up to `most`, which number makes a key that begins so? */
export interface Task {
	nonce: string;
	salt: string;
	cost: number;
	prefix: string;
	most: number;
}

const KEY_BITS = 256;
const COUNTER_BYTES = 4;
const TOLD_EVERY = 25;

function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
	return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

function hexOf(bytes: Uint8Array): string {
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function keyOf({ nonce, salt, cost }: Task, counter: number): Promise<string> {
	const start = bytesOf(nonce);
	const password = new Uint8Array(start.length + COUNTER_BYTES);
	password.set(start);
	new DataView(password.buffer).setUint32(start.length, counter);
	const from = await crypto.subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits']);
	const how = { name: 'PBKDF2', hash: 'SHA-256', salt: bytesOf(salt), iterations: cost };
	return hexOf(new Uint8Array(await crypto.subtle.deriveBits(how, from, KEY_BITS)));
}

/**
 * Does the work: `NONCE.NUMBER.KEY`.
 * @param tell is told now and then which share (0 to 1) of the most that there can be is done.
 * @throws {Error} when no number is the one.
 */
export async function answerOf(task: Task, tell: (share: number) => void): Promise<string> {
	for (let counter = 0; counter <= task.most; counter++) {
		if (counter % TOLD_EVERY === 0) tell(counter / task.most);
		const key = await keyOf(task, counter);
		if (key.startsWith(task.prefix)) return `${task.nonce}.${counter}.${key}`;
	}
	throw new Error('There is no answer.');
}
