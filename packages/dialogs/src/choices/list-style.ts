/** How choices are shown. As an enumeration of numbers it leads back from the number to the name, too. */
export const ListStyle = {
  none: 0,
  auto: 1,
  inline: 2,
  list: 3,
  suggestedAction: 4,
  heroCard: 5,
  0: 'none',
  1: 'auto',
  2: 'inline',
  3: 'list',
  4: 'suggestedAction',
  5: 'heroCard',
} as const
export type ListStyle = Extract<(typeof ListStyle)[keyof typeof ListStyle], number>
