import type { TurnContext } from '@parley/core'
import { PromptCultureModels } from './prompt-culture-models.ts'

const ENGLISH = 'en-us'

/** The language of an answer: the activity's, else the prompt's own, else English. */
export function cultureOf(context: TurnContext, defaultLocale: string | undefined): string {
  return PromptCultureModels.mapToNearestLanguage(context.activity.locale || defaultLocale || ENGLISH)
}

/** {@link cultureOf}, if the prompt has defaults for that language; else English. */
export function cultureWithDefaults(
  context: TurnContext,
  defaultLocale: string | undefined,
  defaults: Readonly<Record<string, unknown>>,
): string {
  const culture = cultureOf(context, defaultLocale)
  return Object.hasOwn(defaults, culture) && defaults[culture] ? culture : ENGLISH
}
