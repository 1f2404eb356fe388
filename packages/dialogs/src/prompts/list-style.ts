/** How the choices of a prompt are shown. Names stand for numbers, which are stored, and numbers for names. */
export const ListStyle = {
  /** Not at all. */
  none: 0,
  /** As suits the channel. */
  auto: 1,
  /** In one line behind the text. */
  inline: 2,
  /** Each on a line below the text. */
  list: 3,
  /** As buttons that go away. */
  suggestedAction: 4,
  /** As buttons of a card. */
  heroCard: 5,
  0: 'none',
  1: 'auto',
  2: 'inline',
  3: 'list',
  4: 'suggestedAction',
  5: 'heroCard',
} as const
export type ListStyle = 0 | 1 | 2 | 3 | 4 | 5
