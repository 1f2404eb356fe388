/** Value of the invoke `signin/verifyState`. */
export interface SigninStateVerificationQuery {
  /** Code from the sign-in page. */
  state?: string
}

/** Value of the invoke `actionableMessage/executeAction`: what a button of a connector card sent. */
export interface O365ConnectorCardActionQuery {
  /** The text of the button's `HttpPOST` action, with the inputs filled in. */
  body?: string
  /** The `@id` of the action. */
  actionId?: string
}
