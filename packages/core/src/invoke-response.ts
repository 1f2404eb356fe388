/** Key in `turnState` of the activity whose value answers an invoke. */
export const INVOKE_RESPONSE_KEY: unique symbol = Symbol.for('@parley/core.invokeResponse')
