/** A page as it came. */
export interface VisitedPage {
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

/** A browser without scripts: keeps cookies by path, follows redirects within the service, fills in forms. */
export class Visitor {
  private readonly cookies: Map<string, { readonly value: string; readonly path: string }> = new Map()
  /** Addresses visited, redirects included. */
  readonly visited: string[] = []

  async fetch(url: string, init: RequestInit = {}): Promise<Response> {
    const { pathname } = new URL(url)
    const cookie = [...this.cookies].flatMap(([name, { value, path }]) =>
      pathname.startsWith(path) ? [`${name}=${value}`] : [],
    )
    this.visited.push(url)
    const headers = {
      ...(init.headers as Record<string, string>),
      ...(cookie.length > 0 ? { Cookie: cookie.join('; ') } : {}),
    }
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) this.keep(line)
    return response
  }

  /** Opens a page. */
  async open(url: string): Promise<VisitedPage> {
    const response = await this.fetch(url)
    const location = response.headers.get('location')
    return location === null ? toPage(response) : this.open(location)
  }

  /** Sends the form of a page, from its own origin. */
  async submit(
    url: string,
    page: VisitedPage,
    fields: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<VisitedPage> {
    const { origin } = new URL(url)
    const response = await this.fetch(`${origin}/sign-in`, {
      method: 'POST',
      headers: { Origin: origin, ...headers },
      body: new URLSearchParams({ ...hiddenFields(page.html), ...fields }),
    })
    return toPage(response)
  }

  private keep(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    this.cookies.set(name, { value, path: /; Path=([^;]+)/.exec(line)?.[1] ?? '/' })
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

async function toPage(response: Response): Promise<VisitedPage> {
  const html = await response.text()
  const title = unescapeHtml(/<h1>([^<]*)<\/h1>/.exec(html)?.[1] ?? '')
  return { status: response.status, headers: response.headers, html, title }
}

function unescapeHtml(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity)
}
