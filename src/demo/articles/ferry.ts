import type { DemoArticle } from '../types.ts';

/** The busiest discussion: more than sixty comments, one chain of replies ten deep. */
export const ferry: DemoArticle = {
	slug: 'the-1110-to-corrow',
	title: 'The 11.10 to Corrow will sail no more',
	standfirst:
		'The harbour trust is to withdraw the late ferry, which it says carries nine people a night. The nine have begun to introduce themselves.',
	body: `For sixty-one years the last boat of the night has left the Custom House steps at ten past eleven, with its deck lights off so that the helmsman can see, and gone fourteen minutes across the Wren to Corrow. From the first of next month it will not. The last sailing will be at 8.40pm, and anyone on the wrong side of the water after that may drive the thirty-one miles round by Stanner Bridge, or wait for the morning.

The Wrenmouth Harbour Trust, which has run the ferry since it took over from the railway company, says that it has no choice. The late crossing loses £112,000 a year, according to a consultation paper published this week, and was used last winter by an average of nine passengers a night.

“Nobody here wants to be the person who stops the 11.10,” said Lowri Pascoe-Dunn, the trust’s chief executive. “But we are asking six hundred daytime passengers to pay for nine, and at some point it is only fair to say so out loud.”

### Who the nine are

On the crossing that the Courier took, there were eleven: four nurses, a pastry cook, two sixth-formers, a man with a cello, a couple who had been to the pictures, and Bram Oakes, who runs the grill at the Old Bonded Warehouse and lives over the water because that is where he could find a flat with a door.

> “You cannot run a town that goes home before the washing-up is done.”

“It is not nightlife,” Mr Oakes said. “It’s the far end of the working day. I don’t know who they think turns the lights off.” The man with the cello, who asked not to be named because he was supposed to be practising, said that he had moved to Corrow for the ferry and would move away for the lack of it.

### What the paper says

The consultation, which runs for four weeks, sets out the trust’s case in a single table:

- **£112,000**: the yearly loss attributed to the late sailing
- **£38,400**: what the county pays towards evening services, which ends in March
- **9**: average passengers on the 11.10, counted over six weeks in January and February
- **31 miles**: the distance by road, which the paper describes as “an available alternative”

It offers no other option, such as a smaller boat or fewer nights. The trust said that these had been “looked at informally”. Its board will decide at its next meeting, which is open to the public and begins, as it always has, at half past eight in the evening, so that residents of Corrow who wish to hear the end of it should arrange to stay with friends.`,
	category: 'harbour',
	byline: 'marguerite-askew',
	source: { name: 'Wrenmouth Harbour Trust consultation paper' },
	image: { credit: 'The Kittiwake at the Custom House steps, by Joss Varley' },
	commenting: 'open',
	hoursAgo: 31,
	comments: [
		{
			key: 'ferry-01',
			by: 'nuala',
			minutesAfter: 11,
			body: `I am one of the nine. My shift at Wrenmouth General ends at 10.30pm, which gives me exactly enough time to hand over, find my other shoe and get down the steps. I have done it for fourteen years. There are usually four of us from the hospital on that boat and we do not talk, because we have talked all day, and it is the best quarter of an hour I get.

If it goes I have three choices: drive 31 miles at midnight after twelve and a half hours on my feet, ask for days only (there is a queue), or find a job on my own side of the water. I do not think the trust has counted what it costs to replace a nurse.`,
			recommendedBy: ['dot', 'wanjiru', 'seun', 'colm', 'priya', 'amelie', 'hal', 'tariq', 'gwen']
		},
		{
			key: 'ferry-02',
			by: 'dot',
			minutesAfter: 19,
			replyTo: 'ferry-01',
			body: `My Eric went the other way. He lived with his mother in Corrow before we were married and took the 11.30 *back* to start at the bakery at midnight. A ferry has two directions and I notice that the trust has only counted one of them.`,
			recommendedBy: ['nuala', 'priya', 'tariq', 'hal', 'mei']
		},
		{
			key: 'ferry-03',
			by: 'nuala',
			minutesAfter: 24,
			replyTo: 'ferry-02',
			body: `There is a lad from the bakery who does it still, Dot. He sleeps on the bench by the lifejackets. Whoever is last off leaves him a note if it is raining.`,
			recommendedBy: ['dot', 'colm', 'amelie']
		},
		{
			key: 'ferry-04',
			by: 'geoff',
			minutesAfter: 26,
			body: `I have every sympathy with nurses. But I sat on the finance committee for eleven years, and somebody has to do the sum, so here it is.

Nine passengers, 363 nights: call it 3,270 people a year. £112,000 divided by 3,270 is a little over £34. That is the subsidy for *each person, each night*. We could hand every one of them a taxi voucher and a hot supper and still have change for the library roof.`,
			recommendedBy: ['marek', 'rat', 'barnaby']
		},
		{
			key: 'ferry-05',
			by: 'youssef',
			minutesAfter: 33,
			replyTo: 'ferry-04',
			body: `I drive the taxi. Wrenmouth to Corrow by Stanner Bridge after eleven is £68 on the meter and I come back empty. So no, Geoff, you could not, not even without the supper.`,
			recommendedBy: ['nuala', 'wanjiru', 'seun', 'dot']
		},
		{
			key: 'ferry-06',
			by: 'geoff',
			minutesAfter: 38,
			replyTo: 'ferry-05',
			body: `> [Youssef El Amrani said,](/c/ferry-05)
> Wrenmouth to Corrow by Stanner Bridge after eleven is £68 on the meter

Four to a cab makes it £17 each, and Nuala says there are four of them from the hospital alone. I concede the supper.`
		},
		{
			key: 'ferry-07',
			by: 'youssef',
			minutesAfter: 47,
			replyTo: 'ferry-06',
			body: `Four people who live at one address, maybe. Corrow is five miles long and one street wide. The last of your four gets home at half past midnight, and I still have to go back for the next four, who are standing in the rain on the steps looking at where the boat was.`,
			recommendedBy: ['nuala', 'tariq', 'beatriz']
		},
		{
			key: 'ferry-08',
			by: 'priya',
			minutesAfter: 58,
			replyTo: 'ferry-04',
			body: `Geoff's division is right. It is the nine that worries me.

I have the consultation paper open. Table 3 gives 378 passengers counted on the 11.10 between 6 January and 16 February. That is 42 nights, and 378 divided by 42 is nine. Not 9.2, not 8.7: nine. When an average comes out as a whole number I like to sit and look at it for a while. Were there really 42 sailings?`,
			recommendedBy: ['mei', 'geoff', 'tariq', 'kenji', 'rosalind']
		},
		{
			key: 'ferry-09',
			by: 'hal',
			minutesAfter: 66,
			replyTo: 'ferry-08',
			body: `There were not. I'm deckhand on the Kittiwake (my own views, not the trust's). She went up the slip for her stern gland on the 19th of January and did not carry anybody after half past eight for a fortnight. The little Dunlin did the day runs, and she is not licensed for the dark.`,
			recommendedBy: ['priya', 'mei', 'nuala', 'dot', 'geoff', 'tariq', 'wanjiru']
		},
		{
			key: 'ferry-10',
			by: 'priya',
			minutesAfter: 74,
			replyTo: 'ferry-09',
			body: `> [Hal Trevanion said,](/c/ferry-09)
> did not carry anybody after half past eight for a fortnight

Then fourteen of those 42 nights are noughts, and not because nobody came but because nothing sailed. 378 over the 28 nights that remain is **13.5**, half as many people again. By Geoff's method that makes 4,900 a year, and a little under £23 a head.`,
			recommendedBy: ['nuala', 'mei', 'dot', 'geoff', 'seun', 'linnea', 'kenji', 'amelie', 'colm']
		},
		{
			key: 'ferry-11',
			by: 'geoff',
			minutesAfter: 83,
			replyTo: 'ferry-10',
			body: `If that is so I withdraw the £34, and shall say so to the trust in writing. £23 is still a good deal of money. But I do not care to be handed a number with a fortnight of nothing in it.`,
			recommendedBy: ['priya', 'nuala', 'hal', 'mei', 'dot', 'rosalind', 'tariq']
		},
		{
			key: 'ferry-12',
			by: 'mei',
			minutesAfter: 96,
			replyTo: 'ferry-11',
			body: `Now do the other number. The £112,000 is "attributable cost", and you have to go to note 7 to learn what was attributed. The late boat is charged a share, by hours run, of the insurance, the slip, the ticket office and the chief executive's department. None of those gets any smaller when the boat is tied up.

What actually stops is fuel, three people's night rate and the lights on two pontoons: £71,000. Take off about £10,000 in fares that would no longer be paid, and **the trust saves £61,000**, not £112,000.`,
			recommendedBy: ['priya', 'geoff', 'rosalind', 'tariq', 'wanjiru', 'hal']
		},
		{
			key: 'ferry-13',
			by: 'priya',
			minutesAfter: 108,
			replyTo: 'ferry-12',
			body: `> [Mei-Ling Foo said,](/c/ferry-12)
> None of those gets any smaller when the boat is tied up.

So: £61,000 over 4,900 people is about £12.45. From £34 to £12 in an hour and a half, and we have not left the trust's own document.

Two cautions, against our own side:

1. The count is from January and February. That probably makes even £12.45 too high, but "probably" is doing the work there, because nobody has counted the summer.
2. I am resting fourteen nights on one deckhand's memory. Sorry, Hal.`,
			recommendedBy: ['mei', 'geoff', 'nuala', 'linnea', 'kenji']
		},
		{
			key: 'ferry-14',
			by: 'hal',
			minutesAfter: 115,
			replyTo: 'ferry-13',
			body: `No offence taken. The yard's bill is pinned up in the galley: 19 January to 1 February, with a drawing of the chief engineer on it that I won't describe.`,
			recommendedBy: ['priya', 'dmytro', 'dot']
		},
		{
			key: 'ferry-15',
			by: 'geoff',
			minutesAfter: 124,
			replyTo: 'ferry-14',
			body: `£12.45. I have sat through whole budget rounds that moved less than this thread has since lunch.

Would one of you put it into a consultation response, with the table and note numbers? I will sign it, and I have been on the other side of this question since 2009.`,
			recommendedBy: ['nuala', 'hal', 'mei', 'priya', 'wanjiru', 'seun', 'dot']
		},
		{
			key: 'ferry-16',
			by: 'mei',
			minutesAfter: 129,
			replyTo: 'ferry-15',
			body: `Drafting tonight. Priya does table 3, I do note 7, and you do the indignation.`,
			recommendedBy: ['priya', 'geoff', 'rosalind']
		},
		{
			key: 'ferry-17',
			by: 'geoff',
			minutesAfter: 131,
			replyTo: 'ferry-16',
			body: `I am running a surplus.`,
			recommendedBy: ['mei', 'priya', 'dot', 'colm', 'nuala', 'hal']
		},
		{
			key: 'ferry-18',
			by: 'tariq',
			minutesAfter: 142,
			body: `I plan rural transport for a living (elsewhere). Between "a boat for 98 people every night" and "nothing" there is a whole shelf of things that other places do:

1. **A smaller boat.** Twelve seats, two crew, no bar. The Dunlin exists. Needs a licence for the dark, which is months, not years.
2. **Book by nine.** It sails if somebody has booked by 9pm, and otherwise the crew goes home.
3. **Four nights.** Wednesday to Saturday, when most of the shifts and all of the concerts are.
4. **A shared taxi**, with the trust paying the difference between that and the fare.

Not one of these is in the paper. A consultation with a single option is called an announcement.`,
			recommendedBy: ['nuala', 'wanjiru', 'geoff', 'priya', 'amelie', 'seun', 'rosalind', 'hal']
		},
		{
			key: 'ferry-19',
			by: 'nuala',
			minutesAfter: 155,
			replyTo: 'ferry-18',
			body: `> [Tariq Mahmood said,](/c/ferry-18)
> It sails if somebody has booked by 9pm

At nine I am generally holding somebody's hand, or a bag. I could not promise to remember. But I could book a month at a time: I know my rota six weeks ahead, and so does everybody on that boat with a uniform under their coat.`,
			recommendedBy: ['tariq', 'wanjiru', 'priya']
		},
		{
			key: 'ferry-20',
			by: 'tariq',
			minutesAfter: 161,
			replyTo: 'ferry-19',
			body: `That is the kind of thing nobody says at a consultation because nobody is asked. Standing bookings, then: with four nurses on a fixed rota you know on the first of the month which nights are certain, and the argument is only about the rest.`,
			recommendedBy: ['nuala', 'mei']
		},
		{
			key: 'ferry-21',
			by: 'marek',
			minutesAfter: 170,
			replyTo: 'ferry-18',
			body: `> [Tariq Mahmood said,](/c/ferry-18)
> Twelve seats, two crew, no bar.

And who buys it? I build slipways, I see what goes up them and the bill that comes down. A new passenger boat coded for night work is £350,000 before anybody has painted the name on.`
		},
		{
			key: 'ferry-22',
			by: 'dmytro',
			minutesAfter: 184,
			replyTo: 'ferry-21',
			body: `New, yes. So do not buy new. Every port in northern Europe has old pilot boats for sale since the pilots went over to faster hulls: £80,000 and an honest survey.

Or light the Dunlin. She wants radar, a second bilge pump and proper navigation lights. What she does not want for is courage.`,
			recommendedBy: ['tariq', 'marek', 'colm', 'beatriz']
		},
		{
			key: 'ferry-23',
			by: 'hal',
			minutesAfter: 190,
			replyTo: 'ferry-22',
			body: `> [Dmytro Hrytsenko said,](/c/ferry-22)
> What she does not want for is courage.

I have been on her in a south-westerly, and it was not the boat that was supplying it.`,
			recommendedBy: ['dmytro', 'dot', 'nuala', 'marek', 'colm']
		},
		{
			key: 'ferry-24',
			by: 'barnaby',
			minutesAfter: 201,
			body: `May I say the obvious? It is nine hundred metres of water. Build a bridge. I moved here from a city with eleven of them and nobody there ever discusses any of them, which is the whole point of a bridge.`,
			recommendedBy: ['marek']
		},
		{
			key: 'ferry-25',
			by: 'dot',
			minutesAfter: 207,
			replyTo: 'ferry-24',
			body: `We had this in 1987, dear. It was to cost fourteen million and go through the sailing club, the Methodist chapel and my kitchen. There was a model of it in the Corn Exchange, with little trees. I still have one of the trees.`,
			recommendedBy: [
				'geoff',
				'colm',
				'gwen',
				'hal',
				'nuala',
				'kenji',
				'barnaby',
				'amelie',
				'beatriz'
			]
		},
		{
			key: 'ferry-26',
			by: 'barnaby',
			minutesAfter: 213,
			replyTo: 'ferry-25',
			body: `> [Dot Applegarth said,](/c/ferry-25)
> I still have one of the trees.

I should like it minuted that I have lost this argument to a tree. But fourteen million! What has the ferry cost in the years since? There must have been a point at which the bridge would have paid for itself.`
		},
		{
			key: 'ferry-27',
			by: 'tariq',
			minutesAfter: 226,
			replyTo: 'ferry-26',
			body: `There was not, and there is less of one now. A crossing of that length, high enough for what the yard builds, would be £120 million today at the very least. On Mei's £61,000 you could keep the late boat going with that for nearly two thousand years.`,
			recommendedBy: ['dot', 'mei', 'priya', 'geoff']
		},
		{
			key: 'ferry-28',
			by: 'rat',
			minutesAfter: 231,
			replyTo: 'ferry-24',
			status: 'removed',
			reason: 'Abuse of another reader.',
			body: `Typical incomer. You people turn up with your laptops and your oat milk and want to pour concrete over whatever you can see from the window. Go back to your eleven bridges, you smug little parasite.`
		},
		{
			key: 'ferry-29',
			by: 'hester',
			minutesAfter: 239,
			replyTo: 'ferry-28',
			body: `I have removed a comment here for abuse of another reader. By all means argue with the bridge. Please leave the person who would like one alone.`,
			recommendedBy: ['dot', 'barnaby', 'rosalind']
		},
		{
			key: 'ferry-30',
			by: 'barnaby',
			minutesAfter: 244,
			replyTo: 'ferry-29',
			body: `I saw it before it went. For the record, I take it black.`,
			recommendedBy: ['hester', 'dot', 'seun', 'youssef', 'soledad']
		},
		{
			key: 'ferry-31',
			by: 'colm',
			minutesAfter: 262,
			body: `The 11.10 is the only hour at which this town is any good at silence. You come down off the quay with the noise of the day still on you, and they put out the deck lights, and thirteen and a half people (I have read the thread) sit in the dark and are carried. I have been in love twice on that boat, once with a person.`,
			recommendedBy: ['nuala', 'amelie', 'gwen', 'beatriz', 'linnea', 'wanjiru', 'kenji']
		},
		{
			key: 'ferry-32',
			by: 'beatriz',
			minutesAfter: 268,
			replyTo: 'ferry-31',
			body: `And the other time?`,
			recommendedBy: ['amelie']
		},
		{
			key: 'ferry-33',
			by: 'colm',
			minutesAfter: 275,
			replyTo: 'ferry-32',
			body: `With the light on the Calf, the moment she clears the harbour wall and it comes round and finds you. It never answered my letters either.`,
			recommendedBy: ['beatriz', 'amelie', 'gwen', 'nuala', 'linnea']
		},
		{
			key: 'ferry-34',
			by: 'dot',
			minutesAfter: 281,
			replyTo: 'ferry-33',
			body: `You were sick over the side of that boat at the regatta supper in 1996. I held your hat.`,
			recommendedBy: ['beatriz', 'hal', 'geoff', 'soledad', 'nuala', 'youssef']
		},
		{
			key: 'ferry-35',
			by: 'colm',
			minutesAfter: 284,
			replyTo: 'ferry-34',
			body: `That was the person, Dot.`,
			recommendedBy: [
				'dot',
				'beatriz',
				'amelie',
				'hal',
				'nuala',
				'gwen',
				'wanjiru',
				'marek',
				'seun'
			]
		},
		{
			key: 'ferry-36',
			by: 'wanjiru',
			minutesAfter: 305,
			body: `I run the kitchens of one of the hotels on the quay. Of my twenty-three evening staff, eight live in Corrow, because that is where the rents are. With the last boat at 8.40:

- last orders are at 9.15, so they miss the mains
- the pass is clean by 10.30, so they miss the clearing up
- which leaves them free to work for me from five until half past eight, when almost nobody is eating

The paper says that the change will affect "principally leisure passengers". My leisure passengers smell of onions.`,
			recommendedBy: ['nuala', 'soledad', 'tariq', 'dot', 'youssef', 'seun', 'beatriz', 'mei']
		},
		{
			key: 'ferry-37',
			by: 'soledad',
			minutesAfter: 318,
			replyTo: 'ferry-36',
			body: `> [Wanjiru Kamau said,](/c/ferry-36)
> My leisure passengers smell of onions.

I am having that printed on the tea towels.

It is three of my seven. I would sooner pay something towards the boat than pay another agency for people who don't know where the plates are. Has anybody asked the restaurants? Twelve of us on the quay at £40 a week is nearly £25,000 a year.`,
			recommendedBy: ['wanjiru', 'mei', 'geoff', 'nuala', 'tariq']
		},
		{
			key: 'ferry-38',
			by: 'wanjiru',
			minutesAfter: 327,
			replyTo: 'ferry-37',
			body: `Nobody has asked. We are in for £40 and I will see the other two hotels in the morning. Who has a spreadsheet?`,
			recommendedBy: ['soledad', 'nuala']
		},
		{
			key: 'ferry-39',
			by: 'mei',
			minutesAfter: 333,
			replyTo: 'ferry-38',
			body: `It is always me who has a spreadsheet. £24,960, to be exact, which against £61,000 is 41 per cent. That is not a gesture. That is a partner.`,
			recommendedBy: ['soledad', 'wanjiru', 'priya', 'geoff']
		},
		{
			key: 'ferry-40',
			by: 'geoff',
			minutesAfter: 341,
			replyTo: 'ferry-37',
			body: `> [Soledad Ibáñez said,](/c/ferry-37)
> I would sooner pay something towards the boat than pay another agency

A levy proposed by the people who would pay it. In eleven years on finance I never saw such a thing in the wild. Nobody move.`,
			recommendedBy: ['soledad', 'mei', 'linnea', 'priya', 'dot']
		},
		{
			key: 'ferry-41',
			by: 'seun',
			minutesAfter: 366,
			body: `I'm nineteen and I live in Corrow. The pictures finish at 10.45. Football under the lights finishes at half nine. Band practice finishes when somebody's dad rings up. If the last boat is at 8.40 then everyone my age over here either gets a car or doesn't have evenings.

I'm not saying my evenings are worth £61,000. I'm saying they're not in table 3, because they counted in January and none of us has any money in January.`,
			recommendedBy: ['nuala', 'priya', 'dot', 'colm', 'tariq', 'gwen', 'kenji']
		},
		{
			key: 'ferry-42',
			by: 'amelie',
			minutesAfter: 379,
			replyTo: 'ferry-41',
			body: `In August there are forty of you, and you sing. I say this with affection. My bedroom window is directly above the Corrow steps.`,
			recommendedBy: ['seun', 'dot', 'barnaby']
		},
		{
			key: 'ferry-43',
			by: 'seun',
			minutesAfter: 384,
			replyTo: 'ferry-42',
			body: `Sorry about the singing. It's the acoustics under the boat shed, they make you think you're good.`,
			recommendedBy: ['amelie', 'colm', 'dot']
		},
		{
			key: 'ferry-44',
			by: 'amelie',
			minutesAfter: 390,
			replyTo: 'ferry-43',
			body: `> [Seun Adebayo-Clarke said,](/c/ferry-43)
> It's the acoustics under the boat shed, they make you think you're good.

They do not have that effect from above. But keep the boat.`,
			recommendedBy: ['seun', 'nuala', 'colm', 'hal', 'dot']
		},
		{
			key: 'ferry-45',
			by: 'rosalind',
			minutesAfter: 421,
			body: `Has anybody looked at the Act? Section 14 of the Wrenmouth Harbour Act 1911 requires the trust to maintain a ferry "at all reasonable hours for the conveyance of persons to and from their employment". It has been amended four times and that section never.

There was a case on it in 1934, when the magistrates found that an hour is to be reasonable for the passenger and not for the boat. The trust's lawyers will say that people no longer work as they did in 1911. They are right, and it helps the nurses: more of us than ever go home at eleven.`,
			recommendedBy: ['nuala', 'geoff', 'gwen', 'mei', 'tariq', 'priya', 'kenji']
		},
		{
			key: 'ferry-46',
			by: 'rat',
			minutesAfter: 430,
			replyTo: 'ferry-45',
			misquotes: ['ferry-45'],
			body: `> [Rosalind Thwaite said,](/c/ferry-45)
> requires the trust to maintain a ferry at all hours

There you go then. All hours. They have to run it the whole night by law. Case closed.`
		},
		{
			key: 'ferry-47',
			by: 'rosalind',
			minutesAfter: 444,
			replyTo: 'ferry-46',
			body: `That is put as my words and it is not my words. These are:

> [Rosalind Thwaite said,](/c/ferry-45)
> "at all reasonable hours for the conveyance of persons to and from their employment"

You have left out eleven words, of which "reasonable" is the one that paid for my conservatory.`,
			recommendedBy: ['mei', 'priya', 'geoff', 'dot', 'hester', 'gwen', 'kenji']
		},
		{
			key: 'ferry-48',
			by: 'rat',
			minutesAfter: 452,
			replyTo: 'ferry-47',
			body: `Fair enough. I was quoting from memory of ten seconds before. Still think they should be made to run it.`,
			recommendedBy: ['rosalind', 'dot', 'nuala']
		},
		{
			key: 'ferry-49',
			by: 'kenji',
			minutesAfter: 468,
			replyTo: 'ferry-45',
			body: `The 1934 passengers were the women of the net loft, who finished at ten. The summons hangs in the museum, second room on the left, next to a teapot that is said to have been thrown at the clerk to the trust. The label says "attributed".`,
			recommendedBy: ['rosalind', 'gwen']
		},
		{
			key: 'ferry-50',
			by: 'dot',
			minutesAfter: 475,
			replyTo: 'ferry-49',
			body: `> [Kenji Morimoto said,](/c/ferry-49)
> a teapot that is said to have been thrown at the clerk to the trust

It was thrown. It was my grandmother's. We should like it back at some point.`,
			recommendedBy: ['kenji', 'rosalind', 'gwen', 'geoff', 'colm', 'nuala', 'beatriz', 'hal']
		},
		{
			key: 'ferry-51',
			by: 'linnea',
			minutesAfter: 512,
			editedMinutesAfter: 566,
			earlierBody: `An environmental note, since nobody has made it. If 13.5 people drive round instead, that is some 40 litres of fuel a night between them. The Kittiwake burns about 60 there and back. So the boat is not the green choice on fuel, which is not the answer I was hoping to give you. For the deer on the Stanner road it is another matter.`,
			body: `An environmental note, since nobody has made it. If 13.5 people drive round instead, that is some 40 litres of fuel a night between them. The Kittiwake burns about 22 there and back. So the boat is the better choice on fuel, by nearly half, and for the deer on the Stanner road it is better still.

*Edited: I had 60 litres, which is what she burns in an hour at full power. See Dmytro below. My first version said that the boat was worse; it was I who was worse.*`,
			recommendedBy: ['dmytro', 'priya', 'tariq', 'amelie']
		},
		{
			key: 'ferry-52',
			by: 'dmytro',
			minutesAfter: 549,
			replyTo: 'ferry-51',
			body: `Sixty litres is for one hour at full power, and she has not been shown full power since the regatta. Twenty-eight minutes at harbour revolutions is 22 litres. It is in her fuel log, and also I have to pay for it.`,
			recommendedBy: ['linnea', 'hal', 'priya']
		},
		{
			key: 'ferry-53',
			by: 'linnea',
			minutesAfter: 568,
			replyTo: 'ferry-52',
			body: `Thank you. Corrected above, with the mistake left in view. It is a great relief to be wrong in this direction.`,
			recommendedBy: ['dmytro', 'kenji']
		},
		{
			key: 'ferry-54',
			by: 'marek',
			minutesAfter: 610,
			status: 'deleted',
			body: `Everybody here weeps for the nurses, so let the hospital pay for the nurses. It has a car park that earns more than the whole ferry. Why is it always the rest of us?`
		},
		{
			key: 'ferry-55',
			by: 'nuala',
			minutesAfter: 628,
			replyTo: 'ferry-54',
			body: `You need not have taken that down, Marek. It was sharp but it was a fair question, and I should quite like to hear my employer answer it.`,
			recommendedBy: ['marek', 'dot', 'geoff']
		},
		{
			key: 'ferry-56',
			by: 'marek',
			minutesAfter: 641,
			replyTo: 'ferry-55',
			body: `I wrote it angry after a long day on somebody's roof. The question I keep, politely: has anyone asked the hospital to put in, when four of the passengers are going home from it?`,
			recommendedBy: ['nuala', 'tariq', 'soledad']
		},
		{
			key: 'ferry-57',
			by: 'marguerite',
			minutesAfter: 1032,
			replyTo: 'ferry-56',
			body: `I have now. The health board's answer, in full: "The board does not fund journeys to or from work." I asked whether it had been approached by the trust. It had not. I asked whether it would like to be. There was a pause, and then: "We would read a letter."`,
			recommendedBy: ['marek', 'nuala', 'wanjiru', 'tariq', 'mei', 'rosalind']
		},
		{
			key: 'ferry-58',
			by: 'marguerite',
			minutesAfter: 1386,
			body: `An update from me. I put the fourteen nights to the trust this morning. It confirms that the Kittiwake was out of service from 19 January to 1 February, and that those nights were "included in the denominator in error". The consultation paper will be reissued with a corrected table, and the four weeks will start again.

I have asked about note 7 as well and am promised an answer. The article will carry a correction. Thank you, Priya, Hal and Mei-Ling: this is the part of the job I like.`,
			recommendedBy: [
				'priya',
				'hal',
				'mei',
				'geoff',
				'nuala',
				'dot',
				'tariq',
				'wanjiru',
				'rosalind',
				'callum',
				'seun'
			]
		},
		{
			key: 'ferry-59',
			by: 'priya',
			minutesAfter: 1394,
			replyTo: 'ferry-58',
			body: `> [Marguerite Askew said,](/c/ferry-58)
> "included in the denominator in error"

Stonemasons, please quote me a price for that in Portland.`,
			recommendedBy: ['mei', 'geoff', 'linnea', 'kenji', 'rosalind', 'gwen', 'marguerite']
		},
		{
			key: 'ferry-60',
			by: 'dot',
			minutesAfter: 1402,
			replyTo: 'ferry-58',
			body: `> [Marguerite Askew said,](/c/ferry-58)
> The consultation paper will be reissued with a corrected table

And will they count the 11.30 coming back this time? There is a boy asleep on it.`,
			recommendedBy: ['nuala', 'priya', 'hal', 'marguerite', 'colm']
		},
		{
			key: 'ferry-61',
			by: 'marguerite',
			minutesAfter: 1425,
			replyTo: 'ferry-60',
			body: `They had not counted it. They will now. I did mention the boy.`,
			recommendedBy: ['dot', 'nuala', 'priya', 'colm', 'hal']
		},
		{
			key: 'ferry-62',
			by: 'barnaby',
			minutesAfter: 1467,
			replyTo: 'ferry-58',
			body: `I have lived in places where a thing like this would have been four hundred people shouting and then a ribbon cut on a car park. I withdraw the bridge.`,
			recommendedBy: ['dot', 'hester', 'tariq', 'geoff', 'rat']
		},
		{
			key: 'ferry-63',
			by: 'nuala',
			minutesAfter: 1790,
			body: `Came off shift and read all of this on the boat. There were seventeen of us tonight; I counted, since it seems that somebody has to. Two of them were Geoff and his wife.`,
			recommendedBy: [
				'dot',
				'priya',
				'colm',
				'hal',
				'wanjiru',
				'mei',
				'amelie',
				'marguerite',
				'tariq'
			]
		},
		{
			key: 'ferry-64',
			by: 'geoff',
			minutesAfter: 1801,
			replyTo: 'ferry-63',
			body: `We wished to see what £12.45 looked like. It looked very well.`,
			recommendedBy: ['nuala', 'mei', 'priya', 'dot', 'hal', 'colm', 'gwen', 'callum']
		},
		{
			key: 'ferry-65',
			by: 'colm',
			minutesAfter: 1806,
			replyTo: 'ferry-64',
			body: `Did anybody speak?`
		},
		{
			key: 'ferry-66',
			by: 'nuala',
			minutesAfter: 1811,
			replyTo: 'ferry-65',
			body: `Not a word. It was perfect.`,
			recommendedBy: ['colm', 'geoff', 'dot', 'amelie', 'hal', 'beatriz', 'gwen', 'wanjiru']
		}
	]
};
