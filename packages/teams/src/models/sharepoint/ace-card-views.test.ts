import {
  BasicCardView,
  ImageCardView,
  PrimaryTextCardView,
  SearchCardView,
  SignInCardView,
  TextInputCardView,
} from './ace-card-views.ts'
import type { CardButtonComponent, CardSearchBoxComponent, CardSearchFooterComponent } from './ace-card-components.ts'

const bar = { componentName: 'cardBar' } as const
const header = { componentName: 'text', text: 'header' } as const
const body = { componentName: 'text', text: 'body' } as const
const input = { componentName: 'textInput' } as const
const image = { url: 'https://images.test/a.png' }
const button: CardButtonComponent = {
  componentName: 'cardButton',
  title: 'Go',
  action: { type: 'QuickView', parameters: { view: 'a' } },
}
const searchBox: CardSearchBoxComponent = { componentName: 'searchBox', button }
const searchFooter: CardSearchFooterComponent = { componentName: 'searchFooter', title: 't', text: 'x' }
const top = { cardBar: [bar], header: [header] }

test.each([
  ['a heading', BasicCardView(bar, header, [button]), { ...top, cardViewType: 'text', footer: [button] }],
  ['a text', PrimaryTextCardView(bar, header, body), { ...top, cardViewType: 'text', body: [body] }],
  ['an image', ImageCardView(bar, header, image, [input]), { ...top, cardViewType: 'text', image, footer: [input] }],
  ['a text field', TextInputCardView(bar, header, input), { ...top, cardViewType: 'textInput', body: [input] }],
  [
    'a search box',
    SearchCardView(bar, header, searchBox, searchFooter),
    { ...top, cardViewType: 'search', body: [searchBox], footer: [searchFooter] },
  ],
  [
    'a sign-in',
    SignInCardView(bar, header, body, button),
    { ...top, cardViewType: 'signIn', body: [body], footer: [button] },
  ],
])('a card view with %s lists each part once', (_, view, expected) => {
  expect(view).toEqual(expected)
})
