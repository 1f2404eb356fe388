import { toError } from '@parley/core/internal'
import { fromCallback, NO_ERROR } from '../callbacks.ts'
import type { ChatConnector } from '../connector/chat-connector.ts'
import type { IAttachment, ICardAction, IIsAttachment } from '../contracts/cards.ts'
import type { IChatConnectorAddress, TextType } from '../contracts/events.ts'
import { Message, textFor } from '../message.ts'
import type { Session } from '../contracts/session.ts'

/** Channels that take OAuth cards themselves; all others get a link. */
const OAUTH_CARD_CHANNELS: readonly string[] = [
  'emulator',
  'msteams',
  'cortana',
  'skype',
  'skypeforbusiness',
  'webchat',
  'directline',
]

/** Builds a card that asks to sign in on a web page. */
export class SigninCard implements IIsAttachment {
  private readonly content: { text?: string; buttons?: ICardAction[] } = {}
  private readonly session: Session | undefined

  constructor(session?: Session) {
    this.session = session
  }

  text(prompts: TextType, ...args: unknown[]): SigninCard {
    if (prompts) this.content.text = textFor(this.session, prompts, args)
    return this
  }

  button(title: TextType, url: string): SigninCard {
    if (title && url) {
      this.content.buttons = [{ type: 'signin', title: textFor(this.session, title), value: url }]
    }
    return this
  }

  toAttachment(): IAttachment {
    return { contentType: 'application/vnd.microsoft.card.signin', content: { ...this.content } }
  }
}

/** Builds a card that asks to sign in through the user token service. */
export class OAuthCard implements IIsAttachment {
  private readonly content: { connectionName?: string; text?: string; buttons?: Partial<ICardAction>[] } = {}
  private readonly session: Session | undefined

  constructor(session?: Session) {
    this.session = session
  }

  /** Name of the connection, as the bot's registration has it. */
  connectionName(name: string): OAuthCard {
    if (name) this.content.connectionName = name
    return this
  }

  text(prompts: TextType, ...args: unknown[]): OAuthCard {
    if (prompts) this.content.text = textFor(this.session, prompts, args)
    return this
  }

  button(title: TextType): OAuthCard {
    if (title) this.content.buttons = [{ type: 'signin', title: textFor(this.session, title) }]
    return this
  }

  toAttachment(): IAttachment {
    return { contentType: 'application/vnd.microsoft.card.oauth', content: { ...this.content } }
  }

  /** A message with the card, or with a link to the sign-in page where channels do not know the card. */
  static create(
    connector: ChatConnector,
    session: Session,
    connectionName: string,
    text: string,
    buttonTitle: string,
    done: (err: Error, message: Message) => void,
  ): void {
    void createMessage(connector, session, { connectionName, text, buttonTitle }).then(
      (message) => done(NO_ERROR, message),
      (error: unknown) => done(toError(error), undefined as unknown as Message),
    )
  }
}

async function createMessage(
  connector: ChatConnector,
  session: Session,
  { connectionName, text, buttonTitle }: { connectionName: string; text: string; buttonTitle: string },
): Promise<Message> {
  const message = new Message(session)
  const address = session.message.address as IChatConnectorAddress
  if (OAUTH_CARD_CHANNELS.includes(address.channelId)) {
    return message.addAttachment(new OAuthCard(session).connectionName(connectionName).text(text).button(buttonTitle))
  }
  const link = await fromCallback<string>((done) => connector.getSignInLink(address, connectionName, done))
  return message.addAttachment(new SigninCard(session).text(text).button(buttonTitle, link ?? ''))
}
