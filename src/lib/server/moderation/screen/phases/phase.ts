import type { Facts } from '../facts.ts';
import type { Finding } from '../findings.ts';
import type { Subject } from '../subject.ts';

/** A step of screening: says nothing, holds or rejects. It asks nobody and changes nothing. */
export type Phase = (subject: Subject, facts: Facts) => Finding | null;

/** Whether the author is new here: too few of the last comments are published. */
export function isNew({ published, rules }: Facts): boolean {
	return published < rules.newUntil;
}
