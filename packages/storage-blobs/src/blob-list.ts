/** A page of the names in a container. */
export interface BlobList {
  readonly names: readonly string[]
  /** Of the next page; none when this is the last. */
  readonly marker: string | undefined
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/**
 * Reads an answer to "List Blobs". Only names and the marker are looked for: the service writes one form of XML.
 *
 * @see https://learn.microsoft.com/rest/api/storageservices/list-blobs
 */
export function parseBlobList(xml: string): BlobList {
  const names = [...xml.matchAll(/<Blob>\s*<Name( Encoded="true")?>([^<]*)<\/Name>/g)].map(([, encoded, name = '']) =>
    encoded ? decodeURIComponent(unescapeXml(name)) : unescapeXml(name),
  )
  const [, marker = ''] = /<NextMarker>([^<]*)<\/NextMarker>/.exec(xml) ?? []
  return { names, marker: marker === '' ? undefined : unescapeXml(marker) }
}

function unescapeXml(text: string): string {
  return text.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (all, hex?: string, decimal?: string, name?: string) => {
    if (name) return named[name] ?? all
    return String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal))
  })
}
