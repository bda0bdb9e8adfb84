/** Characters of what a reader says is wrong: room to say what the desk has to look for. */
export const WORDS_LENGTH = 2000;
/** Characters of the passage that it is about: a long paragraph. */
export const PASSAGE_LENGTH = 1000;
/** Characters of what the desk answers. */
export const ANSWER_LENGTH = 2000;
/** Characters of a correction note: a sentence or two. */
export const NOTE_LENGTH = 1000;
