/// <reference path="../replayer/index.ts" />
export const near = 1
