/** Invoke that brings the code of a finished sign-in. */
export const verifyStateOperationName = 'signin/verifyState'
/** Invoke that asks to exchange a single sign-on token. */
export const tokenExchangeOperationName = 'signin/tokenExchange'
/** Event that brings the token of a finished sign-in. */
export const tokenResponseEventName = 'tokens/response'
