/** How far a quote's words are borne out by its source. */
export const QUOTE_MATCHES = ['exact', 'altered', 'unresolved'] as const;
/**
 * `exact`: word for word in the revision cited. `altered`: a source is named, the words are not in it.
 * `unresolved`: no source was found.
 */
export type QuoteMatch = (typeof QUOTE_MATCHES)[number];
