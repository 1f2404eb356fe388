import { notThere } from './not-there.ts'

/** Words and separators of a language, for lists of choices. */
export interface PromptCultureModel {
  locale: string
  separator: string
  inlineOr: string
  inlineOrMore: string
  yesInLanguage: string
  noInLanguage: string
}

/** The languages prompts speak. */
export class PromptCultureModels {
  static Chinese: PromptCultureModel = model('zh-cn', ' 要么 ', '， 要么 ', '是的', '不')
  static Dutch: PromptCultureModel = model('nl-nl', ' of ', ', of ', 'Ja', 'Nee')
  static English: PromptCultureModel = model('en-us', ' or ', ', or ', 'Yes', 'No')
  static French: PromptCultureModel = model('fr-fr', ' ou ', ', ou ', 'Oui', 'Non')
  static German: PromptCultureModel = model('de-de', ' oder ', ', oder ', 'Ja', 'Nein')
  static Italian: PromptCultureModel = model('it-it', ' o ', ' o ', 'Si', 'No')
  static Japanese: PromptCultureModel = {
    ...model('ja-jp', ' または ', '、 または ', 'はい', 'いいえ'),
    separator: '、 ',
  }
  static Portuguese: PromptCultureModel = model('pt-br', ' ou ', ', ou ', 'Sim', 'Não')
  static Spanish: PromptCultureModel = model('es-es', ' o ', ', o ', 'Sí', 'No')

  /** All of them; replace it to have more. */
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

  /** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always. */
  static mapToNearestLanguage(_cultureCode: string): string {
    throw notThere('PromptCultureModels.mapToNearestLanguage()')
  }
}

function model(
  locale: string,
  inlineOr: string,
  inlineOrMore: string,
  yesInLanguage: string,
  noInLanguage: string,
): PromptCultureModel {
  return { locale, separator: ', ', inlineOr, inlineOrMore, yesInLanguage, noInLanguage }
}
