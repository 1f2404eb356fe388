/**
 * Training data of a {@link LocalRecognizer}, as it is in a JSON file.
 *
 * ```json
 * {
 *   "intents": {
 *     "BookFlight": ["book a flight", "fly to @city on monday", "I need a ticket"],
 *     "Help": ["help", "what can you do"],
 *     "None": ["tell me a joke"]
 *   },
 *   "entities": {
 *     "city": {
 *       "list": { "London": ["LHR", "Londres"], "New York": ["NYC", "the big apple"] },
 *       "roles": { "origin": ["from @", "leaving @"], "destination": ["to @"] }
 *     },
 *     "flightNumber": { "patterns": ["[A-Z]{2}\\d{3,4}"] }
 *   }
 * }
 * ```
 *
 * Six to ten different utterances an intent do well. Text that shares words with an intent but not its meaning goes to the
 * intent `None`.
 */
export interface LocalModel {
  /** Ignored; editors look here. */
  readonly $schema?: string | undefined
  /**
   * Names of intents, 1 to 500, with what users say, 1 to 500 characters each, 20,000 in all. `@name` stands for any value of an
   * entity or role: then what is found as that entity no longer matters for the intent, also when an utterance spells it out.
   */
  readonly intents: Readonly<Record<string, readonly string[]>>
  /** Names of entities, up to 350: letters, digits, `_`, and inside `.` and `-`. */
  readonly entities?: Readonly<Record<string, LocalEntity>> | undefined
}

/** How an entity is found: by a list, by patterns, or both. */
export interface LocalEntity {
  /**
   * Values with other phrases for them; each is a phrase itself. Case, accents and punctuation do not matter; matches are whole
   * words. Up to 100,000 phrases in all entities, 200 characters each. The value comes out in an array, as from LUIS: phrases
   * may belong to several.
   */
  readonly list?: Readonly<Record<string, readonly string[]>> | undefined
  /**
   * Regular expressions, up to 100 in all entities, 200 characters each, without anchors, lookarounds and backreferences; matches
   * are whole words of up to 100 characters, whatever their case. What the user wrote comes out.
   */
  readonly patterns?: readonly string[] | undefined
  /**
   * Names of roles, with what is before or behind the entity in them, where `@` stands for it: `from @`, `@ to`. In a role the
   * entity comes out under the name of the role. The first that fits counts. Up to 1,000 such texts in all entities.
   */
  readonly roles?: Readonly<Record<string, readonly string[]>> | undefined
}
