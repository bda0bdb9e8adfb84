import type { Arrangement } from '#lib/server/articles/discussion.ts';
import type { Shape } from './schemas.ts';

/** How a discussion is arranged, as the API answers it. */
export function asDiscussion(arrangement: Arrangement): Shape<'Discussion'> {
	const { openHours, message } = arrangement;
	return {
		slow_mode: arrangement.slowMode,
		slow_seconds: arrangement.slowSeconds,
		close_after_days: arrangement.closeAfterDays,
		close_after_silent_days: arrangement.closeAfterSilentDays,
		open_hours: openHours && {
			zone: openHours.zone,
			days: openHours.days.map((day) => day && [day[0], day[1]])
		},
		message,
		author_here: arrangement.authorHere,
		staff_may_speak: arrangement.staffMaySpeak
	};
}

/** What is changed of a discussion, without the fields that were not sent. */
export function asArrangement(change: Shape<'DiscussionChange'>): Partial<Arrangement> {
	const all: Partial<Arrangement> = {
		slowMode: change.slow_mode,
		slowSeconds: change.slow_seconds,
		closeAfterDays: change.close_after_days,
		closeAfterSilentDays: change.close_after_silent_days,
		openHours: change.open_hours,
		message: change.message,
		authorHere: change.author_here,
		staffMaySpeak: change.staff_may_speak
	};
	return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
