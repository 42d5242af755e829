import { type Command } from '@commander-js/extra-typings';
/** Commands about incidents. */
export declare function addIncident(program: Command, command: string[], finish: (code: number) => void): void;
