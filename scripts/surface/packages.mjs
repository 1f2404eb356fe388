/** The packages of SDK v4 that have a drop-in. */
export const packages = [
  'botframework-schema',
  'botframework-connector',
  'botframework-streaming',
  'botbuilder-stdlib',
  'botbuilder-core',
  'botbuilder',
  'botbuilder-testing',
  'botbuilder-azure-blobs',
  'botbuilder-applicationinsights',
  'botbuilder-dialogs',
  'botbuilder-ai',
]

/**
 * Which of them give all names of which others.
 *
 * @type {Record<string, string[]>}
 */
export const standsOn = {
  'botbuilder-core': ['botframework-schema'],
  botbuilder: ['botbuilder-core', 'botframework-schema'],
}

/** What has no equivalent, and why. */
export const withoutEquivalent = new Map(
  ['BotComponent', 'DialogsBotComponent', 'LuisBotComponent', 'QnAMakerBotComponent'].map((name) => [
    `${name}.z`,
    'all of the library zod; a bot that uses it can depend on it',
  ]),
)

/** Not whole: recognizers and dialogs of the adaptive kind refuse, by name. */
export const skeletons = new Set(['botbuilder-ai'])
