module.exports = {
  transform: {},
  testMatch: ['**/jest-commonjs/*.test.cjs'],
  rootDir: '..',
  watchman: false,
}
