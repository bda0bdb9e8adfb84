import { TABS, type Tab } from '#lib/server/moderation/tabs.ts';

/** The part of the queue that an address names; what waits to be published without one. */
export function tabOf(url: URL): Tab {
	return TABS.find((known) => known === url.searchParams.get('tab')) ?? 'pending';
}
