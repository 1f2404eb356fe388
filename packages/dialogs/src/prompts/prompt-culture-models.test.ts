import { PromptCultureModels } from './prompt-culture-models.ts'

test.each([
  ['en-us', 'en-us'],
  ['EN', 'en-us'],
  ['de-AT', 'de-de'],
  ['fr-ca', 'fr-fr'],
  ['pt-pt', 'pt-br'],
  ['zh-tw', 'zh-cn'],
  ['ko-KR', 'ko-kr'],
  ['en_US', 'en_us'],
  ['', ''],
])('the language nearest to "%s" is "%s"', (tag, nearest) => {
  expect(PromptCultureModels.mapToNearestLanguage(tag)).toBe(nearest)
})

test('nine languages are supported', () => {
  const models = PromptCultureModels.getSupportedCultures()
  expect(models.map(({ locale, yesInLanguage, noInLanguage }) => `${locale} ${yesInLanguage}/${noInLanguage}`)).toEqual(
    [
      'zh-cn 是的/不',
      'nl-nl Ja/Nee',
      'en-us Yes/No',
      'fr-fr Oui/Non',
      'de-de Ja/Nein',
      'it-it Si/No',
      'ja-jp はい/いいえ',
      'pt-br Sim/Não',
      'es-es Sí/No',
    ],
  )
  expect(PromptCultureModels.Japanese).toEqual({
    locale: 'ja-jp',
    separator: '、 ',
    inlineOr: ' または ',
    inlineOrMore: '、 または ',
    yesInLanguage: 'はい',
    noInLanguage: 'いいえ',
  })
})
