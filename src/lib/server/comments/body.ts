/** A piece of a stored body: Markdown of the comment's own words, or the id of a quote that stands there. */
export type Segment = { text: string } | { quote: string };

/** A piece of a rendered body: safe HTML, or the id of a quote that stands there. */
export type Block = { html: string } | { quote: string };
