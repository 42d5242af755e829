export const text = "import { a } from 'b'"
