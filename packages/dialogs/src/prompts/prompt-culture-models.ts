/** Words and separators of a language, for lists of choices. */
export interface PromptCultureModel {
  /** The language, as a tag in lower case: `en-us`. */
  locale: string
  /** Between choices in a line. */
  separator: string
  /** Between two choices. */
  inlineOr: string
  /** Before the last of three choices and more. */
  inlineOrMore: string
  yesInLanguage: string
  noInLanguage: string
}

/** The languages in which prompts write out choices. */
export class PromptCultureModels {
  static Chinese: PromptCultureModel = model('zh-cn', ' 要么 ', '， 要么 ', '是的', '不')
  static Dutch: PromptCultureModel = model('nl-nl', ' of ', ', of ', 'Ja', 'Nee')
  static English: PromptCultureModel = model('en-us', ' or ', ', or ', 'Yes', 'No')
  static French: PromptCultureModel = model('fr-fr', ' ou ', ', ou ', 'Oui', 'Non')
  static German: PromptCultureModel = model('de-de', ' oder ', ', oder ', 'Ja', 'Nein')
  static Italian: PromptCultureModel = model('it-it', ' o ', ' o ', 'Si', 'No')
  static Japanese: PromptCultureModel = model('ja-jp', ' または ', '、 または ', 'はい', 'いいえ', '、 ')
  static Portuguese: PromptCultureModel = model('pt-br', ' ou ', ', ou ', 'Sim', 'Não')
  static Spanish: PromptCultureModel = model('es-es', ' o ', ', o ', 'Sí', 'No')

  /** All of them, in a new array. Replace this function to have more. */
  static getSupportedCultures = (): PromptCultureModel[] => [
    PromptCultureModels.Chinese,
    PromptCultureModels.Dutch,
    PromptCultureModels.English,
    PromptCultureModels.French,
    PromptCultureModels.German,
    PromptCultureModels.Italian,
    PromptCultureModels.Japanese,
    PromptCultureModels.Portuguese,
    PromptCultureModels.Spanish,
  ]

  /**
   * The supported language that is nearest to a tag: `fr-ca` and `FR` become `fr-fr`.
   *
   * @returns The tag in lower case when no supported language is near.
   */
  static mapToNearestLanguage(cultureCode: string): string {
    if (!cultureCode) return cultureCode
    const code = cultureCode.toLowerCase()
    const supported = PromptCultureModels.getSupportedCultures().map(({ locale }) => locale)
    if (supported.includes(code)) return code
    const language = code.split('-')[0]!.trim()
    return supported.findLast((locale) => locale.startsWith(language)) ?? code
  }
}

function model(
  locale: string,
  inlineOr: string,
  inlineOrMore: string,
  yesInLanguage: string,
  noInLanguage: string,
  separator = ', ',
): PromptCultureModel {
  return { locale, separator, inlineOr, inlineOrMore, yesInLanguage, noInLanguage }
}
