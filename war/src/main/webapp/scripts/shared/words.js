/* The texts of the page, in the viewer's language; WEB-INF/panel/words.xhtml writes them. */
let known;

const learn = () =>
  new Map(
    [...document.querySelectorAll('#words [data-word]')].map((each) => [each.dataset.word, each.textContent]),
  );

/* Replaces {0}, {1} and so on; a gap without a value stays. */
export const fill = (text, values) => text.replace(/\{(\d+)\}/g, (gap, number) => values[number] ?? gap);

/* Returns the text with its gaps filled, or the key if the page does not have it. */
export const word = (key, ...values) => {
  known ??= learn();
  return fill(known.get(key) || key, values);
};
