/** The innermost of stacks inside each other: that of the active dialog. */
export function innermost<H extends { readonly child: H | undefined }>(host: H): H {
  let leaf = host
  for (let { child } = host; child; { child } = child) leaf = child
  return leaf
}
