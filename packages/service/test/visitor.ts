/** A page as it came. */
export interface VisitedPage {
  /** Its address. */
  readonly url: string
  readonly status: number
  readonly headers: Headers
  readonly html: string
  /** The first heading. */
  readonly title: string
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
}

interface Cookie {
  readonly name: string
  readonly value: string
  readonly host: string
  readonly path: string
}

/** A browser without scripts: keeps cookies by host and path, follows redirects, fills in forms. */
export class Visitor {
  private readonly cookies: Cookie[] = []
  /** Addresses visited, redirects included. */
  readonly visited: string[] = []

  async fetch(url: string, init: RequestInit = {}): Promise<Response> {
    const { hostname, pathname } = new URL(url)
    const cookie = this.cookies
      .filter(({ host, path }) => host === hostname && pathname.startsWith(path))
      .map(({ name, value }) => `${name}=${value}`)
    this.visited.push(url)
    const headers = {
      ...(init.headers as Record<string, string>),
      ...(cookie.length > 0 ? { Cookie: cookie.join('; ') } : {}),
    }
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) this.keep(hostname, line)
    return response
  }

  /** Opens a page. */
  async open(url: string): Promise<VisitedPage> {
    const response = await this.fetch(url)
    const location = response.headers.get('location')
    return location === null ? toPage(url, response) : this.open(location)
  }

  /** Sends the form of a page, from its own origin. */
  async submit(
    page: VisitedPage,
    fields: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<VisitedPage> {
    const { origin } = new URL(page.url)
    const response = await this.fetch(`${origin}/sign-in`, {
      method: 'POST',
      headers: { Origin: origin, ...headers },
      body: new URLSearchParams({ ...hiddenFields(page.html), ...fields }),
    })
    return toPage(`${origin}/sign-in`, response)
  }

  /** Has a cookie come from somewhere else. */
  setCookie(cookie: Cookie): void {
    const { name, host, path } = cookie
    const old = this.cookies.findIndex((one) => one.name === name && one.host === host && one.path === path)
    this.cookies.splice(old === -1 ? this.cookies.length : old, 1, cookie)
  }

  private keep(host: string, line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    this.setCookie({ name, value, host, path: /; Path=([^;]+)/.exec(line)?.[1] ?? '/' })
  }
}

/** The code a page shows. */
export function codeOn({ html }: VisitedPage): string {
  return /id="code">(\d{6})</.exec(html)?.[1] ?? ''
}

/** The fields of a page's form that nobody sees. */
export function hiddenFields(html: string): Record<string, string> {
  const inputs = [...html.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)]
  return Object.fromEntries(inputs.map(([, name = '', value = '']) => [name, unescapeHtml(value)]))
}

async function toPage(url: string, response: Response): Promise<VisitedPage> {
  const html = await response.text()
  const title = unescapeHtml(/<h1>([^<]*)<\/h1>/.exec(html)?.[1] ?? '')
  return { url, status: response.status, headers: response.headers, html, title }
}

function unescapeHtml(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity)
}
