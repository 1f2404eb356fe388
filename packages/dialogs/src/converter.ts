/** Makes of a setting what a dialog needs, e.g. of the id of a dialog the dialog. */
export interface Converter<From = unknown, To = unknown> {
  convert(value: From | To): To
}

/** A class of converters, made when they are needed. */
export type ConverterFactory<From = unknown, To = unknown> = new (...args: unknown[]) => Converter<From, To>
