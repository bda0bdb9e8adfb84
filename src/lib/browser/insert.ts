/** Replaces a part of a box's text as if it were typed, so that it can be undone. */
export function replace(
	text: HTMLTextAreaElement,
	words: string,
	from = text.selectionStart,
	to = text.selectionEnd
): void {
	text.focus();
	text.setSelectionRange(from, to);
	// The only way that a browser's own "undo" knows of, however old it is.
	if (document.execCommand('insertText', false, words)) return;
	text.setRangeText(words, from, to, 'end');
	text.dispatchEvent(new Event('input', { bubbles: true }));
}
