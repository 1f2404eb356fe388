import { arch, release, type } from 'node:os'

/** Told to services by the adapter; it names the version of v4 that the packages stand for. */
export const USER_AGENT: string = `Microsoft-BotFramework/3.1 BotBuilder/4.23.3 (Node.js,Version=${process.version}; ${type()} ${release()}; ${arch()})`
