/** `starttask-harness/register`: preloaded with `node --import`, starts a session. */
import './node-version.ts'

import './session/register.ts'
