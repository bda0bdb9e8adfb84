import type { DemoSite } from './types.ts';
import { chowder } from './articles/chowder.ts';
import { clock } from './articles/clock.ts';
import { ferry } from './articles/ferry.ts';
import { fogSignal } from './articles/fog-signal.ts';
import { gulls } from './articles/gulls.ts';
import { library } from './articles/library.ts';
import { school } from './articles/school.ts';
import { treasurer } from './articles/treasurer.ts';
import { follows, reports } from './concerns.ts';
import { bylines, categories, name, people, tagline } from './newsroom.ts';

/** The demo newsroom: an invented regional newspaper, its people and their conversations. */
export const demo: DemoSite = {
	name,
	tagline,
	categories,
	bylines,
	people,
	articles: [gulls, clock, ferry, chowder, library, school, treasurer, fogSignal],
	follows,
	reports
};
