import type { ChannelAccount } from './accounts.ts'
import type { SemanticActionStateTypes } from './activity-constants.ts'
import type { OpenSet, OpenValue } from './open-types.ts'

/** A fact about an activity that does not fit its fields: a mention, a place, the client's language. */
export interface Entity {
  /** Name of the entity's type, or an IRI. */
  type: string
  [key: string]: OpenValue
}

/** Somebody named in the text of a message. `type` is `mention`. */
export interface Mention {
  mentioned: ChannelAccount
  /** The piece of the message's text that is the mention. */
  text: string
  type: string
}

/** A place. `type` is `Place`. */
export interface Place {
  /** Text or a schema.org PostalAddress. */
  address: OpenValue
  /** {@link GeoCoordinates} or a schema.org shape. */
  geo: OpenValue
  /** An address or a schema.org Map. */
  hasMap: OpenValue
  type: string
  name: string
}

/** A point on the earth. `type` is `GeoCoordinates`. */
export interface GeoCoordinates {
  /** Metres above the WGS 84 ellipsoid. */
  elevation: number
  /** Degrees, WGS 84. */
  latitude: number
  /** Degrees, WGS 84. */
  longitude: number
  type: string
  name: string
}

/** Something with a name. `type` is `Thing`. */
export interface Thing {
  type: string
  name: string
}

/** A piece of text the bot's suggestion is about. */
export interface TextHighlight {
  text: string
  /** Which occurrence of the text in the referenced message. */
  occurrence: number
}

/** A programmatic action that goes with a request. */
export interface SemanticAction {
  id: string
  state: OpenSet<SemanticActionStateTypes>
  entities: { [propertyName: string]: Entity }
}
