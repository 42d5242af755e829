export interface Nearest { index: number }
