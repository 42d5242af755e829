/**
 * What becomes of an ECS request of this process.
 *
 * - `replay`: it is answered from recordings; what is not recorded is a miss
 * - `record`: it goes to the service, and takes the place of what was recorded of it
 * - `record-missing`: it is answered from recordings; what is not recorded goes to the service, and is added
 * - `re-record`: it goes to the service; what is not recorded again is gone from the file
 * - `verify-live`: it goes to the service, nothing is written, and the response is compared with the recorded one
 * - `off`: nothing; the process is left alone
 */
export type Mode = LiveMode | 'replay' | 'off';
/** The modes in which requests reach a service, which starts real tasks. */
export type LiveMode = 'record' | 'record-missing' | 're-record' | 'verify-live';
/**
 * The mode: what the option says, else `STARTTASK_MODE`, else `replay`, in CI as anywhere. An empty variable says nothing. Throws `usage`
 * for a word that is no mode.
 */
export declare function chooseMode(option: unknown, env: NodeJS.ProcessEnv): Mode;
