/** Who is signed in, as every page's frame shows it. */
export interface Viewer {
	name: string;
	/** `/people/NAME` */
	url: string;
	isStaff: boolean;
	isEditor: boolean;
	isAdmin: boolean;
}
