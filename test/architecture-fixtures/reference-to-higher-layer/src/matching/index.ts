/// <reference path="../replayer/engine/index.ts" />
export const near = 1
