export interface DoctorCommand {
    /** A service to ask; without one nothing is asked. */
    upstream: string | undefined;
    json: boolean;
    plain: boolean;
}
/** Looks at the set-up of the project in the working directory; gives the exit code: 1 when something in it cannot work. */
export declare function doctor({ upstream, json, plain }: DoctorCommand): Promise<number>;
