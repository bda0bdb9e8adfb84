import type { DemoArticle } from '../types.ts';

/** Recipes, national pride, and the longest lists on the site. */
export const chowder: DemoArticle = {
	slug: 'the-chowder-question',
	title: 'The chowder question',
	standfirst:
		'Nine kitchens on the quay, nine chowders, and one tin of evaporated milk that nobody will admit to. A tasting, with casualties.',
	body: `There is an agreement among the cooks of Custom House Quay that nobody shall say what a Wrenmouth chowder is. It has kept the peace for about a hundred years. Last week, over four days and with an elastic waistband, I broke it.

The common ground can be written on a thumbnail. There is smoked haddock. There are potatoes. There is an onion, which has been cooked slowly by somebody who was not thinking about anything else. From there the nine kitchens scatter like a committee.

### The thick and the thin

The Old Bonded Warehouse thickens with flour, and its chowder will hold a spoon upright and, I should think, a door open. The Lamp and Anchor does not thicken at all: a broth the colour of straw, three mussels, the haddock in flakes the size of playing cards. I thought about it all night. At the Net Loft Café there is sweetcorn, about which I promised to say nothing, and have now said it.

Then there are the tomatoes. I had been warned. In a kitchen that I shall call the sixth, a cook of great talent put in front of me a bowl that was *pink*, and watched my face, and I am told that my face was not professional.

> Everybody on the quay makes chowder the proper way. It is only that there are nine of them.

### The tin

In seven kitchens out of nine I was told that there was fresh cream in it and nothing but fresh cream. In seven kitchens out of nine I saw, on a high shelf behind the flour, the same small tin with the blue band. Nobody had put it there. It had come with the building.

I shall not say which chowder is the best. I will say that on the fourth evening, having been paid to eat anywhere, I went back to the Lamp and Anchor and bought my own. The discussion is open. I ask only that you begin, as I should have begun, by saying where your mother was from.`,
	category: 'life',
	byline: 'runa-sigurdsen',
	image: { credit: 'Chowder, the fourth day, by Runa Sigurdsen' },
	commenting: 'open',
	hoursAgo: 55,
	comments: [
		{
			key: 'chowder-01',
			by: 'dot',
			minutesAfter: 22,
			body: `My mother was from Net Loft Lane and this is hers. It is right and I shall not be answering questions.

1. Onion, butter, **half an hour**. If you are looking at the clock you are doing it wrong.
2. Potatoes, cut by hand and not all the same.
3. Milk to cover. Not cream. Who had cream?
4. Haddock on top, lid on, heat off, go and bring the washing in.
5. Pepper.

No flour. No bacon. No leeks. Leeks are for Sundays.`,
			recommendedBy: [
				'hal',
				'gwen',
				'colm',
				'nuala',
				'beatriz',
				'geoff',
				'soledad',
				'kenji',
				'amelie'
			]
		},
		{
			key: 'chowder-02',
			by: 'barnaby',
			minutesAfter: 30,
			replyTo: 'chowder-01',
			body: `May I ask one question?`
		},
		{
			key: 'chowder-03',
			by: 'dot',
			minutesAfter: 33,
			replyTo: 'chowder-02',
			body: `> [Dot Applegarth said,](/c/chowder-01)
> It is right and I shall not be answering questions.

That was the one, dear.`,
			recommendedBy: [
				'barnaby',
				'seun',
				'nuala',
				'colm',
				'soledad',
				'hal',
				'gwen',
				'geoff',
				'mei',
				'kenji'
			]
		},
		{
			key: 'chowder-04',
			by: 'soledad',
			minutesAfter: 41,
			body: `I am the sixth kitchen. The tomatoes are mine. My mother was from Cádiz and would have found it strange to be told that a fish soup may not be pink, when every fish soup she knew was pink, and so was she by the end of it.

I thank Runa for "of great talent". I have also drawn her face, from memory, and it is over the pass.`,
			recommendedBy: ['beatriz', 'wanjiru', 'youssef', 'dot', 'colm', 'amelie', 'kenji']
		},
		{
			key: 'chowder-05',
			by: 'colm',
			minutesAfter: 48,
			replyTo: 'chowder-04',
			body: `A tomato in a chowder is like an accordion in a church. I have known it work. I would not want to be the one to suggest it.`,
			recommendedBy: ['soledad', 'dot', 'hal', 'gwen']
		},
		{
			key: 'chowder-06',
			by: 'beatriz',
			minutesAfter: 57,
			replyTo: 'chowder-05',
			body: `> [Colm Ó Faoláin said,](/c/chowder-05)
> A tomato in a chowder is like an accordion in a church.

In my mother's village the accordion in the church was the organist's holiday and the only Sunday that everybody came. I sell the haddock to all nine, so I am neutral. But I eat at Soledad's.`,
			recommendedBy: ['soledad', 'colm', 'wanjiru', 'amelie', 'youssef']
		},
		{
			key: 'chowder-07',
			by: 'wanjiru',
			minutesAfter: 75,
			body: `The tin. Since nobody else will: yes. Every hotel kitchen that I have worked in, on two continents. It does not split when the order for table nine comes twenty minutes after the order for table eight. Cream splits. Cream is for people with one table.`,
			recommendedBy: ['mei', 'soledad', 'nuala', 'seun', 'dot']
		},
		{
			key: 'chowder-08',
			by: 'mei',
			minutesAfter: 83,
			replyTo: 'chowder-07',
			body: `I don't understand why it is a scandal. In Ipoh a fish-head noodle soup without evaporated milk would be sent back. My mother added hers from a height, looking the guest in the eye. You people have been hiding it behind the flour!`,
			recommendedBy: ['wanjiru', 'kenji', 'soledad', 'dot', 'priya', 'colm', 'hal', 'youssef']
		},
		{
			key: 'chowder-09',
			by: 'gwen',
			minutesAfter: 102,
			replyTo: 'chowder-08',
			body: `There is documentary support. *Wrenmouth Methodist Ladies' Cookery*, 1931, page 12, "Chowder for Forty": two stone of haddock, a bucket of potatoes, and "of tinned milk, what the chapel can spare". So much for fresh cream. It's in the local studies cupboard, under V for Various.`,
			recommendedBy: ['mei', 'wanjiru', 'dot', 'rosalind', 'kenji', 'geoff', 'linnea']
		},
		{
			key: 'chowder-10',
			by: 'dot',
			minutesAfter: 110,
			replyTo: 'chowder-09',
			body: `> [Gwen Prothero said,](/c/chowder-09)
> "of tinned milk, what the chapel can spare"

That was the Methodists.`,
			recommendedBy: ['gwen', 'colm', 'hal', 'mei', 'beatriz', 'nuala', 'geoff', 'rosalind']
		},
		{
			key: 'chowder-11',
			by: 'marek',
			minutesAfter: 134,
			body: `Where is the dill? Nine kitchens, four days, and not one word on dill. At home fish and potato and milk and *no dill* is what they give you in hospital.`,
			recommendedBy: ['dmytro', 'linnea', 'seun']
		},
		{
			key: 'chowder-12',
			by: 'dmytro',
			minutesAfter: 141,
			replyTo: 'chowder-11',
			body: `Supported. I would add that dill is also for the beer after.`,
			recommendedBy: ['marek', 'linnea']
		},
		{
			key: 'chowder-13',
			by: 'linnea',
			minutesAfter: 149,
			replyTo: 'chowder-12',
			body: `Sweden stands with Poland and Ukraine on this question.`,
			recommendedBy: ['marek', 'dmytro', 'mei', 'kenji', 'seun', 'barnaby', 'amelie']
		},
		{
			key: 'chowder-14',
			by: 'nuala',
			minutesAfter: 155,
			replyTo: 'chowder-11',
			body: `> [Marek Wiśniewski said,](/c/chowder-11)
> is what they give you in hospital

I work in one. We should be so lucky.`,
			recommendedBy: ['marek', 'dot', 'wanjiru', 'seun', 'geoff']
		},
		{
			key: 'chowder-15',
			by: 'kenji',
			minutesAfter: 190,
			body: `A confession, under the protection of this page. One spoon of white miso, in with the onions, at the end of Dot's half hour. Nobody at the bowls club has ever identified it. They say that I have "got the haddock right".`,
			recommendedBy: ['soledad', 'mei', 'wanjiru', 'priya', 'linnea']
		},
		{
			key: 'chowder-16',
			by: 'geoff',
			minutesAfter: 204,
			replyTo: 'chowder-15',
			body: `I have been at the bowls club for twenty years and I have eaten that chowder. I stood up and *proposed a vote of thanks* for that chowder.`,
			recommendedBy: ['kenji', 'dot', 'mei', 'colm', 'soledad', 'rosalind']
		},
		{
			key: 'chowder-17',
			by: 'kenji',
			minutesAfter: 209,
			replyTo: 'chowder-16',
			body: `I have it framed. Will you want it back?`
		},
		{
			key: 'chowder-18',
			by: 'geoff',
			minutesAfter: 214,
			replyTo: 'chowder-17',
			body: `The vote stands. I move only that the recipe be entered in the minutes.`,
			recommendedBy: ['kenji', 'dot', 'mei', 'gwen']
		},
		{
			key: 'chowder-19',
			by: 'seun',
			minutesAfter: 260,
			editedMinutesAfter: 268,
			earlierBody: `My mum's from Calabar and her verdict on all nine is: where is the pepper. Not black pepper. Pepper. She took a pot of hers to the lifeboat supper last year with a scotch bonnet in and there was a silence, and then a queue.`,
			body: `My mum's from Calabar and her verdict on all nine is: where is the pepper. Not black pepper. Pepper. She took a pot of hers to the lifeboat supper last year with a scotch bonnet in and there was a silence, and then a queue.

Edit: mum says two scotch bonnets, and to stop telling people it was one.`,
			recommendedBy: ['wanjiru', 'youssef', 'soledad', 'hal', 'dot', 'priya', 'nuala']
		},
		{
			key: 'chowder-20',
			by: 'hal',
			minutesAfter: 275,
			replyTo: 'chowder-19',
			body: `> [Seun Adebayo-Clarke said,](/c/chowder-19)
> there was a silence, and then a queue

I was in the silence. I was also, later, in the queue. The coxswain had to go outside and look at the sea.`,
			recommendedBy: ['seun', 'dot', 'wanjiru', 'soledad', 'colm', 'youssef', 'beatriz', 'nuala']
		}
	]
};
