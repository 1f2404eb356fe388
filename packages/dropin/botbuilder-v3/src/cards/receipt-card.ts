import type {
  IAttachment,
  ICardAction,
  ICardImage,
  IFact,
  IIsAttachment,
  IIsCardAction,
  IIsCardImage,
  IIsFact,
  IIsReceiptItem,
  IReceiptCard,
  IReceiptItem,
} from '../contracts/cards.ts'
import type { TextType } from '../contracts/events.ts'
import { textFor } from '../message.ts'
import type { Session } from '../contracts/session.ts'
import { toAction } from './card-action.ts'
import { toImage } from './card-image.ts'

/** Builds a receipt. */
export class ReceiptCard implements IIsAttachment {
  private readonly content: Partial<IReceiptCard> = {}
  private readonly session: Session | undefined

  constructor(session?: Session) {
    this.session = session
  }

  title(text: TextType, ...args: unknown[]): ReceiptCard {
    if (text) this.content.title = textFor(this.session, text, args)
    return this
  }

  items(list: IReceiptItem[] | IIsReceiptItem[]): ReceiptCard {
    this.content.items = (list ?? []).map((item) => ('toItem' in item ? item.toItem() : item))
    return this
  }

  facts(list: IFact[] | IIsFact[]): ReceiptCard {
    this.content.facts = (list ?? []).map((fact) => ('toFact' in fact ? fact.toFact() : fact))
    return this
  }

  tap(action: ICardAction | IIsCardAction): ReceiptCard {
    if (action) this.content.tap = toAction(action)
    return this
  }

  total(v: string): ReceiptCard {
    this.content.total = v || ''
    return this
  }

  tax(v: string): ReceiptCard {
    this.content.tax = v || ''
    return this
  }

  vat(v: string): ReceiptCard {
    this.content.vat = v || ''
    return this
  }

  buttons(list: ICardAction[] | IIsCardAction[]): ReceiptCard {
    this.content.buttons = (list ?? []).map(toAction)
    return this
  }

  toAttachment(): IAttachment {
    return { contentType: 'application/vnd.microsoft.card.receipt', content: { ...this.content } }
  }
}

/** Builds a line of a receipt. */
export class ReceiptItem implements IIsReceiptItem {
  private readonly data: Partial<IReceiptItem> = {}
  private readonly session: Session | undefined

  constructor(session?: Session) {
    this.session = session
  }

  title(text: TextType, ...args: unknown[]): ReceiptItem {
    if (text) this.data.title = textFor(this.session, text, args)
    return this
  }

  subtitle(text: TextType, ...args: unknown[]): ReceiptItem {
    if (text) this.data.subtitle = textFor(this.session, text, args)
    return this
  }

  text(text: TextType, ...args: unknown[]): ReceiptItem {
    if (text) this.data.text = textFor(this.session, text, args)
    return this
  }

  image(img: ICardImage | IIsCardImage): ReceiptItem {
    if (img) this.data.image = toImage(img)
    return this
  }

  price(v: string): ReceiptItem {
    this.data.price = v || ''
    return this
  }

  quantity(v: string): ReceiptItem {
    this.data.quantity = v || ''
    return this
  }

  tap(action: ICardAction | IIsCardAction): ReceiptItem {
    if (action) this.data.tap = toAction(action)
    return this
  }

  toItem(): IReceiptItem {
    return { ...this.data } as IReceiptItem
  }

  static create(session: Session, price: string, title?: TextType): ReceiptItem {
    const item = new ReceiptItem(session).price(price)
    return title ? item.title(title) : item
  }
}

/** Builds a fact of a receipt. */
export class Fact implements IIsFact {
  private readonly data: Partial<IFact> = {}
  private readonly session: Session | undefined

  constructor(session?: Session) {
    this.session = session
  }

  key(text: TextType, ...args: unknown[]): Fact {
    if (text) this.data.key = textFor(this.session, text, args)
    return this
  }

  value(v: string): Fact {
    this.data.value = v || ''
    return this
  }

  toFact(): IFact {
    return { ...this.data } as IFact
  }

  static create(session: Session, value: string, key?: TextType): Fact {
    const fact = new Fact(session).value(value)
    return key ? fact.key(key) : fact
  }
}
