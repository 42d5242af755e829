/** `starttask-harness/register`: preloaded with `node --import`, starts a session. */
import './package/node-version.ts';
import './session/register.ts';
