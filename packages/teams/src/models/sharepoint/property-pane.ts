/** What every field has; each kind of field adds its own. */
export interface PropertyPaneFieldProperties {}

/** What a page is made of: {@link PropertyPaneGroup}. */
export interface PropertyPaneGroupOrConditionalGroup {}

/** Kinds of field. */
export const FieldType = {
  CheckBox: 2,
  TextField: 3,
  Toggle: 5,
  Dropdown: 6,
  Label: 7,
  Slider: 8,
  ChoiceGroup: 10,
  HorizontalRule: 12,
  Link: 13,
} as const
export type FieldType = (typeof FieldType)[keyof typeof FieldType]

/** A field and the property it sets. */
export interface PropertyPaneGroupField {
  type: FieldType
  /** Name of the property. */
  targetProperty: string
  properties: PropertyPaneFieldProperties
  shouldFocus?: boolean
}

/** Fields that belong together. */
export interface PropertyPaneGroup extends PropertyPaneGroupOrConditionalGroup {
  groupFields: PropertyPaneGroupField[]
  groupName?: string
  isCollapsed?: boolean
  isGroupNameHidden?: boolean
}

/** What stands at the top of a page. */
export interface PropertyPanePageHeader {
  description: string
}

/** A page of the property pane. */
export interface PropertyPanePage {
  displayGroupsAsAccordion?: boolean
  groups: PropertyPaneGroupOrConditionalGroup[]
  header?: PropertyPanePageHeader
}

/** Answer to `cardExtension/getPropertyPaneConfiguration`. */
export interface GetPropertyPaneConfigurationResponse {
  pages: PropertyPanePage[]
  currentPage: number
  /** Milliseconds. */
  loadingIndicatorDelayTime: number
  showLoadingIndicator: boolean
}
