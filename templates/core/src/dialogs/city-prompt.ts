import { TextPrompt } from '@parley/dialogs'
import type { PromptOptions } from '@parley/dialogs'
import { findCity, isServed, servedCities } from '../language/airports.ts'
import { question } from './question.ts'

/** Asks until the answer is a city there are flights to. The answer is its name, however the user has called it. */
export class CityPrompt extends TextPrompt {
  constructor(dialogId: string, role: 'from' | 'to') {
    super(dialogId, async ({ recognized }) => {
      const city = findCity(recognized.value ?? '', role)
      if (city === undefined || !isServed(city)) return false
      recognized.value = city
      return true
    })
  }
}

/** Asks for a city, and says which ones there are when the answer is none of them. */
export function cityQuestion(text: string): PromptOptions {
  return {
    prompt: question(text),
    retryPrompt: question(`I only fly to and from ${servedCities.join(', ')}. ${text}`),
  }
}
