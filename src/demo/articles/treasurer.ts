import type { DemoArticle } from '../types.ts';

/** Commenting disabled, with a reason; what was said before stays readable. */
export const treasurer: DemoArticle = {
	slug: 'mooring-fees-to-go-before-a-jury',
	title: 'Missing mooring fees to go before a jury',
	standfirst:
		'The former treasurer of the Lower Pool moorings will stand trial in the spring. Berth-holders, meanwhile, are asking how a sum that size can be missing from a biscuit tin.',
	body: `A former treasurer of the Lower Pool Mooring Association has been sent for trial over £86,400 in berth fees that its members say never reached the bank.

Desmond Farrow-Pike, 58, spoke only to confirm his name and to say that he was not guilty of a single charge of fraud by abuse of position. He was released on bail, and a trial of about five days is expected in the spring.

The court was told that the association, which lets 112 berths below the lock, had for many years collected its fees in cash on one Saturday in April, at a table outside the clubhouse. The charge covers four of those Saturdays. Mr Farrow-Pike’s solicitor said that her client “has answers, and looks forward to the opportunity of giving them in the proper place”.

### A change of tin

The association has since moved its affairs to a bank account with two signatories. At a meeting in the clubhouse, members voted by 61 to 3 to have the accounts inspected every year by somebody who does not own a boat.

> “We’ve had the same rules since 1958, and every one of them is about varnish.”

“We’ve had the same rules since 1958, and every one of them is about varnish,” said Ottoline Grey, who was elected commodore at the same meeting. “There is nothing in there about money at all. I think that they thought it was vulgar.”

The harbour trust, which owns the river bed and is paid a share of the fees, said that it would not comment while proceedings were active.`,
	category: 'harbour',
	byline: 'marguerite-askew',
	source: { name: 'Wrenmouth Magistrates’ Court' },
	commenting: 'disabled',
	commentingReason:
		'The case is to be heard by a jury, and anything published here could reach its members. Comments will open again when the trial is over.',
	hoursAgo: 150,
	comments: [
		{
			key: 'treasurer-01',
			by: 'mei',
			minutesAfter: 18,
			body: `I say nothing about anybody in particular. In general: a club that takes its year's income at a folding table, in cash, with one person counting, has not got a treasurer. It has got a hope.

Two people count. Two people sign. A third, who was not there, reads the bank statement. This costs nothing, and it protects the honest treasurer more than anybody.`,
			recommendedBy: ['geoff', 'priya', 'rosalind', 'hal', 'dot', 'tariq', 'wanjiru']
		},
		{
			key: 'treasurer-02',
			by: 'geoff',
			minutesAfter: 31,
			replyTo: 'treasurer-01',
			body: `> [Mei-Ling Foo said,](/c/treasurer-01)
> it protects the honest treasurer more than anybody

I have been treasurer of three clubs, and this is the line that I could never get them to see. They would say "but Geoff, we trust you". I used to answer that I would rather be *checked*.`,
			recommendedBy: ['mei', 'rosalind', 'kenji', 'priya']
		},
		{
			key: 'treasurer-03',
			by: 'hal',
			minutesAfter: 44,
			body: `Berth 40, nine years. You got a ticket out of a raffle book as your receipt. I have all nine of mine. One of them won a ham.`,
			recommendedBy: ['dot', 'seun', 'colm', 'nuala', 'marek']
		},
		{
			key: 'treasurer-04',
			by: 'rosalind',
			minutesAfter: 52,
			body: `A friendly word before this gets going. Once somebody has been charged the law is strict about publishing anything that might influence a jury, and a comment is publishing. "Has not been proved" is the state of affairs. Raffle tickets are evidence: Hal, keep yours flat and dry, and do not post a picture of them.`,
			recommendedBy: ['hester', 'mei', 'hal', 'geoff', 'callum', 'marguerite']
		},
		{
			key: 'treasurer-05',
			by: 'hester',
			minutesAfter: 66,
			body: `Rosalind is right, and it is what I came to say. We are closing comments here until the verdict. Thank you all for having behaved so well up to now; it is not the usual reason for shutting a door.`,
			recommendedBy: ['rosalind', 'mei', 'dot', 'geoff', 'hal']
		}
	]
};
