// CommonJS in both builds, because only CommonJS can load a package when it is needed without waiting for it. The names are
// written out, so that bundlers find the packages.
// @ts-ignore TS1286: the compiler writes this export as CommonJS, which verbatimModuleSyntax wants spelled out
export const recognizerPackages: { number(): unknown; dateTime(): unknown; choice(): unknown } = {
  number: () => require('@microsoft/recognizers-text-number'),
  dateTime: () => require('@microsoft/recognizers-text-date-time'),
  choice: () => require('@microsoft/recognizers-text-choice'),
}
