import { escapeHtml as text } from '../http/escape-html.ts'
import type { OAuthConnection } from '../user-tokens/oauth-connection.ts'
import { SAMPLE_USERS } from '../user-tokens/sign-in-user.ts'
import type { SignInOutcome } from './deliver-sign-in.ts'

/** A page, and the status it is sent with. */
export interface SignInPage {
  readonly status: number
  readonly title: string
  /** HTML. */
  readonly content: string
}

/** What the page asks. */
export interface SignInForm {
  readonly id: string
  /** The session behind the link. */
  readonly challenge: string | undefined
  readonly ticket: string
  readonly botName: string
  readonly connection: OAuthConnection
  /** Why it is asked once more. */
  readonly problem?: string
  /** What was typed before. */
  readonly typed?: { readonly name: string; readonly upn: string }
}

/** Why there is no form. */
export type ClosedSignIn = 'unknown' | 'expired' | 'used'

const SCOPE_TEXTS: ReadonlyMap<string, string> = new Map([
  ['openid', 'know who you are'],
  ['profile', 'read your name'],
  ['email', 'read your address'],
  ['offline_access', 'do so while you are away'],
])

/** Value of the choice that is typed in. */
export const OTHER_USER = 'other'

/** The whole page, without scripts and with nothing of other origins. */
export function renderPage({ title, content }: SignInPage): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="robots" content="noindex" />
    <title>${text(title)}</title>
    <link rel="icon" href="/chat/icon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="/sign-in/style.css" />
  </head>
  <body>
    <main>
      <h1>${text(title)}</h1>
${content}
    </main>
  </body>
</html>
`
}

/** Who are you, and do you allow it? */
export function formPage({ id, challenge, ticket, botName, connection, problem, typed }: SignInForm): SignInPage {
  const scopes = connection.scopes.map((scope) => `<li>${text(SCOPE_TEXTS.get(scope) ?? scope)}</li>`).join('')
  const hidden = { signin: id, ticket, ...(challenge === undefined ? {} : { code_challenge: challenge }) }
  return {
    status: problem === undefined ? 200 : 400,
    title: `Sign in for ${botName}`,
    content: `
<p class="quiet">The identity provider of this machine. Nobody here is real, so no password is asked.</p>
${problem === undefined ? '' : `<p class="alert" role="alert">${text(problem)}</p>`}
<form method="post" action="/sign-in">
  ${Object.entries(hidden)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${text(value)}" />`)
    .join('\n  ')}
  <fieldset>
    <legend>Who are you?</legend>
    ${SAMPLE_USERS.map((user, index) => userChoice(user.upn, user.name, user.upn, index === 0 && !typed)).join('\n    ')}
    ${userChoice(OTHER_USER, 'Somebody else', 'Type a name and an address', typed !== undefined)}
    <div class="own">
      <label>Name <input name="name" maxlength="100" autocomplete="off" value="${text(typed?.name ?? '')}" /></label>
      <label>Address
        <input name="upn" maxlength="200" autocomplete="off" inputmode="email" autocapitalize="none" spellcheck="false"
          placeholder="somebody@example.com" value="${text(typed?.upn ?? '')}" />
      </label>
    </div>
  </fieldset>
  <p>Through <strong>${text(connection.displayName)}</strong>, <strong>${text(botName)}</strong> wants to:</p>
  <ul>${scopes}</ul>
  <div class="actions">
    <button class="primary" name="decision" value="allow">Sign in and allow</button>
    <button name="decision" value="deny">Deny</button>
  </div>
</form>`,
  }
}

/** What came of it. */
export function outcomePage(outcome: SignInOutcome, botName: string, finalRedirect?: string): SignInPage {
  const next = finalRedirect === undefined ? '' : continueLink(finalRedirect)
  if (outcome.kind === 'code') {
    return {
      status: 200,
      title: 'Almost there',
      content: `
<p>Type this code into the chat with <strong>${text(botName)}</strong>. It shows that you are the one who chats; give it to nobody else.</p>
<p class="code" id="code">${outcome.code}</p>
${next}<p class="quiet">It works once, within 15 minutes.</p>`,
    }
  }
  if (outcome.kind === 'told') {
    const content = `<p>Go back to the chat with <strong>${text(botName)}</strong>; you can close this window.</p>${next}`
    return { status: 200, title: 'You are signed in', content }
  }
  return {
    status: 502,
    title: 'The bot did not hear of it',
    content: `
<p class="alert" role="alert">${text(outcome.problem)}</p>
<p>When that is put right, say something in the chat with <strong>${text(botName)}</strong>, or ask to sign in again.</p>`,
  }
}

/** The user said no. */
export function deniedPage(botName: string, finalRedirect?: string): SignInPage {
  const next = finalRedirect === undefined ? '' : continueLink(finalRedirect)
  const content = `<p>You allowed nothing, and <strong>${text(botName)}</strong> got nothing. You can close this window.</p>${next}`
  return { status: 200, title: 'Not signed in', content }
}

/** A link that leads to no form. */
export function closedPage(why: ClosedSignIn): SignInPage {
  const again = '<p>Ask the bot to sign you in once more, and use the new link.</p>'
  if (why === 'unknown') return { status: 404, title: 'There is no such sign-in', content: again }
  const title = why === 'used' ? 'This link was used already' : 'This link is too old'
  return { status: 410, title, content: again }
}

/** The form came from somewhere else than the page that was shown. */
export function foreignFormPage(): SignInPage {
  const content =
    '<p>This form was not opened in this browser, or the browser keeps no cookies. Open the link from the chat again.</p>'
  return { status: 403, title: 'Not signed in', content }
}

function userChoice(value: string, name: string, detail: string, isChosen: boolean): string {
  const id = value === OTHER_USER ? ' id="other"' : ''
  return (
    `<label class="user"><input type="radio" name="user" value="${text(value)}"${id}${isChosen ? ' checked' : ''} required />` +
    `<span><span class="user__name">${text(name)}</span> <span class="quiet">${text(detail)}</span></span></label>`
  )
}

function continueLink(address: string): string {
  return `<p><a class="button" href="${text(address)}" rel="noreferrer">Continue to ${text(new URL(address).host)}</a></p>`
}
