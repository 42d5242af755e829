/**
 * The preload: `node --import starttask-harness/register app.js`, or `NODE_OPTIONS=--import=starttask-harness/register` for a process
 * tree. Set up by variables alone. A set-up that is wrong ends the process, before the app begins.
 */
export {};
