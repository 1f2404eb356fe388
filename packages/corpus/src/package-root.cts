// CommonJS in both builds, because only CommonJS tells a file its place without `import.meta`, which the CommonJS build of
// this package cannot have. ES modules import it like any other file.
// @ts-ignore TS1286: the compiler writes this export as CommonJS, which verbatimModuleSyntax wants spelled out
export const moduleDirectory: string = __dirname
