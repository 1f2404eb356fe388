// oxlint-disable typescript/no-explicit-any, typescript/no-unsafe-function-type -- as SDK v3 types it
import type { IAddress, IEvent, IIdentity, IMessage, TextOrMessageType } from './events.ts'
import type { IDefaultLocalizerSettings } from './recognizing.ts'

/** Whose data is read or written, and which of it. */
export interface IBotStorageContext {
  /** Without it there is no user data. */
  userId?: string
  /** Without it there is no data of a conversation. */
  conversationId?: string
  address?: IAddress
  persistUserData: boolean
  persistConversationData: boolean
}

/** The data of a turn. */
export interface IBotStorageData {
  /** Of the user, in all conversations of the channel. */
  userData?: any
  /** Of the conversation, for all who are in it. */
  conversationData?: any
  /** Of the user in the conversation. The dialogs are kept in it. */
  privateConversationData?: any
}

/** Where a bot keeps data. */
export interface IBotStorage {
  getData(context: IBotStorageContext, callback: (err: Error, data: IBotStorageData) => void): void
  saveData(context: IBotStorageContext, data: IBotStorageData, callback?: (err: Error) => void): void
}

/** Settings of a `ChatConnector`. */
export interface IChatConnectorSettings {
  /** Without one only senders on this machine are served, who prove nothing. */
  appId?: string
  appPassword?: string
  /** Compresses data before it is kept. What is compressed already is read either way. */
  gzipData?: boolean
  endpoint?: IChatConnectorEndpoint
  /** Where data is kept. Default: the service of the conversation when it is on this machine, else none. */
  stateEndpoint?: string
  /** Where the keys of channels are found. */
  openIdMetadata?: string
}

/** Addresses and names of the cloud. */
export interface IChatConnectorEndpoint {
  /** Token endpoint of the bot: `…/{tenant}/oauth2/v2.0/token`. */
  refreshEndpoint: string
  /** `…/.default`. */
  refreshScope: string
  botConnectorOpenIdMetadata: string
  botConnectorIssuer: string
  botConnectorAudience: string
  msaOpenIdMetadata: string
  msaIssuer: string
  msaAudience: string
  emulatorOpenIdMetadata: string
  emulatorIssuerV1: string
  emulatorIssuerV2: string
  emulatorAudience: string
  stateEndpoint: string
  oAuthEndpoint: string
}

/** Settings of a `UniversalBot`. */
export interface IUniversalBotSettings {
  /** Default `/`. */
  defaultDialogId?: string
  defaultDialogArgs?: any
  localizerSettings?: IDefaultLocalizerSettings
  /** Maps users of channels to users of the bot. */
  lookupUser?: (address: IAddress, done: (err: Error, user: IIdentity) => void) => void
  /** Accepted; events of one call are taken one after the other. */
  processLimit?: number
  /** How long a session collects messages before it sends them, in milliseconds. Default 250. */
  autoBatchDelay?: number
  /** Default: the connector, where it keeps data. */
  storage?: IBotStorage
  /** Default `true`. */
  persistUserData?: boolean
  /** Default `true`, as SDK v3 does; its documentation says otherwise. */
  persistConversationData?: boolean
  /** Said when a dialog throws. */
  dialogErrorMessage?: TextOrMessageType
}

/** Joins a bot to channels. */
export interface IConnector {
  onInvoke?(handler: (event: IEvent, callback?: (err: Error, body: any, status?: number) => void) => void): void
  onEvent(handler: (events: IEvent[], callback?: (err: Error) => void) => void): void
  send(messages: IMessage[], callback: (err: Error, addresses?: IAddress[]) => void): void
  startConversation(address: IAddress, callback: (err: Error, address?: IAddress) => void): void
  update?(message: IMessage, callback: (err: Error, address?: IAddress) => void): void
  delete?(address: IAddress, callback: (err: Error) => void): void
}

/** Sees events on their way in or out. */
export interface IEventMiddleware {
  (event: IEvent, next: Function): void
}
