import type { DemoArticle } from '../types.ts';

/** A small comedy of pedants; one quote is of somebody who is not on the page. */
export const clock: DemoArticle = {
	slug: 'custom-house-clock-to-stay-wrong',
	title: 'Custom House clock to stay wrong, by nine votes to seven',
	standfirst:
		'Councillors have declined to spend £1,900 on the correct time. The clock has been four minutes slow since before any of them was born.',
	body: `The clock on the Custom House will go on being four minutes slow, after a meeting of the full council that ran forty minutes late.

The motion to correct it came from Councillor Jude Marrable, who represents the quayside and said that he had been stopped “not weekly but daily” by visitors who had missed the ferry. “I do not think it is radical,” he told the chamber, “to ask of a public clock that it tell the public the time.”

The repair would cost £1,900, most of it for a scaffold. The clock itself is sound: its maker’s plate says 1841, it is wound every Monday, and it has kept its four minutes, neither more nor less, for as long as there are records. That, said Councillor Petra Lund, was rather the point.

> “Anybody can have a clock that is right. Ours is *reliably* wrong, and that is a different and rarer thing.”

### A matter of custom

Supporters of the error spoke for more than an hour. It was said that the town’s pilots had set their watches by the clock “and then by arithmetic” for generations; that a child in Wrenmouth learns to subtract before she can read; and that the only other clock in the county to keep its own time was on a building that had since become a bowling alley.

Councillor Marrable replied that heritage was one thing and missing the 5.15 another. He offered an amendment to put up a small sign. This was referred to the signage working group, which last met in 2021.

The vote was nine to seven, with one councillor absent, having relied upon the clock.`,
	category: 'town',
	byline: 'ifeoma-lyle',
	source: { name: 'Wrenmouth Town Council' },
	image: { credit: 'The Custom House clock at noon, or so it says, by Joss Varley' },
	commenting: 'open',
	hoursAgo: 12,
	comments: [
		{
			key: 'clock-01',
			by: 'kenji',
			minutesAfter: 13,
			body: `I wind it, so perhaps I may say that it is not wrong. It is *honest*.

Before the railway every town kept the sun's time. The sun crosses us four minutes after it crosses Greenwich, because we are one degree to the west and the earth takes four minutes to turn a degree. When London time came down the line in the 1840s, the Custom House declined it. The clock has told the truth ever since, and the rest of the country has been four minutes early.`,
			recommendedBy: ['dot', 'colm', 'gwen', 'linnea', 'priya', 'rosalind', 'geoff', 'amelie']
		},
		{
			key: 'clock-02',
			by: 'rosalind',
			minutesAfter: 22,
			replyTo: 'clock-01',
			body: `A lovely defence, with one defect: the Statutes (Definition of Time) Act 1880, by which time in any legal document means Greenwich time unless it says otherwise. The clock has been out of order, in both senses, since that August.`,
			recommendedBy: ['kenji', 'mei', 'geoff']
		},
		{
			key: 'clock-03',
			by: 'priya',
			minutesAfter: 31,
			replyTo: 'clock-01',
			body: `> [Kenji Morimoto said,](/c/clock-01)
> The sun crosses us four minutes after it crosses Greenwich, because we are one degree to the west

One degree *and two minutes of arc*; I have just measured it on the chart in the library. That makes it four minutes and eight seconds. So if the clock is exactly four minutes slow, then by its own lights it is eight seconds fast.

I am sorry. I tried not to.`,
			recommendedBy: ['kenji', 'linnea', 'rosalind', 'mei', 'dot', 'tariq', 'gwen']
		},
		{
			key: 'clock-04',
			by: 'kenji',
			minutesAfter: 44,
			replyTo: 'clock-03',
			body: `> [Priya Raghunathan said,](/c/clock-03)
> by its own lights it is eight seconds fast

Nineteen years I have set it to four minutes flat and slept well. I will see to the eight seconds on Monday.`,
			recommendedBy: ['priya', 'dot', 'colm', 'gwen', 'nuala', 'hal', 'amelie']
		},
		{
			key: 'clock-05',
			by: 'hal',
			minutesAfter: 52,
			body: `The ferry goes by the radio. The passengers go by the clock. We lose about two a day: they stand on the top step and point up at it, and we wave.`,
			recommendedBy: ['seun', 'dot', 'barnaby', 'tariq']
		},
		{
			key: 'clock-06',
			by: 'dot',
			minutesAfter: 60,
			replyTo: 'clock-05',
			body: `I have caught that ferry for seventy years by knowing that the clock is wrong. If they mend it I shall be four minutes early for everything and have to talk to people.`,
			recommendedBy: ['hal', 'geoff', 'colm', 'nuala', 'beatriz', 'kenji', 'gwen', 'seun', 'mei']
		},
		{
			key: 'clock-07',
			by: 'geoff',
			minutesAfter: 71,
			body: `I moved to have it corrected in 2003. It would have been £1,100. I lost by nine to seven then as well. The sixteen of us have been replaced since, some of us by death, and the vote has not moved. I begin to think it is geological.`,
			recommendedBy: ['dot', 'rosalind', 'mei', 'tariq', 'priya', 'marek']
		},
		{
			key: 'clock-08',
			by: 'barnaby',
			minutesAfter: 85,
			body: `It is a clock. It has one job.`,
			recommendedBy: ['marek', 'youssef']
		},
		{
			key: 'clock-09',
			by: 'kenji',
			minutesAfter: 93,
			replyTo: 'clock-08',
			body: `> [Barnaby Strake said,](/c/clock-08)
> It has one job.

It has three: to be wound, to be looked at, and to be agreed about. It does two of them faultlessly.`,
			recommendedBy: ['barnaby', 'colm', 'gwen', 'dot', 'linnea', 'rosalind']
		},
		{
			key: 'clock-10',
			by: 'tariq',
			minutesAfter: 110,
			body: `From the country of the practical: a sign. "This clock is four minutes slow." Enamel, two screws, £60. The visitors catch the boat, the pilots keep their arithmetic, and the signage working group gets to meet.`,
			recommendedBy: ['hal', 'barnaby', 'amelie', 'seun']
		},
		{
			key: 'clock-11',
			by: 'rosalind',
			minutesAfter: 118,
			replyTo: 'clock-10',
			body: `Slow by reference to what? You will find that you need a second sign.`,
			recommendedBy: ['kenji', 'tariq', 'geoff', 'priya', 'mei', 'dot']
		},
		{
			key: 'clock-12',
			by: 'colm',
			minutesAfter: 140,
			body: `> Captain Amory Pell said,
> There is Wrenmouth time, and there is Admiralty time, and the tide has never troubled to learn either.

From the council minutes of 1881. They ought to be read aloud before any vote, like grace.`,
			recommendedBy: ['dot', 'hal', 'amelie', 'beatriz']
		},
		{
			key: 'clock-13',
			by: 'gwen',
			minutesAfter: 157,
			replyTo: 'clock-12',
			body: `I catalogued those minutes, Colm. It is 1883, and he was explaining why he had been two days late with the pilotage accounts.`,
			recommendedBy: ['rosalind', 'mei', 'kenji', 'geoff', 'priya', 'dot']
		},
		{
			key: 'clock-14',
			by: 'colm',
			minutesAfter: 163,
			replyTo: 'clock-13',
			body: `Most of literature is somebody explaining why the accounts are late.`,
			recommendedBy: ['gwen', 'mei', 'dot', 'amelie', 'beatriz', 'callum']
		},
		{
			key: 'clock-15',
			by: 'mei',
			minutesAfter: 188,
			replyTo: 'clock-07',
			body: `For the file: the winding contract is £640 a year, or £160 for each minute that it is out. I make that good value. There are consultancies that charge more to be wrong by less.`,
			recommendedBy: ['geoff', 'kenji', 'priya', 'tariq']
		},
		{
			key: 'clock-16',
			by: 'marek',
			minutesAfter: 215,
			body: `I have a scaffold on the building next door until Friday. From the top lift I can reach the minute hand with a broom. I am only mentioning it.`,
			recommendedBy: ['barnaby', 'seun', 'hal', 'youssef']
		},
		{
			key: 'clock-17',
			by: 'geoff',
			minutesAfter: 221,
			replyTo: 'clock-16',
			body: `> [Marek Wiśniewski said,](/c/clock-16)
> From the top lift I can reach the minute hand with a broom.

As a former councillor I must ask you not to tell me any more. What sort of broom?`,
			recommendedBy: ['marek', 'dot', 'barnaby', 'colm', 'rosalind', 'mei', 'hal']
		},
		{
			key: 'clock-18',
			by: 'kenji',
			minutesAfter: 229,
			replyTo: 'clock-17',
			body: `Gentlemen, I can see both of you from the workshop.`,
			recommendedBy: ['geoff', 'marek', 'dot', 'gwen', 'priya', 'colm', 'linnea', 'rosalind', 'hal']
		}
	]
};
