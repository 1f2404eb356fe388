/** Tests run on the sources, through the `@parley/source` condition of every package: nothing needs to be built. */
export default {
  testEnvironment: 'node',
  setupFiles: ['<rootDir>/scripts/jest-pristine-http.cjs'],
  maxWorkers: '100%',
  // A test that hangs is found out; one on a machine that has much to do is not.
  testTimeout: 30_000,
  roots: ['<rootDir>/packages', '<rootDir>/templates', '<rootDir>/scripts'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['/dist/'],
  moduleNameMapper: { '^test-support/(.*)$': '<rootDir>/scripts/test-support/$1.ts' },
  transformIgnorePatterns: ['/node_modules/'],
  transform: {
    '^.+\\.[cm]?[jt]sx?$': [
      '@swc/jest',
      {
        jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  testEnvironmentOptions: { customExportConditions: ['@parley/source', 'node', 'node-addons'] },
}
