import type { DemoArticle } from '../types.ts';

/** Commenting hidden: there are comments, and nobody but the desk sees them. */
export const school: DemoArticle = {
	slug: 'two-classrooms-closed-at-st-brides',
	title: 'Two classrooms closed at St Bride’s after ceiling inspection',
	standfirst:
		'Fifty-four children will be taught in the hall, the library and, on dry days, the boat. Nobody has been hurt.',
	body: `Two classrooms at St Bride’s Primary School have been closed after engineers found that plaster above a false ceiling had come away from its laths.

No one was hurt. The fault was found during the half-term holiday by a contractor who had gone up to change a light fitting and, in the words of the head teacher, Imelda Roche, “came down again faster than he had gone up, and very properly told us why”.

The fifty-four children of Years 3 and 4 will be taught in the hall and the library until the work is done, which the council expects to take five weeks. The school also has the use, by an old arrangement with the Sea Scouts, of a retired lifeboat in the yard, in which Year 4 will do fractions when it is dry.

### What parents have been told

- All the other rooms were inspected on the same day and are sound.
- Lunch will be twenty minutes earlier, because of the hall.
- A meeting for parents will be held in the gymnasium, with the engineers there.

The ceilings date from 1911 and were last surveyed in 2008. The council said that it was bringing forward inspections at four other schools of the same age, and would publish what it found.

“The children have been told that it is an adventure,” Mrs Roche said. “The staff have been told that it is five weeks.”`,
	category: 'town',
	byline: 'ifeoma-lyle',
	source: { name: 'Wrenmouth Town Council' },
	commenting: 'hidden',
	commentingReason:
		'Some comments made it possible to tell which children they were about. We have put the discussion away while we look into it.',
	hoursAgo: 126,
	comments: [
		{
			key: 'school-01',
			by: 'marek',
			minutesAfter: 29,
			body: `Lath and plaster from 1911 does not fall down because it is old. It falls down because somebody has hung a false ceiling from it and then forgotten that it was there. Ask who put in the tiles, and when, and what they screwed them to. My neighbour's two are in that class, so I have asked.`,
			recommendedBy: ['rosalind', 'geoff']
		},
		{
			key: 'school-02',
			by: 'beatriz',
			minutesAfter: 47,
			replyTo: 'school-01',
			body: `My neighbour's as well, so now everybody on our street can work out whose they are. Perhaps we should leave the children out of it, Marek, you and me both?`,
			recommendedBy: ['marek', 'hester']
		}
	]
};
