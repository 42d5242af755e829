import type { ImportFormat } from './imported.ts';
/** Reads events as rules deliver them: by themselves, or in messages of SQS, SNS or CloudWatch Logs. */
export declare const EVENTBRIDGE: ImportFormat;
