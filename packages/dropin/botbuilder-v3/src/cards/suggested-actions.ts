import type { ICardAction, IIsCardAction, IIsSuggestedActions, ISuggestedActions } from '../contracts/cards.ts'
import type { TextType } from '../contracts/events.ts'
import type { Session } from '../contracts/session.ts'
import { toAction } from './card-action.ts'

/** Builds the buttons below a message. */
export class SuggestedActions implements IIsSuggestedActions {
  private readonly data: Partial<ISuggestedActions> = {}

  // oxlint-disable-next-line no-useless-constructor -- bots give all builders their session
  constructor(_session?: Session) {}

  /** Who sees them. */
  to(text: TextType): SuggestedActions {
    this.data.to = Array.isArray(text) ? text : text ? [text] : []
    return this
  }

  actions(list: ICardAction[] | IIsCardAction[]): SuggestedActions {
    this.data.actions = (list ?? []).map(toAction)
    return this
  }

  addAction(action: ICardAction | IIsCardAction): SuggestedActions {
    if (action) this.data.actions = [...(this.data.actions ?? []), toAction(action)]
    return this
  }

  toSuggestedActions(): ISuggestedActions {
    return { ...this.data } as ISuggestedActions
  }

  static create(session: Session, actions: ICardAction[] | IIsCardAction[], to?: string | string[]): SuggestedActions {
    const suggested = new SuggestedActions(session)
    if (to) suggested.to(to)
    return suggested.actions(actions)
  }
}
