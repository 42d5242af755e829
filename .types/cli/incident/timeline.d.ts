import { type NamedRecording } from '../../incident/index.ts';
export interface TimelineCommand {
    paths: string[];
    all: boolean;
    json: boolean;
    /** One line an event, for programs. */
    plain: boolean;
}
/** Shows what happened. Gives the exit code: what is found fails nothing, it is what was asked for. */
export declare function showTimeline({ paths, all, json, plain }: TimelineCommand): Promise<number>;
/** Recordings with their paths: files, folders, archives. */
export declare function loadNamed(paths: readonly string[]): Promise<NamedRecording[]>;
