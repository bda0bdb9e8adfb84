import type { DemoArticle } from '../types.ts';

/** The newest article: comments in its first hours, a correction that the reporter takes. */
export const gulls: DemoArticle = {
	slug: 'gulls-down-by-a-third',
	title: 'Gulls down by a third, though nobody on Fore Street believes it',
	standfirst:
		'The estuary’s herring gulls are in serious decline, a five-yearly census has found. The ones that are left have simply learnt where we keep the chips.',
	body: `There are 412 pairs of herring gulls nesting in and around Wrenmouth this summer, against 618 five years ago: a fall of exactly a third, in a town that would swear on its sandwiches that the number had doubled.

The figures come from the Wren Estuary Trust, whose forty volunteers spent the last week of May counting nests on cliffs, roofs, cranes and, in one case, the bonnet of a Vauxhall that had failed its inspection in 2019. The count is made every five years, by the same methods and as far as possible by the same people, one of whom brings the same hat.

“When I tell people that the herring gull is a bird in trouble, they look at me as though I had asked for sympathy for the tide,” said Hanne Struik, who runs the census. “But the cliffs are nearly empty. What you have on Fore Street is not a lot of gulls. It is a few gulls with a business model.”

### Where they went

The losses are almost all on the Calf and the sea cliffs to the west, where nests fell from 344 to 131. On the town’s roofs the number hardly moved. Dr Struik puts the decline down to less food at sea, avian influenza in two of the last four summers, and foxes, which reach the Calf by walking there at low water “with every appearance of knowing the timetable”.

> “It is a few gulls with a business model.”

That leaves the council with a delicate task. The herring gull is protected, its nests may not be disturbed without a licence, and licences are granted for reasons of health and safety, among which the loss of a battered sausage is not one. In the spring the council put up eight plastic owls on the roofs of Fore Street at a cost of £9,000. The census has recorded, with scientific neutrality, that one of them now has a nest on it.

The full report will be published in the autumn. Until then the advice to the public is unchanged: do not feed them, do not look away, and walk close to the wall.`,
	category: 'harbour',
	byline: 'tobias-fenn',
	source: { name: 'Wren Estuary Trust', url: 'https://example.org/wren-estuary-trust/gull-census' },
	image: { credit: 'Herring gull, Fore Street, by Joss Varley (who would like his lens cap back)' },
	commenting: 'open',
	hoursAgo: 5,
	comments: [
		{
			key: 'gull-01',
			by: 'dot',
			minutesAfter: 7,
			body: `They have not gone anywhere. They have moved into my chimney, all 206 pairs.`,
			recommendedBy: ['geoff', 'nuala', 'beatriz', 'seun', 'priya']
		},
		{
			key: 'gull-02',
			by: 'linnea',
			minutesAfter: 16,
			replyTo: 'gull-01',
			body: `It can feel so! But the census is a good one, and the cliffs are quiet in a way that frightens me. What you meet in town is a handful of individuals who have specialised. We ringed some of them to see. One, yellow ring **J4K**, was watched for a fortnight and took chips from 61 different people. Her mate in that time took none at all. He sat on the bank and looked at the sea.`,
			recommendedBy: ['dot', 'tobias', 'kenji', 'gwen', 'amelie', 'colm']
		},
		{
			key: 'gull-03',
			by: 'seun',
			minutesAfter: 21,
			replyTo: 'gull-02',
			body: `> [Linnéa Bergqvist said,](/c/gull-02)
> a handful of individuals who have specialised

So I have been mugged by a specialist.`,
			recommendedBy: ['linnea', 'dot', 'barnaby', 'nuala', 'youssef', 'hal']
		},
		{
			key: 'gull-04',
			by: 'linnea',
			minutesAfter: 25,
			replyTo: 'gull-03',
			body: `By a leader in her field.`,
			recommendedBy: ['seun', 'dot', 'kenji', 'soledad']
		},
		{
			key: 'gull-05',
			by: 'soledad',
			minutesAfter: 34,
			replyTo: 'gull-04',
			body: `Yellow ring J4K is at my kitchen door every day at ten past four, which is when the fish trimmings go out. I tell new staff that she is from environmental health. They stand up straighter.`,
			recommendedBy: ['linnea', 'seun', 'wanjiru', 'dot', 'tobias', 'beatriz']
		},
		{
			key: 'gull-06',
			by: 'geoff',
			minutesAfter: 40,
			body: `£9,000 for eight plastic owls. That is £1,125 an owl. I should like to see the tender document, and I should like to see the owl that lost.`,
			recommendedBy: ['mei', 'dot', 'marek', 'rosalind', 'colm']
		},
		{
			key: 'gull-07',
			by: 'marek',
			minutesAfter: 52,
			replyTo: 'gull-06',
			body: `I fitted them. The owls were £38. The rest was scaffolding, traffic management, a bat survey, and a man from the council to check that each owl was facing "a deterrent direction". By Friday there was straw on number five.`,
			recommendedBy: ['geoff', 'mei', 'dot', 'linnea', 'priya', 'hal', 'barnaby']
		},
		{
			key: 'gull-08',
			by: 'rosalind',
			minutesAfter: 61,
			replyTo: 'gull-07',
			body: `And as it is an offence to damage the nest while it is in use, number five cannot now be taken down. The owl is, in law, a habitat.`,
			recommendedBy: ['marek', 'geoff', 'linnea', 'gwen', 'tobias']
		},
		{
			key: 'gull-09',
			by: 'geoff',
			minutesAfter: 66,
			replyTo: 'gull-08',
			body: `> [Rosalind Thwaite said,](/c/gull-08)
> The owl is, in law, a habitat.

If they ever put up a plaque to local government, I ask that it say this.`,
			recommendedBy: ['rosalind', 'dot', 'marek', 'mei', 'linnea', 'colm']
		},
		{
			key: 'gull-10',
			by: 'linnea',
			minutesAfter: 78,
			editedMinutesAfter: 121,
			earlierBody: `One for the reporter. The article speaks of the "yellow-legged herring gull". Herring gulls here have **pink** legs. Yellow legs are a lesser black-backed gull (or a yellow-legged gull, which is another bird entirely, sorry).`,
			body: `One for the reporter. The article speaks of the "yellow-legged herring gull". Herring gulls here have **pink** legs. Yellow legs are a lesser black-backed gull (or a yellow-legged gull, which is another bird entirely, sorry).

*Edited: this has now been put right in the article, within half an hour. Thank you.*`,
			recommendedBy: ['kenji', 'tobias']
		},
		{
			key: 'gull-11',
			by: 'tobias',
			minutesAfter: 104,
			replyTo: 'gull-10',
			body: `Corrected, with thanks and some shame. Six years on this beat and it turns out that I have been watching the wrong end.`,
			recommendedBy: ['linnea', 'marguerite', 'dot', 'gwen', 'callum']
		},
		{
			key: 'gull-12',
			by: 'beatriz',
			minutesAfter: 126,
			body: `Nobody speaks of the fish. When I was a girl the boats gutted at sea and the gulls followed them out and followed them home, and in between they were not our business. Now there are four boats, they land whole, and what used to be thrown over is sold for pet food. We did not get more gulls. We stopped feeding them at work, so they came to us for lunch.`,
			recommendedBy: ['hal', 'linnea', 'dot', 'tobias', 'dmytro', 'colm', 'nuala']
		},
		{
			key: 'gull-13',
			by: 'hal',
			minutesAfter: 139,
			replyTo: 'gull-12',
			body: `> [Beatriz Seabra said,](/c/gull-12)
> We stopped feeding them at work, so they came to us for lunch.

This is it. My dad said you could find the fleet in fog by the noise. Now you find the chip shop.`,
			recommendedBy: ['beatriz', 'linnea', 'dot']
		},
		{
			key: 'gull-14',
			by: 'barnaby',
			minutesAfter: 170,
			body: `A sincere question from a newcomer who has lost three lunches. What is one supposed to *do*?`,
			recommendedBy: ['seun']
		},
		{
			key: 'gull-15',
			by: 'linnea',
			minutesAfter: 181,
			replyTo: 'gull-14',
			body: `In order of what works:

1. Put your back against a wall. They come from behind, always.
2. Look at the bird. Steadily, in the eye. They wait much longer when they are being watched.
3. Keep the lid on. To her, an open box is an advertisement.

Shouting does nothing. Plastic owls, as you see, do less than nothing.`,
			recommendedBy: ['barnaby', 'seun', 'dot', 'gwen', 'amelie']
		},
		{
			key: 'gull-16',
			by: 'barnaby',
			minutesAfter: 236,
			replyTo: 'gull-15',
			body: `> [Linnéa Bergqvist said,](/c/gull-15)
> Look at the bird. Steadily, in the eye.

Reporting back. I looked at her. She looked at me. It turned out that only one of us had done it before. I am down one battered sausage and some part of myself that I had thought of as permanent.`,
			recommendedBy: ['linnea', 'dot', 'seun', 'soledad', 'nuala', 'colm', 'geoff', 'kenji']
		},
		{
			key: 'gull-17',
			by: 'nuala',
			minutesAfter: 251,
			replyTo: 'gull-16',
			body: `Better the sausage. We had eleven gull injuries in casualty last summer. Two were pecks. Nine were people who walked into something while staring at a gull.`,
			recommendedBy: ['barnaby', 'linnea', 'dot', 'hal']
		},
		{
			key: 'gull-18',
			by: 'kenji',
			minutesAfter: 268,
			replyTo: 'gull-08',
			body: `The plastic owl stares.
Behind it, warm in the straw,
two eggs do not care.`,
			recommendedBy: ['rosalind', 'colm', 'linnea', 'marek', 'gwen', 'dot', 'beatriz', 'amelie']
		}
	]
};
