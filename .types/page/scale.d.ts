/** How wide a picture is, in pixels: one for a desk and one for a phone, since text does not shrink with a picture. */
export type PictureWidth = 'wide' | 'narrow';
/** A stretch of time, in milliseconds since `beganAt`. */
export interface Stretch {
    beganAt: string;
    fromMs: number;
    toMs: number;
}
/** What all pictures have: a time axis in UTC, room for names at the left and for numbers at the right. A pixel stands for so many milliseconds. */
export declare function makeFrame({ beganAt, fromMs, toMs }: Stretch, width: PictureWidth): {
    readonly at: (ms: number) => Date;
    readonly pixelMs: number;
    readonly options: {
        readonly marginLeft: number;
        readonly marginRight: number;
        readonly marginBottom: number;
        readonly width: number;
        readonly x: {
            readonly type: 'utc';
            readonly domain: readonly [Date, Date];
            readonly label: null;
        };
    };
    readonly axis: {
        readonly ticks: number;
        readonly tickFormat: (at: Date) => string;
        readonly fontSize: 11;
    };
};
