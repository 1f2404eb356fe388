import type { OpenValue } from '@parley/core'

/** Retired with the payment service; kept so that code that names it compiles. */
export interface MicrosoftPayMethodData {
  merchantId: string
  supportedNetworks: string[]
  supportedTypes: string[]
}

/** Where a payer lives or wants his goods. */
export interface PaymentAddress {
  country: string
  addressLine: string[]
  region: string
  city: string
  dependentLocality: string
  postalCode: string
  sortingCode: string
  languageCode: string
  organization: string
  recipient: string
  phone: string
}

/** An amount; `value` is a decimal number as text. */
export interface PaymentCurrencyAmount {
  /** ISO 4217 code, e.g. `EUR`. */
  currency: string
  value: string
  currencySystem: string
}

/** A line of a bill. */
export interface PaymentItem {
  label: string
  amount: PaymentCurrencyAmount
  /** The amount is not final. */
  pending: boolean
}

/** A way to ship. */
export interface PaymentShippingOption {
  id: string
  label: string
  amount: PaymentCurrencyAmount
  selected: boolean
}

/** How a way of payment changes the bill. */
export interface PaymentDetailsModifier {
  supportedMethods: string[]
  total: PaymentItem
  additionalDisplayItems: PaymentItem[]
  data: OpenValue
}

/** A bill. */
export interface PaymentDetails {
  total: PaymentItem
  displayItems: PaymentItem[]
  shippingOptions: PaymentShippingOption[]
  modifiers: PaymentDetailsModifier[]
  error: string
}

/** Ways of payment a merchant takes. */
export interface PaymentMethodData {
  supportedMethods: string[]
  data: OpenValue
}

/** What a payer is asked for. */
export interface PaymentOptions {
  requestPayerName: boolean
  requestPayerEmail: boolean
  requestPayerPhone: boolean
  requestShipping: boolean
  shippingType: string
}

/** Asks for a payment. */
export interface PaymentRequest {
  id: string
  methodData: PaymentMethodData[]
  details: PaymentDetails
  options: PaymentOptions
  /** ISO 8601 duration. */
  expires: string
}

/** What the payer decided. */
export interface PaymentResponse {
  methodName: string
  details: OpenValue
  shippingAddress: PaymentAddress
  shippingOption: string
  payerEmail: string
  payerPhone: string
}

/** The payer agreed. */
export interface PaymentRequestComplete {
  id: string
  paymentRequest: PaymentRequest
  paymentResponse: PaymentResponse
}

/** How the payment ended. */
export interface PaymentRequestCompleteResult {
  result: string
}

/** The payer changed where or how it is shipped. */
export interface PaymentRequestUpdate {
  id: string
  details: PaymentDetails
  shippingAddress: PaymentAddress
  shippingOption: string
}

/** The bill after the change. */
export interface PaymentRequestUpdateResult {
  details: PaymentDetails
}
