import type { DemoArticle } from '../types.ts';

/** Premoderated: three comments wait for a moderator. */
export const library: DemoArticle = {
	slug: 'library-to-open-on-sundays',
	title: 'Library to open on Sundays, without a librarian',
	standfirst:
		'Members will let themselves in with a card and be trusted. The council calls it a longer week; the staff, who learnt of it from the agenda, call it something else.',
	body: `Wrenmouth Library will open on Sundays from September for the first time in its history, and there will be nobody in it.

Under a scheme approved by the culture committee, members over sixteen will be able to enter with a card and a four-figure code between ten and four, borrow and return books at a machine, and use the computers, the study room and the lavatory. The building will be watched by eleven cameras and, by telephone, from a control room forty miles away that also looks after two car parks and a crematorium.

“It’s six more hours of library, at a cost of £14,000 a year rather than £51,000,” said Councillor Ruth Abernethy-Cole, who chairs the committee. “I’d rather have librarians on a Sunday. I would also like a river frontage. This is the Sunday we can afford.”

### What happens elsewhere

The committee heard from three towns that have done the same:

- In **Aldersea**, visits rose by a fifth, and one book in four thousand went missing, fewer than when the building was staffed.
- In **Kettlewick**, two Sundays were lost to a trapped pigeon.
- In **Great Marl**, the hours with staff were cut from forty-two a week to twenty-eight in the year after.

It is the third of these that worries the staff. “Nobody minds Sunday,” said one of the four librarians, who are not permitted to speak to the press. “We mind what happens to Thursday.” The council said that it had “no present plans” to reduce staffed hours, and declined to say what tense that was in.

> “Nobody minds Sunday. We mind what happens to Thursday.”

The scheme will be reviewed after a year. Under-sixteens may come in with an adult, and dogs that could read were understood to have been ruled out.`,
	category: 'town',
	byline: 'ifeoma-lyle',
	source: { name: 'Wrenmouth Town Council, culture committee' },
	image: { credit: 'The reading room, by Joss Varley' },
	commenting: 'premoderated',
	commentingReason:
		'The library has a staff of four, who can be recognised and cannot reply. We read each comment before it is shown, usually within the hour.',
	hoursAgo: 78,
	comments: [
		{
			key: 'library-01',
			by: 'gwen',
			minutesAfter: 48,
			body: `Thirty-four years behind that desk, so allow me a long one.

The books will be all right. People think that a librarian guards the books; the books have never needed it. On a Sunday, a member with a card can find a novel, print a boarding pass and be warm, and I am for all three.

What is not there on a Sunday is the person you ask for one thing when you have come for another. The man who wants "something about pensions" and has a letter in his pocket that he has not opened. The girl who asks where the lavatory is every day for a week. No machine was ever asked where the lavatory is by somebody who wanted to be noticed.

By all means open the door. But please do not tell the committee, a year from now, that nobody missed us because nobody complained. They'd have complained to me.`,
			recommendedBy: [
				'dot',
				'nuala',
				'colm',
				'amelie',
				'priya',
				'seun',
				'linnea',
				'kenji',
				'rosalind',
				'beatriz',
				'geoff'
			]
		},
		{
			key: 'library-02',
			by: 'geoff',
			minutesAfter: 105,
			replyTo: 'library-01',
			body: `> [Gwen Prothero said,](/c/library-01)
> please do not tell the committee, a year from now, that nobody missed us because nobody complained

I have sat on that committee and we would have said exactly that. Put it in your response, in those words, and ask that *staffed* hours be a separate line in the review. A thing with its own line is much harder to lose.`,
			recommendedBy: ['gwen', 'mei', 'dot', 'priya']
		},
		{
			key: 'library-03',
			by: 'seun',
			minutesAfter: 131,
			body: `Honestly? Yes please. There are five of us in a two-bedroom flat and I'm doing exams. At the moment on a Sunday my quiet place is the launderette. I love the librarians but I'd take the tables on their own.`,
			recommendedBy: ['nuala', 'gwen', 'youssef', 'wanjiru', 'barnaby', 'tariq', 'amelie']
		},
		{
			key: 'library-04',
			by: 'gwen',
			minutesAfter: 170,
			replyTo: 'library-03',
			body: `> [Seun Adebayo-Clarke said,](/c/library-03)
> I love the librarians but I'd take the tables on their own.

Then I'm persuaded about Sunday, and you shall have the table under the east window: it gets the sun until two, and the radiator works if you kick it on the left. Do ask for my key to the local studies cupboard if it is history.`,
			recommendedBy: ['seun', 'dot', 'nuala', 'colm', 'amelie']
		},
		{
			key: 'library-05',
			by: 'priya',
			minutesAfter: 204,
			body: `"One book in four thousand" in Aldersea, from a council report on its own scheme. Missing by when? You find out that a book has gone when you next count, and without staff on the floor you count less. I don't say it is wrong. I say ask for the date of the stock-take.`,
			recommendedBy: ['gwen', 'mei', 'geoff', 'linnea']
		},
		{
			key: 'library-06',
			by: 'barnaby',
			minutesAfter: 260,
			body: `We had one of these where I used to live, and it was rather moving. You put in your code and the lights came on ahead of you, shelf by shelf, as if it had been expecting you. People behaved better than with staff there, perhaps because nobody was watching them do it.`,
			recommendedBy: ['seun', 'amelie', 'kenji']
		},
		{
			key: 'library-07',
			by: 'rosalind',
			minutesAfter: 275,
			replyTo: 'library-06',
			body: `Eleven cameras were watching them do it, and a crematorium.`,
			recommendedBy: ['barnaby', 'dot', 'gwen', 'colm', 'geoff', 'mei']
		},
		{
			key: 'library-08',
			by: 'nuala',
			minutesAfter: 330,
			body: `Practical: what happens when somebody collapses in the study room at half past three? The control room can see it. It is forty miles off. Is there a defibrillator inside the door, and does the door open from outside for a person without a card who has a green bag and is in a hurry?`,
			recommendedBy: ['dot', 'gwen', 'youssef', 'tariq', 'hal', 'wanjiru', 'rosalind']
		},
		{
			key: 'library-09',
			by: 'callum',
			minutesAfter: 412,
			replyTo: 'library-08',
			body: `We put this to the council. There is a defibrillator, on the first floor, behind the staff counter, which will be locked on Sundays. It is to be moved "before the scheme begins". We shall go and look.`,
			recommendedBy: ['nuala', 'gwen', 'dot', 'rosalind', 'hal']
		},
		{
			key: 'library-10',
			by: 'dot',
			minutesAfter: 540,
			body: `I was put out of that library in 1953 for laughing. I should like it noted that there will now be six hours a week in which this cannot happen.`,
			recommendedBy: ['gwen', 'colm', 'seun', 'nuala', 'kenji', 'beatriz', 'amelie', 'geoff', 'hal']
		},
		{
			key: 'library-11',
			by: 'youssef',
			minutesAfter: 4410,
			status: 'pending',
			body: `Nobody has mentioned the bus. There is no number 6 on a Sunday, so the people up at Saltings who need a warm room the most cannot get to it. I take some of them for nothing when I'm going down empty, but I am one taxi.`
		},
		{
			key: 'library-12',
			by: 'marek',
			minutesAfter: 4466,
			status: 'pending',
			replyTo: 'library-05',
			body: `> [Priya Raghunathan said,](/c/library-05)
> You find out that a book has gone when you next count

Same with scaffold clips. We count on Fridays. Since we count on Fridays nobody takes any on Thursdays.`
		},
		{
			key: 'library-13',
			by: 'rat',
			minutesAfter: 4502,
			status: 'pending',
			body: `We all know which of the four has been talking to the paper. Small building. She wants to be careful.`
		}
	]
};
