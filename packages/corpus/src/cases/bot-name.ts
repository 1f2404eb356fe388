/**
 * How a bot under test is set up:
 *
 * - `channel`: takes activities of the channel service alone; all others differ from it in one thing
 * - `emulator`: also takes its own token, as the Emulator sends it
 * - `extension`: also takes its own token for the channel of the App Service Extension
 * - `callers`: also takes one other bot
 * - `anyCaller`: also takes every bot of an accepted tenant
 * - `singleTenant`: belongs to a tenant, and takes that one other bot
 * - `government`: lives in the cloud of the US Government, and takes the Emulator and that one other bot
 * - `unendorsed`: its channel service publishes keys without endorsements
 * - `public`: may not call services on its own machine
 * - `parsed`: stands behind a body parser
 * - `local`: has no app id, so that it serves its own machine alone
 * - `throws`: its handler throws after replying
 */
export const BOT_NAMES = [
  'channel',
  'emulator',
  'extension',
  'callers',
  'anyCaller',
  'singleTenant',
  'government',
  'unendorsed',
  'public',
  'parsed',
  'local',
  'throws',
] as const

/** One of {@link BOT_NAMES}. */
export type BotName = (typeof BOT_NAMES)[number]
