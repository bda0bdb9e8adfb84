import * as v from 'valibot';
import type { Setting } from '../settings/settings.ts';
import { weeklyHours } from './opening-hours.ts';
import type { WeeklyHours } from './weekly-hours.ts';

/** Days after which a discussion may close: in ten years nobody remembers that it would. */
export const MOST_DAYS = 3650;

/** When discussions close by themselves, and when in the week they are open. */
export interface ClosingRules {
	/** Days after publication; 0 never. */
	closeAfterDays: number;
	/** Days after the last comment; 0 never. */
	closeAfterSilentDays: number;
	/** Null for always. */
	openHours: WeeklyHours | null;
}

const words = `Please give a number of days from 0 to ${MOST_DAYS}.`;

/** A number of days after which a discussion closes; 0 for never. */
export const days = v.pipe(
	v.number(words),
	v.integer(words),
	v.minValue(0, words),
	v.maxValue(MOST_DAYS, words)
);

/** What holds for articles that say nothing else. */
export const discussionDefaults: Setting<ClosingRules> = {
	key: 'discussions',
	schema: v.object({
		closeAfterDays: days,
		closeAfterSilentDays: days,
		openHours: v.nullable(weeklyHours)
	}),
	initial: { closeAfterDays: 0, closeAfterSilentDays: 0, openHours: null },
	role: 'editor'
};

/** What an article says of its own closing; null as the site says. */
export type ClosingColumns = {
	[Column in keyof ClosingRules]: ClosingRules[Column] | null;
};

/** The rules that hold for an article. */
export function rulesFor(article: ClosingColumns, site: ClosingRules): ClosingRules {
	return {
		closeAfterDays: article.closeAfterDays ?? site.closeAfterDays,
		closeAfterSilentDays: article.closeAfterSilentDays ?? site.closeAfterSilentDays,
		openHours: article.openHours ?? site.openHours
	};
}
