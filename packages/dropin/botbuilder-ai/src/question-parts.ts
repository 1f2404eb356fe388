import { Recognizer, WaterfallDialog } from '@parley/botbuilder-dialogs'
import type { Activity, Attachment, OpenValue } from '@parley/core'
import { BotComponent, ComponentRegistration } from '@parley/sdk-v4/core'
import { questionAnsweringNotThere } from './not-there.ts'
import type { QnAMakerResult } from './question-models.ts'

/** Cannot be made, as no dialog can. */
export class QnAMakerDialog extends WaterfallDialog {
  static $kind = 'Microsoft.QnAMakerDialog'
}

/** Cannot be made, as no recognizer of the dialogs can. */
export class QnAMakerRecognizer extends Recognizer {
  static $kind = 'Microsoft.QnAMakerRecognizer'
  /** The intent that means: there is an answer. */
  static readonly qnaMatchIntent = 'QnAMatch'
}

export class QnAMakerBotComponent extends BotComponent {
  /** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always. */
  configureServices(_services: OpenValue, _configuration: OpenValue): void {
    throw questionAnsweringNotThere('QnAMakerBotComponent.configureServices()')
  }
}

export class QnAMakerComponentRegistration extends ComponentRegistration {
  /** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always. */
  getDeclarativeTypes(_resourceExplorer: unknown): OpenValue[] {
    throw questionAnsweringNotThere('QnAMakerComponentRegistration.getDeclarativeTypes()')
  }
}

/** Which answers lie close together. */
export class ActiveLearningUtils {
  static readonly MinimumScoreForLowScoreVariation = 20
  static readonly MaximumScoreForLowScoreVariation = 95
  static readonly PreviousLowScoreVariationMultiplier = 0.7
  static readonly MaxLowScoreVariationMultiplier = 1

  /** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always. */
  static getLowScoreVariation(_qnaSearchResults: QnAMakerResult[]): QnAMakerResult[] {
    throw questionAnsweringNotThere('ActiveLearningUtils.getLowScoreVariation()')
  }
}

/** Cards of answers; each throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`. */
export class QnACardBuilder {
  static getSuggestionsCard(
    _suggestionsList: string[],
    _cardTitle: string,
    _cardNoMatchText: string,
    _useTeamsAdaptiveCard?: boolean,
  ): Partial<Activity> {
    throw questionAnsweringNotThere('QnACardBuilder.getSuggestionsCard()')
  }

  static getQnAAnswerCard(
    _result: QnAMakerResult,
    _displayPreciseAnswerOnly: boolean,
    _useTeamsAdaptiveCard?: boolean,
  ): Partial<Activity> {
    throw questionAnsweringNotThere('QnACardBuilder.getQnAAnswerCard()')
  }

  static getQnAPromptsCard(_result: QnAMakerResult): Partial<Activity> {
    throw questionAnsweringNotThere('QnACardBuilder.getQnAPromptsCard()')
  }

  static getTeamsAdaptiveCard(_cardText: string, _buttonList: OpenValue[]): Attachment {
    throw questionAnsweringNotThere('QnACardBuilder.getTeamsAdaptiveCard()')
  }

  static getHeroCard(_cardText: string, _buttonList: OpenValue[]): Attachment {
    throw questionAnsweringNotThere('QnACardBuilder.getHeroCard()')
  }
}
