/** What the API page shows at one place of a body. The generated trees of these are made from the schemas in contracts/. */
export interface Shape {
  readonly type: string
  /** Where its rules stand; absent where the parent's source holds. */
  readonly source?: string
  readonly required?: readonly string[]
  /** Of an object, by name. */
  readonly members?: Readonly<Record<string, Shape>>
  /** Of an array. */
  readonly items?: Shape
}

/** The HTTP status that the API page gives an error, and whose fault it is. */
export interface DocumentedError {
  readonly status: number
  readonly fault: 'client' | 'server'
}
