import { counted } from '../../../../format/counts.ts';
import type { Finding } from '../findings.ts';
import { isNew, type Phase } from './phase.ts';

const HARM = 20;
const BANNED_HARM = 80;

function isUnder(host: string, domain: string): boolean {
	return host === domain || host.endsWith(`.${domain}`);
}

/** Rejects links to banned domains, and holds many links of somebody who is new. */
export const links: Phase = ({ hosts }, facts): Finding | null => {
	const { domains, newLinks } = facts.rules;
	const banned = domains.find((domain) => hosts.some((host) => isUnder(host, domain)));
	if (banned !== undefined) {
		const words = `It links to ${banned}, which may not be linked to here.`;
		return { phase: 'links', verdict: 'reject', harm: BANNED_HARM, words, nudges: true };
	}
	if (!isNew(facts) || hosts.length <= newLinks) return null;
	const most = newLinks === 0 ? 'none' : `at most ${newLinks}`;
	const words = `It has ${counted(hosts.length, 'link')}; the first comments of somebody new may have ${most}.`;
	return { phase: 'links', verdict: 'hold', harm: HARM, words, nudges: true };
};
