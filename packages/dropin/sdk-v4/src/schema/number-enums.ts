import { StatusCodes as StatusCodesValues } from '@parley/core'
import {
  DropDownOptionType as DropDownOptionTypeValues,
  FieldType as FieldTypeValues,
  MediaType as MediaTypeValues,
  PopupWindowPosition as PopupWindowPositionValues,
} from '@parley/teams'
import { withNames } from './with-names.ts'
import type { NamedNumbers } from './with-names.ts'

/** {@link StatusCodesValues}, whose members are types as well. */
export const StatusCodes: NamedNumbers<typeof StatusCodesValues> = withNames(StatusCodesValues)
/** Any number, as SDK v4 had it: a status that has no name here is a status too. */
export type StatusCodes = StatusCodesValues | (number & {})
export declare namespace StatusCodes {
  type OK = 200
  type CREATED = 201
  type MULTIPLE_CHOICES = 300
  type BAD_REQUEST = 400
  type UNAUTHORIZED = 401
  type NOT_FOUND = 404
  type METHOD_NOT_ALLOWED = 405
  type CONFLICT = 409
  type PRECONDITION_FAILED = 412
  type UPGRADE_REQUIRED = 426
  type INTERNAL_SERVER_ERROR = 500
  type NOT_IMPLEMENTED = 501
  type BAD_GATEWAY = 502
}

/** {@link DropDownOptionTypeValues}, whose members are types as well. */
export const DropDownOptionType: NamedNumbers<typeof DropDownOptionTypeValues> = withNames(DropDownOptionTypeValues)
export type DropDownOptionType = DropDownOptionTypeValues
export declare namespace DropDownOptionType {
  type Normal = 0
  type Divider = 1
  type Header = 2
}

/** {@link FieldTypeValues}, whose members are types as well. */
export const FieldType: NamedNumbers<typeof FieldTypeValues> = withNames(FieldTypeValues)
export type FieldType = FieldTypeValues
export declare namespace FieldType {
  type CheckBox = 2
  type TextField = 3
  type Toggle = 5
  type Dropdown = 6
  type Label = 7
  type Slider = 8
  type ChoiceGroup = 10
  type HorizontalRule = 12
  type Link = 13
}

/** {@link MediaTypeValues}, whose members are types as well. */
export const MediaType: NamedNumbers<typeof MediaTypeValues> = withNames(MediaTypeValues)
export type MediaType = MediaTypeValues
export declare namespace MediaType {
  type Image = 1
  type Audio = 4
  type Document = 8
}

/** {@link PopupWindowPositionValues}, whose members are types as well. */
export const PopupWindowPosition: NamedNumbers<typeof PopupWindowPositionValues> = withNames(PopupWindowPositionValues)
export type PopupWindowPosition = PopupWindowPositionValues
export declare namespace PopupWindowPosition {
  type Center = 0
  type RightTop = 1
  type LeftTop = 2
  type RightBottom = 3
  type LeftBottom = 4
}
