export interface Replayer { unused: number }
