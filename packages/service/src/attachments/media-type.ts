/** What nothing is known of. */
export const UNKNOWN_TYPE = 'application/octet-stream'

const MEDIA_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,62}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,62}$/

/** Types of which no browser runs anything. Scripts, styles, HTML and every XML, with SVG, are not among them. */
const PASSIVE = [
  /^image\/(png|jpeg|gif|webp|bmp|avif|heic|tiff)$/,
  /^(audio|video)\/[a-z0-9.-]+$/,
  /^text\/(plain|csv)$/,
  /^application\/(pdf|zip|json|msword|rtf)$/,
  /^application\/vnd\.(ms-[a-z0-9.-]+|openxmlformats-officedocument\.[a-z0-9.-]+)$/,
]

/** A media type as it was declared, without parameters; what is none is {@link UNKNOWN_TYPE}. */
export function parseMediaType(declared: string | undefined): string {
  const type = (declared ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  return MEDIA_TYPE.test(type) ? type : UNKNOWN_TYPE
}

/**
 * The type a file is served with: its own when browsers run nothing of that type, otherwise {@link UNKNOWN_TYPE}. Together with
 * `nosniff` a page can then not even load a script from it.
 */
export function servedType(contentType: string): string {
  return PASSIVE.some((pattern) => pattern.test(contentType)) ? contentType : UNKNOWN_TYPE
}
