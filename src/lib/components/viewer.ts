/** Who is signed in, as every page's frame shows it. */
export interface Viewer {
	name: string;
	/** `/people/NAME` */
	url: string;
	isStaff: boolean;
	isEditor: boolean;
	isAdmin: boolean;
	/** What they were told and have not read; counted no further than one over `MOST_COUNTED`. */
	unread: number;
}
