import type { DemoByline, DemoCategory, Person } from './types.ts';

/** The newspaper's name. */
export const name = 'The Harbour Courier';

/** The line under the name. */
export const tagline = 'Wrenmouth, Corrow and the water between, since 1868';

/** The sections, in the order of the front page. */
export const categories: DemoCategory[] = [
	{
		slug: 'harbour',
		name: 'Harbour',
		description: 'The port, the ferry, the fleet, and what lives on and under the estuary.'
	},
	{
		slug: 'town',
		name: 'Town',
		description: 'The council, the schools, the streets, and who is paying for them.'
	},
	{
		slug: 'opinion',
		name: 'Opinion',
		description: 'Columns that you are invited to disagree with.'
	},
	{
		slug: 'life',
		name: 'Life',
		description: 'Food, books, music and the rest of the week.'
	}
];

/** The authors as printed. */
export const bylines: DemoByline[] = [
	{
		slug: 'marguerite-askew',
		name: 'Marguerite Askew',
		role: 'Harbour correspondent',
		bio: 'Marguerite Askew has reported on the port for nineteen years, the last seven of them for the Courier. She grew up over a chandler’s shop on Custom House Quay, holds a day skipper’s certificate, and is regularly overtaken.',
		person: 'marguerite'
	},
	{
		slug: 'tobias-fenn',
		name: 'Tobias Fenn',
		role: 'Environment reporter',
		bio: 'Tobias Fenn covers the estuary, the weather and everything that is arguing about either. He trained as a soil scientist and came to newspapers by way of a letter of complaint.',
		person: 'tobias'
	},
	{
		slug: 'ifeoma-lyle',
		name: 'Ifeoma Lyle',
		role: 'Local government reporter',
		bio: 'Ifeoma Lyle has sat through more council meetings than most councillors. She joined the Courier from a shipping trade weekly and reads the appendices first.'
	},
	{
		slug: 'piers-hallam',
		name: 'Piers Hallam',
		role: 'Columnist',
		bio: 'Piers Hallam has written the Saturday column since the Courier was set in hot metal, and would like it known that the machines were no quieter. He lives within sound of the fog signal.',
		person: 'piers'
	},
	{
		slug: 'runa-sigurdsen',
		name: 'Runa Sigurdsen',
		role: 'Food and arts writer',
		bio: 'Runa Sigurdsen was born in Tórshavn, cooked for eleven years on the quay, and now writes about other people’s kitchens, which she finds are cleaner than hers was.'
	}
];

/** Everybody with an account: readers first, then the paper's own writers and staff. */
export const people: Person[] = [
	{
		key: 'nuala',
		name: 'Nuala Brannigan',
		role: 'reader',
		bio: 'Nurse. Corrow side. Usually on the late boat.'
	},
	{
		key: 'geoff',
		name: 'Geoff Tranter',
		role: 'reader',
		bio: 'Councillor, 2001 to 2012. Eleven years on finance. I read the footnotes.'
	},
	{
		key: 'priya',
		name: 'Priya Raghunathan',
		role: 'reader',
		bio: 'Statistician, mostly retired, not at all reformed.'
	},
	{
		key: 'hal',
		name: 'Hal Trevanion',
		role: 'reader',
		bio: 'Deckhand, MV Kittiwake. What I say here is mine and not the trust’s.'
	},
	{
		key: 'dot',
		name: 'Dot Applegarth',
		role: 'reader',
		bio: 'Eighty-one. Born on Net Loft Lane, have not got far.'
	},
	{ key: 'mei', name: 'Mei-Ling Foo', role: 'reader', bio: 'Accountant. It is always in note 7.' },
	{
		key: 'youssef',
		name: 'Youssef El Amrani',
		role: 'reader',
		bio: 'Taxi number 14. Twenty years of this town through a windscreen.'
	},
	{
		key: 'tariq',
		name: 'Tariq Mahmood',
		role: 'reader',
		bio: 'I plan buses and boats for places that are not here.'
	},
	{ key: 'wanjiru', name: 'Wanjiru Kamau', role: 'reader', bio: 'Hotel kitchens on the quay.' },
	{
		key: 'soledad',
		name: 'Soledad Ibáñez',
		role: 'reader',
		bio: 'Cook and owner, eleven tables.'
	},
	{
		key: 'beatriz',
		name: 'Beatriz Seabra',
		role: 'reader',
		bio: 'Fishmonger, third generation, second country.'
	},
	{ key: 'colm', name: 'Colm Ó Faoláin', role: 'reader', bio: 'Poems, and a van.' },
	{
		key: 'rosalind',
		name: 'Rosalind Thwaite',
		role: 'reader',
		bio: 'Solicitor. Nothing here is advice.'
	},
	{
		key: 'linnea',
		name: 'Linnéa Bergqvist',
		role: 'reader',
		bio: 'Ornithologist. Yes, even gulls. Especially gulls.'
	},
	{
		key: 'kenji',
		name: 'Kenji Morimoto',
		role: 'reader',
		bio: 'Clocks, barometers, anything with a spring in it.'
	},
	{
		key: 'dmytro',
		name: 'Dmytro Hrytsenko',
		role: 'reader',
		bio: 'Marine engineer, Odesa and then here.'
	},
	{
		key: 'marek',
		name: 'Marek Wiśniewski',
		role: 'reader',
		bio: 'Scaffolding, slipways, roofs. Eight owls.'
	},
	{ key: 'amelie', name: 'Amélie Dufresne', role: 'reader', bio: 'Translator, Corrow steps.' },
	{ key: 'barnaby', name: 'Barnaby Strake', role: 'reader', bio: 'New here. I keep being told.' },
	{
		key: 'gwen',
		name: 'Gwen Prothero',
		role: 'reader',
		bio: 'Thirty-four years in the library, nine of them underneath it.'
	},
	{ key: 'seun', name: 'Seun Adebayo-Clarke', role: 'reader' },
	{ key: 'rat', name: 'Harbour Rat', role: 'reader' },
	{
		key: 'marguerite',
		name: 'Marguerite Askew',
		role: 'reader',
		bio: 'Harbour correspondent of the Courier.'
	},
	{
		key: 'tobias',
		name: 'Tobias Fenn',
		role: 'reader',
		bio: 'Environment reporter of the Courier.'
	},
	{ key: 'piers', name: 'Piers Hallam', role: 'reader', bio: 'I write the Saturday column.' },
	{
		key: 'hester',
		name: 'Hester Vane',
		role: 'moderator',
		bio: 'I look after the comments. Write to me if I got one wrong.'
	},
	{ key: 'callum', name: 'Callum Reith', role: 'editor', bio: 'Editor of the Courier.' },
	{ key: 'adaeze', name: 'Adaeze Nwosu', role: 'admin', bio: 'Keeps the presses turning.' }
];
