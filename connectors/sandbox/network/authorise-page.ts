import { asText, PAGE_STYLE, styleHash } from './page.ts'
import type { Account } from './store.ts'

const STYLE = `${PAGE_STYLE}
label,fieldset{display:block;margin:.75rem 0;border:0;padding:0}legend{font-weight:600;padding:0}
input[type=text]{font:inherit;padding:.4rem .5rem;width:100%;box-sizing:border-box;border:1px solid #545d6e;border-radius:6px}
button{font:inherit;padding:.5rem 1rem;margin-right:.5rem;border-radius:6px;border:1px solid #545d6e;background:#fff;cursor:pointer}
button[value=allow]{background:#3b5bdb;border-color:#3b5bdb;color:#fff}`

/** Like that of the other pages, and forms may lead to us and back to the app: browsers ask that of redirects too. */
export const authorisePolicy = (redirectUri: string): string =>
  `default-src 'none'; style-src '${styleHash(STYLE)}'; frame-ancestors 'none'; base-uri 'none'; form-action 'self' ${new URL(redirectUri).origin}`

/** Asks a person whether the app may act for an account; nobody here is real, so there is no password. */
export function authorisePage(app: string, people: readonly Account[], asked: Record<string, string>): string {
  const hidden = Object.entries(asked).map(
    ([name, value]) => `<input type="hidden" name="${asText(name)}" value="${asText(value)}">`,
  )
  const known = people.map(({ handle }) => `<option value="${asText(handle)}">`)
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Allow ${asText(app)}?</title><style>${STYLE}</style></head>
<body><main><h1>Allow ${asText(app)}?</h1>
<p>This is the sandbox network: nobody here is real, and there are no passwords. Say whose account it is; a name nobody has yet becomes a new account.</p>
<form method="post" action="authorize">${hidden.join('')}
<label>Your name here <input type="text" name="handle" required maxlength="41" list="people" autocomplete="off" autofocus></label>
<datalist id="people">${known.join('')}</datalist>
<fieldset><legend>${asText(app)} may</legend>
<label><input type="checkbox" checked disabled> read posts</label>
<label><input type="checkbox" name="write" checked> post as you</label></fieldset>
<button name="answer" value="allow">Allow</button><button name="answer" value="deny" formnovalidate>Do not allow</button>
</form></main></body></html>`
}
