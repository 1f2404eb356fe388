/** How filters are joined. */
export const JoinOperator = { AND: 'AND', OR: 'OR' } as const
export type JoinOperator = (typeof JoinOperator)[keyof typeof JoinOperator]

/** How answers are ranked. */
export const RankerTypes = {
  default: 'Default',
  questionOnly: 'QuestionOnly',
  autoSuggestQuestion: 'AutoSuggestQuestion',
} as const
export type RankerTypes = (typeof RankerTypes)[keyof typeof RankerTypes]

/** Which service has the knowledge base. */
export const ServiceType = { qnaMaker: 'QnAMaker', language: 'Language' } as const
export type ServiceType = (typeof ServiceType)[keyof typeof ServiceType]

/** What kind of place was recognized. */
export const GeographyV2Type = {
  POI: 'poi',
  City: 'city',
  CountryRegion: 'countryRegion',
  Continent: 'continent',
  State: 'state',
} as const
export type GeographyV2Type = (typeof GeographyV2Type)[keyof typeof GeographyV2Type]

/** What an ordinal counts from. */
export const Anchor = { Current: 'current', Start: 'start', End: 'end' } as const
export type Anchor = (typeof Anchor)[keyof typeof Anchor]

export const QNAMAKER_TRACE_TYPE = 'https://www.qnamaker.ai/schemas/trace'
export const QNAMAKER_TRACE_NAME = 'QnAMaker'
export const QNAMAKER_TRACE_LABEL = 'QnAMaker Trace'

/** Key of `turnState` under which a client for questions is found. */
export const QnAMakerClientKey: unique symbol = Symbol('QnAMakerClient')

/** Names of what is reported of LUIS. */
export class LuisTelemetryConstants {
  static readonly luisResultEvent: string = 'LuisResult'
  static readonly applicationIdProperty: string = 'applicationId'
  static readonly intentProperty: string = 'intent'
  static readonly intentScoreProperty: string = 'intentScore'
  static readonly intent2Property: string = 'intent2'
  static readonly intentScore2Property: string = 'intentScore2'
  static readonly entitiesProperty: string = 'entities'
  static readonly questionProperty: string = 'question'
  static readonly activityIdProperty: string = 'activityId'
  static readonly sentimentLabelProperty: string = 'sentimentLabel'
  static readonly sentimentScoreProperty: string = 'sentimentScore'
  static readonly fromIdProperty: string = 'fromId'
}
