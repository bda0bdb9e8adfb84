import type { DemoArticle } from '../types.ts';

/** A column whose target answers it, and turns out to be right. */
export const fogSignal: DemoArticle = {
	slug: 'leave-the-fog-signal-alone',
	title: 'Leave the fog signal alone',
	standfirst:
		'Somebody has moved to within four hundred yards of a lighthouse and been surprised by it. Piers Hallam offers earplugs, and a short history of the noise.',
	body: `A letter has reached the harbour office, and by the usual channels it has reached me. The writer, who came to live by the Corrow steps last spring, would like to know whether the fog signal on the Calf “really needs to sound”. I picture the harbourmaster reading this aloud, slowly, to a room.

Let me answer as one who has slept under that signal for sixty years. Yes. It really needs to sound. It has one blast of two seconds in every thirty, and it has said the same thing since 1898, which is: *here are rocks*. I have read a great deal of modern prose that took longer to say less.

### An instrument, not a nuisance

It began as a man with a bell. Then it was a cannon, which was given up after it was found to be loaded by the same man. Then compressed air, and a horn that could be heard in the next county and was complained of there. What we have now is an electric thing the size of a bread bin. By the standards of its ancestors it is clearing its throat.

My grandmother, who was widowed by the Calf, would wake when the horn *stopped*. She said it was like somebody getting up from the end of the bed.

> We do not hear the signal because it is there. We hear that everything else has gone.

There is a kind of person who buys a house beside a church and complains of the bells; beside a farm, and the cockerel goes before a tribunal. I do not say that our letter-writer is one. I say only that the rocks were here first, and that they have made no objection to her.

Earplugs may be had at the chemist’s in Fore Street. The foam ones are best. I tried them once for a week, in the interests of fairness, and have never slept so badly in my life.`,
	category: 'opinion',
	byline: 'piers-hallam',
	commenting: 'open',
	hoursAgo: 262,
	comments: [
		{
			key: 'fog-01',
			by: 'amelie',
			minutesAfter: 35,
			body: `Good morning. I am the letter. I should like to say what was in it, since it has come to you by the usual channels without its second page.

I did not ask for the signal to be stopped. I love it in fog. I asked whether it needs to sound under a clear sky: on **four nights in March** it went from two in the morning until six, and I stood in my garden and could see the Calf, the light on the Calf, and Orion behind it. My question was whether something is broken.`,
			recommendedBy: [
				'dot',
				'priya',
				'rosalind',
				'hal',
				'barnaby',
				'nuala',
				'linnea',
				'gwen',
				'tariq',
				'hester'
			]
		},
		{
			key: 'fog-02',
			by: 'piers',
			minutesAfter: 92,
			replyTo: 'fog-01',
			body: `Madame, I have now had the second page read to me over the telephone. It is a much better letter than the one I answered, and it deserved a better column. I withdraw the earplugs.

May I ask which four nights? I slept through them all, which I see is no longer the boast I took it for.`,
			recommendedBy: ['amelie', 'rosalind', 'dot', 'callum', 'gwen', 'colm', 'barnaby']
		},
		{
			key: 'fog-03',
			by: 'dmytro',
			minutesAfter: 110,
			replyTo: 'fog-01',
			body: `I think I know. The signal is started by a visibility detector: it sends out a beam and listens for how much comes back. Fog sends back a lot. So does a spider. The lens is a little warm at night, the spider likes it, she builds across the front, and to the detector it is the thickest fog in history, forty millimetres away.`,
			recommendedBy: ['amelie', 'hal', 'linnea', 'priya', 'kenji', 'dot', 'piers', 'seun', 'marek']
		},
		{
			key: 'fog-04',
			by: 'amelie',
			minutesAfter: 118,
			replyTo: 'fog-03',
			body: `I have been kept awake for a year by a *spider*?`,
			recommendedBy: ['dmytro', 'dot', 'seun', 'barnaby', 'nuala']
		},
		{
			key: 'fog-05',
			by: 'hal',
			minutesAfter: 127,
			replyTo: 'fog-04',
			body: `Very likely several, in succession. On the boats we carry a soft brush for the same thing on the deck sensors.`,
			recommendedBy: ['amelie', 'dmytro', 'linnea']
		},
		{
			key: 'fog-06',
			by: 'priya',
			minutesAfter: 175,
			replyTo: 'fog-03',
			body: `> [Dmytro Hrytsenko said,](/c/fog-03)
> to the detector it is the thickest fog in history, forty millimetres away

This can be tested. The harbour publishes both logs. Last year the signal ran for 211 hours. The pilots recorded visibility under two miles for 140. That leaves **71 hours of fog that nobody saw**, and all but six of them are between midnight and seven, April to October. Spider hours.`,
			recommendedBy: ['dmytro', 'amelie', 'linnea', 'kenji', 'mei', 'hal', 'piers', 'rosalind']
		},
		{
			key: 'fog-07',
			by: 'dot',
			minutesAfter: 190,
			body: `When they had the strike in 1974 it was off for eleven nights, and nobody on our side slept a wink. On the twelfth it started up at four in the morning and my father said "thank God" and was snoring before it went again.`,
			recommendedBy: ['piers', 'colm', 'gwen', 'amelie', 'beatriz', 'geoff', 'hal']
		},
		{
			key: 'fog-08',
			by: 'barnaby',
			minutesAfter: 214,
			body: `Setting the spiders aside: who is it *for*, these days? Every boat has satellite positioning. Every phone has. It seems a great deal of noise for the benefit of nobody.`,
			recommendedBy: ['youssef', 'marek']
		},
		{
			key: 'fog-09',
			by: 'hal',
			minutesAfter: 226,
			replyTo: 'fog-08',
			body: `Two lads in a canoe last August with a flat phone. A woman rowing home from the Calf with a dog. Me, once, with everything switched on and a wet connector. The screen tells you where you are. The horn tells you where the *rocks* are, and you don't have to look down for it.`,
			recommendedBy: ['dmytro', 'dot', 'piers', 'barnaby', 'colm', 'beatriz', 'nuala', 'amelie']
		},
		{
			key: 'fog-10',
			by: 'dmytro',
			minutesAfter: 240,
			replyTo: 'fog-09',
			body: `> [Hal Trevanion said,](/c/fog-09)
> The screen tells you where you are.

When it wants to. I have worked in a sea where the satellites were jammed, and one morning the screen said that our ship was at an airport. We listened, like in the year 1898. You keep an old thing because on one day in a thousand it is the only thing.`,
			recommendedBy: [
				'hal',
				'piers',
				'dot',
				'barnaby',
				'kenji',
				'rosalind',
				'linnea',
				'nuala',
				'colm',
				'beatriz'
			]
		},
		{
			key: 'fog-11',
			by: 'barnaby',
			minutesAfter: 251,
			replyTo: 'fog-10',
			body: `That is the best answer I have had to a careless question in some time. Withdrawn.`,
			recommendedBy: ['dmytro', 'hal', 'hester']
		},
		{
			key: 'fog-12',
			by: 'geoff',
			minutesAfter: 290,
			misquotes: ['fog-01'],
			body: `> [Amélie Dufresne said,](/c/fog-01)
> I asked whether we need it to sound at all.

With respect, nobody asks that of a lighthouse. It is a matter of safety at sea, and one cannot have it turned off because somebody has new double glazing.`
		},
		{
			key: 'fog-13',
			by: 'amelie',
			minutesAfter: 298,
			replyTo: 'fog-12',
			body: `You have put a sentence of your own under my name. What I wrote, as you may see by pressing on it, is this:

> [Amélie Dufresne said,](/c/fog-01)
> I asked whether it needs to sound under a clear sky

I am a translator. People have altered my words before, but they have generally been paid for it.`,
			recommendedBy: [
				'rosalind',
				'dot',
				'gwen',
				'priya',
				'colm',
				'piers',
				'beatriz',
				'hester',
				'nuala'
			]
		},
		{
			key: 'fog-14',
			by: 'geoff',
			minutesAfter: 309,
			replyTo: 'fog-13',
			body: `I have, and I apologise. I wrote down what I expected you to have said, which my wife tells me is a habit. I have no double glazing to speak of either.`,
			recommendedBy: ['amelie', 'dot', 'rosalind', 'barnaby']
		},
		{
			key: 'fog-15',
			by: 'rat',
			minutesAfter: 340,
			status: 'removed',
			reason: 'Points to a private person’s home.',
			body: `Everyone knows who the other complainer is. Blue door, third from the chandler's, the one with the camera. Go and sound a horn outside his bedroom and see how he likes it.`
		},
		{
			key: 'fog-16',
			by: 'hester',
			minutesAfter: 346,
			body: `A comment that told readers where to find somebody has gone. It named no name, and did not need to. Please don't.`,
			recommendedBy: ['amelie', 'dot', 'rosalind', 'nuala', 'barnaby']
		},
		{
			key: 'fog-17',
			by: 'piers',
			minutesAfter: 11630,
			body: `A report. The morning after this appeared, Mr Trevanion rowed me out to the Calf with a soft brush. There was one spider, about the size of a florin, and a web that I can only call professional. She has been rehoused in the old cannon port, with a view.

Since then we have had seven nights, six clear and one as thick as felt. The signal sounded on the one.`,
			recommendedBy: [
				'amelie',
				'hal',
				'dmytro',
				'dot',
				'priya',
				'linnea',
				'gwen',
				'colm',
				'callum',
				'kenji',
				'nuala'
			]
		},
		{
			key: 'fog-18',
			by: 'amelie',
			minutesAfter: 11702,
			replyTo: 'fog-17',
			body: `On the one I lay awake on purpose, to hear it. Thank you. It is a beautiful noise when it is true.`,
			recommendedBy: [
				'piers',
				'dot',
				'hal',
				'colm',
				'dmytro',
				'gwen',
				'beatriz',
				'linnea',
				'rosalind'
			]
		}
	]
};
