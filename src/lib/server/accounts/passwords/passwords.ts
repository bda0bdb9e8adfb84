import type { Argon2Parameters } from 'node:crypto';
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

// OWASP's password storage cheat sheet, argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB = 19_456;
const PASSES = 2;
const LANES = 1;
const SALT_BYTES = 16;
const TAG_BYTES = 32;
// A stored hash that asks for more than this was not made by any release of ours.
const MOST_MEMORY_KIB = 262_144;
const MOST_PASSES = 16;

const PHC =
	/^\$argon2id\$v=19\$m=(\d{1,9}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;

// Of no password: verifying against it costs what verifying against a real one does.
const NOBODYS = `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

const derive = promisify(argon2);

/** The same password typed on another keyboard is the same (NIST SP 800-63B: NFKC). */
function message(password: string): Buffer {
	return Buffer.from(password.toWellFormed().normalize('NFKC'));
}

function base64(bytes: Buffer): string {
	return bytes.toString('base64').replace(/=+$/, '');
}

function parse(phc: string) {
	const [, memory, passes, lanes, salt, tag] = PHC.exec(phc) ?? [];
	if (!salt || !tag) return null;
	return {
		memory: Number(memory),
		passes: Number(passes),
		parallelism: Number(lanes),
		nonce: Buffer.from(salt, 'base64'),
		tag: Buffer.from(tag, 'base64')
	};
}

/** Whether a text is a hash that `verify` can check a password against. */
export function isReadable(phc: string): boolean {
	const stored = parse(phc);
	return stored !== null && stored.memory <= MOST_MEMORY_KIB && stored.passes <= MOST_PASSES;
}

/**
 * Hashes a password with argon2id and a salt of its own.
 * @returns A PHC string, `$argon2id$v=19$m=19456,t=2,p=1$SALT$TAG`.
 */
export async function hash(password: string): Promise<string> {
	const nonce = randomBytes(SALT_BYTES);
	const parameters: Argon2Parameters = {
		message: message(password),
		nonce,
		memory: MEMORY_KIB,
		passes: PASSES,
		parallelism: LANES,
		tagLength: TAG_BYTES
	};
	const tag = await derive('argon2id', parameters);
	return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$${base64(nonce)}$${base64(tag)}`;
}

/** Whether a password is the one that was hashed; false for a hash that cannot be read. */
export async function verify(phc: string, password: string): Promise<boolean> {
	const stored = parse(phc);
	if (!stored || stored.memory > MOST_MEMORY_KIB || stored.passes > MOST_PASSES) return false;
	const { tag, ...parameters } = stored;
	const derived = await derive('argon2id', {
		...parameters,
		message: message(password),
		tagLength: tag.length
	});
	return timingSafeEqual(tag, derived);
}

/** Takes as long as `verify` and says no: for names that nobody has. */
export async function dummyVerify(password: string): Promise<false> {
	await verify(NOBODYS, password);
	return false;
}

/** Whether a hash was made with other parameters than today's, or a shorter salt. */
export function needsRehash(phc: string): boolean {
	const stored = parse(phc);
	return (
		!stored ||
		stored.memory !== MEMORY_KIB ||
		stored.passes !== PASSES ||
		stored.parallelism !== LANES ||
		stored.nonce.length < SALT_BYTES ||
		stored.tag.length < TAG_BYTES
	);
}
