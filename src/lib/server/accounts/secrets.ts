import { hash, randomBytes } from 'node:crypto';

// 256 bits cannot be guessed (ASVS asks for 128), and so need no slow hash either.
const BYTES = 32;

/** A new secret: 43 characters of base64url. */
export function newSecret(): string {
	return randomBytes(BYTES).toString('base64url');
}

/** What is stored in a secret's place: its SHA-256, in hex. */
export function digest(secret: string): string {
	return hash('sha256', secret, 'hex');
}
