import { hash } from 'node:crypto';
import type { SlowMode } from './slow-modes.ts';

/** What stands above a discussion, but for its comment state. */
export interface NoticeColumns {
	slowMode: SlowMode;
	slowSeconds: number;
	messageHtml: string;
	authorHere: boolean;
	staffMaySpeak: boolean;
}

/** A short name of what stands above a discussion: another one when any of it changed. */
export function noticeName(
	columns: NoticeColumns,
	state: { note: string; until: Date | null }
): string {
	const { slowMode, slowSeconds, messageHtml, authorHere, staffMaySpeak } = columns;
	const parts = [slowMode, slowSeconds, messageHtml, authorHere, staffMaySpeak];
	return hash('sha256', JSON.stringify([...parts, state.note, state.until]), 'base64url').slice(
		0,
		8
	);
}
