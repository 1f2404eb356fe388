import { ActionTypes, CardFactory, MessageFactory } from '@parley/core'
import type { Activity, Attachment, CardAction, OpenValue } from '@parley/core'
import type { QnAMakerResult } from './question-models.ts'

/** Messages with answers. */
export class QnACardBuilder {
  /**
   * Asks which of several questions was meant.
   *
   * @throws Error: something is missing; the text is SDK v4's.
   */
  static getSuggestionsCard(
    suggestionsList: string[],
    cardTitle: string,
    cardNoMatchText: string,
    useTeamsAdaptiveCard?: boolean,
  ): Partial<Activity> {
    if (!suggestionsList) throw new Error('Missing suggestionsList')
    if (!cardTitle) throw new Error('Missing cardTitle')
    if (!cardNoMatchText) throw new Error('Missing cardNoMatchText')
    const buttons = [...suggestionsList, cardNoMatchText].map((title) => ({
      value: title,
      type: ActionTypes.ImBack,
      title,
    }))
    const card = useTeamsAdaptiveCard
      ? QnACardBuilder.getTeamsAdaptiveCard(cardTitle, buttons)
      : QnACardBuilder.getHeroCard(cardTitle, buttons)
    return MessageFactory.list([card])
  }

  /**
   * An answer, its precise part first when there is one, with what may follow as buttons.
   *
   * @throws Error: there is no answer; the text is SDK v4's.
   */
  static getQnAAnswerCard(
    result: QnAMakerResult,
    displayPreciseAnswerOnly: boolean,
    useTeamsAdaptiveCard?: boolean,
  ): Partial<Activity> {
    if (!result) throw new Error('Missing QnAMaker result')
    const precise = result.answerSpan?.text
    const cardText = precise && !displayPreciseAnswerOnly ? result.answer : ''
    const buttons = (result.context?.prompts ?? []).map(({ displayText, qnaId }) => ({
      value: qnaId,
      type: ActionTypes.MessageBack,
      title: displayText,
      text: displayText,
      displayText,
    }))
    const message: Partial<Activity> = { type: 'message', text: precise || result.answer }
    if (buttons.length === 0 && cardText === '') return message
    const card = useTeamsAdaptiveCard
      ? QnACardBuilder.getTeamsAdaptiveCard(cardText, buttons)
      : QnACardBuilder.getHeroCard(cardText, buttons)
    return { ...message, attachments: [card] }
  }

  /**
   * An answer with what may follow as buttons.
   *
   * @throws Error: there is no answer; the text is SDK v4's.
   */
  static getQnAPromptsCard(result: QnAMakerResult): Partial<Activity> {
    return QnACardBuilder.getQnAAnswerCard(result, true)
  }

  /** Buttons for Teams. The text of the card stays empty, as in SDK v4. */
  static getTeamsAdaptiveCard(_cardText: string, buttonList: OpenValue[]): Attachment {
    const actions = buttonList.map(({ displayText, text, value }: Partial<CardAction>) => ({
      type: 'Action.Submit',
      data: { msteams: { type: 'messageBack', displayText, text, value, width: 'full' } },
    }))
    return CardFactory.adaptiveCard({
      $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
      type: 'AdaptiveCard',
      version: '1.3',
      title: '',
      msteams: { width: 'full', height: 'full' },
      body: [{ type: 'TextBlock', text: '' }],
      actions,
    })
  }

  /** A text with buttons. */
  static getHeroCard(cardText: string, buttonList: OpenValue[]): Attachment {
    const texts = cardText ? { title: cardText, text: cardText } : {}
    return { contentType: CardFactory.contentTypes.heroCard, content: { ...texts, buttons: buttonList } }
  }
}
