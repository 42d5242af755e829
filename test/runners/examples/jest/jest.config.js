export default { transform: {}, testMatch: ['**/jest/*.test.js'], rootDir: '..', watchman: false }
