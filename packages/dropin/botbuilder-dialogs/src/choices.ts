import type { Activity, TurnContext } from '@parley/core'
import type {
  Choice,
  ChoiceFactoryOptions,
  FindChoicesOptions,
  FindValuesOptions,
  FoundChoice,
  FoundValue,
  ModelResult,
  SortedValue,
  Token,
} from './models.ts'
import { notThere } from './not-there.ts'

type Choices = (string | Choice)[]

/** Makes messages that show choices; each throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`. */
export class ChoiceFactory {
  static forChannel(
    _channelOrContext: string | TurnContext,
    _choices: Choices,
    _text?: string,
    _speak?: string,
    _options?: ChoiceFactoryOptions,
  ): Partial<Activity> {
    throw notThere('ChoiceFactory.forChannel()')
  }

  static heroCard(_choices?: Choices, _text?: string, _speak?: string): Activity {
    throw notThere('ChoiceFactory.heroCard()')
  }

  static inline(
    _choices: Choices,
    _text?: string,
    _speak?: string,
    _options?: ChoiceFactoryOptions,
  ): Partial<Activity> {
    throw notThere('ChoiceFactory.inline()')
  }

  static list(_choices: Choices, _text?: string, _speak?: string, _options?: ChoiceFactoryOptions): Partial<Activity> {
    throw notThere('ChoiceFactory.list()')
  }

  static suggestedAction(_choices: Choices, _text?: string, _speak?: string): Partial<Activity> {
    throw notThere('ChoiceFactory.suggestedAction()')
  }

  static toChoices(_choices: Choices | undefined): Choice[] {
    throw notThere('ChoiceFactory.toChoices()')
  }
}

/** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always. */
export function findChoices(
  _utterance: string,
  _choices: Choices,
  _options?: FindChoicesOptions,
): ModelResult<FoundChoice>[] {
  throw notThere('findChoices()')
}

/** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always. */
export function recognizeChoices(
  _utterance: string,
  _choices: Choices,
  _options?: FindChoicesOptions,
): ModelResult<FoundChoice>[] {
  throw notThere('recognizeChoices()')
}

/** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always. */
export function findValues(
  _utterance: string,
  _values: SortedValue[],
  _options?: FindValuesOptions,
): ModelResult<FoundValue>[] {
  throw notThere('findValues()')
}

/** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always. */
export function defaultTokenizer(_text: string, _locale?: string): Token[] {
  throw notThere('defaultTokenizer()')
}

/** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always. */
export function supportsSuggestedActions(_channelId: string, _buttonCnt?: number): boolean {
  throw notThere('supportsSuggestedActions()')
}

/** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always. */
export function supportsCardActions(_channelId: string, _buttonCnt?: number): boolean {
  throw notThere('supportsCardActions()')
}

/** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always. */
export function hasMessageFeed(_channelId: string): boolean {
  throw notThere('hasMessageFeed()')
}

/** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always. */
export function maxActionTitleLength(_channelId: string): number {
  throw notThere('maxActionTitleLength()')
}

/** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always. */
export function getChannelId(_context: TurnContext): string {
  throw notThere('getChannelId()')
}
