import { nameKey, nameSkeleton } from '../../lib/server/accounts/names/names.ts';

const FIRST = (
	'Abel Ada Agnes Alban Alma Amos Anselm Astrid Aubrey Barnaby Beatrice Bertram Briony Caleb Carys ' +
	'Cedric Clement Constance Cora Cuthbert Daphne Delia Dorcas Edith Edmund Elfrida Elspeth Emrys Enid ' +
	'Ephraim Esme Eustace Felix Flora Gideon Greta Gwendolen Hector Hilda Horace Ida Imogen Isolde ' +
	'Jabez Jemima Josiah Juno Keziah Lemuel Leopold Lettice Lucian Mabel Magnus Marius Maud Mercy Morwenna ' +
	'Nesta Obadiah Octavia Olive Osbert Otto Pascoe Pearl Percy Petra Phoebe Quentin Ralph Rhoda Rufus ' +
	'Sabina Selwyn Silas Sybil Tabitha Thora Tobit Una Ursula Verity Walter Wenna Winifred Ysolde Zillah'
).split(' ');

const LAST = (
	'Abbot Alder Ashdown Barrow Beck Birch Blackwood Bramble Bray Brook Buckle Burrows Calder Carrow ' +
	'Catch Chandler Cobb Copse Crane Crook Dale Darrow Dell Dray Drover Eddy Elder Fallow Fathom Fenn ' +
	'Ferry Flint Ford Frost Gable Garland Garth Gill Glover Goss Grange Gull Hale Harrow Hatch Hawke ' +
	'Heath Hollis Holt Hooper Hythe Keel Kestrel Lamb Larkin Lathe Locke Lowe Lynch Marsh Mast Mead Mercer ' +
	'Mole Moss Nettle Oakes Orchard Otter Paddock Pike Plover Pond Poole Quay Quill Rafter Reed Ridge Rook ' +
	'Rowan Rudd Rush Sallow Sedge Shaw Shore Skerry Sloe Spar Stile Stoat Strand Swift Tarn Thatch Thorne ' +
	'Tiller Tranter Vale Wade Warren Weir Wharf Wick Wren Yarrow'
).split(' ');

const INITIALS = 'ABCDEFGHJKLMNOPRSTUVW';

/** A name with what an account keeps of it. */
export interface MadeName {
	name: string;
	key: string;
	skeleton: string;
}

/** The nth name, each another one: first and last names, then with an initial between. */
function nth(index: number): string {
	const pairs = FIRST.length * LAST.length;
	const round = Math.floor(index / pairs);
	// A stride that shares no factor with the number of pairs comes by each once.
	const pair = (index * 3571) % pairs;
	const first = FIRST[pair % FIRST.length];
	const last = LAST[Math.floor(pair / FIRST.length)];
	return round === 0 ? `${first} ${last}` : `${first} ${INITIALS[round - 1]}. ${last}`;
}

/** Names that no two people share or could mistake for each other's; `taken` are skeletons in use. */
export function* madeNames(count: number, taken: Set<string>): Generator<MadeName> {
	let made = 0;
	for (let index = 0; made < count; index++) {
		const name = nth(index);
		const skeleton = nameSkeleton(name);
		if (taken.has(skeleton)) continue;
		taken.add(skeleton);
		made++;
		yield { name, key: nameKey(name), skeleton };
	}
}
