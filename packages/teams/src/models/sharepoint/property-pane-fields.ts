import type { PropertyPaneFieldProperties } from './property-pane.ts'

/** A check box. */
export interface PropertyPaneCheckboxProperties extends PropertyPaneFieldProperties {
  text?: string
  disabled?: boolean
  checked?: boolean
}

/** The icon of an option. */
export interface PropertyPaneChoiceGroupIconProperties {
  /** Name of an icon of the Fluent icon font. */
  officeFabricIconFontName?: string
}

/** Size of an option's image, in pixels. */
export interface PropertyPaneChoiceGroupImageSize {
  width: number
  height: number
}

/** An option of a choice group. */
export interface PropertyPaneChoiceGroupOption {
  ariaLabel?: string
  disabled?: boolean
  checked?: boolean
  iconProps?: PropertyPaneChoiceGroupIconProperties
  imageSize?: PropertyPaneChoiceGroupImageSize
  imageSrc?: string
  key: string
  text: string
}

/** Radio buttons. */
export interface PropertyPaneChoiceGroupProperties extends PropertyPaneFieldProperties {
  label?: string
  options: PropertyPaneChoiceGroupOption[]
}

/** Kinds of line in a list. */
export const DropDownOptionType = { Normal: 0, Divider: 1, Header: 2 } as const
export type DropDownOptionType = (typeof DropDownOptionType)[keyof typeof DropDownOptionType]

/** A line of a list. */
export interface PropertyPaneDropDownOption {
  index?: number
  key: string
  text: string
  type?: DropDownOptionType
}

/** A list that drops down. */
export interface PropertyPaneDropDownProperties extends PropertyPaneFieldProperties {
  ariaLabel?: string
  ariaPositionInSet?: number
  ariaSetSize?: number
  label: string
  disabled?: boolean
  errorMessage?: string
  selectedKey?: string
  options?: PropertyPaneDropDownOption[]
}

/** A text that cannot be changed. */
export interface PropertyPaneLabelProperties extends PropertyPaneFieldProperties {
  text: string
  required?: boolean
}

/** Where a window opens. */
export const PopupWindowPosition = { Center: 0, RightTop: 1, LeftTop: 2, RightBottom: 3, LeftBottom: 4 } as const
export type PopupWindowPosition = (typeof PopupWindowPosition)[keyof typeof PopupWindowPosition]

/** The window a link opens; sizes in pixels. */
export interface PropertyPaneLinkPopupWindowProperties {
  width: number
  height: number
  title: string
  positionWindowPosition: PopupWindowPosition
}

/** A link. */
export interface PropertyPaneLinkProperties extends PropertyPaneFieldProperties {
  text: string
  /** Where the browser opens it, e.g. `_blank`. */
  target?: string
  href: string
  ariaLabel?: string
  disabled?: boolean
  popupWindowProps?: PropertyPaneLinkPopupWindowProperties
}

/** A slider. */
export interface PropertyPaneSliderProperties extends PropertyPaneFieldProperties {
  label?: string
  value?: string
  ariaLabel?: string
  disabled?: boolean
  max: number
  min: number
  step?: number
  showValue?: boolean
}

/** A text field. */
export interface PropertyPaneTextFieldProperties extends PropertyPaneFieldProperties {
  label?: string
  value?: string
  ariaLabel?: string
  description?: string
  disabled?: boolean
  errorMessage?: string
  logName?: string
  maxLength?: number
  multiline?: boolean
  placeholder?: string
  resizable?: boolean
  rows?: number
  underlined?: boolean
}

/** A switch. */
export interface PropertyPaneToggleProperties extends PropertyPaneFieldProperties {
  ariaLabel?: string
  label?: string
  disabled?: boolean
  checked?: boolean
  key?: string
  offText?: string
  onText?: string
  onAriaLabel?: string
  offAriaLabel?: string
}
