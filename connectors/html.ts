import { compile, type HtmlToTextOptions } from 'html-to-text'

/** A post longer than this is not read further: hostile markup costs time. */
const MOST_HTML = 200_000

const OPTIONS: HtmlToTextOptions = {
  wordwrap: false,
  limits: { maxInputLength: MOST_HTML, maxDepth: 50, ellipsis: '' },
  selectors: [
    // The words of a link are what its reader sees; networks put the address itself there for bare links.
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'img', format: 'skip' },
    { selector: 'h1', options: { uppercase: false } },
    { selector: 'h2', options: { uppercase: false } },
    { selector: 'h3', options: { uppercase: false } },
    { selector: 'h4', options: { uppercase: false } },
    { selector: 'table', options: { uppercaseHeaderCells: false } },
  ],
}

/** Made once: the library lays out its selectors anew at each `convert`, which costs ten times what a post does. */
const convert = compile(OPTIONS)

/** What a reader of the HTML sees, paragraphs apart by an empty line. Never HTML: it is shown as text everywhere. */
export const plainText = (html: string): string => convert(html)
