import '../cli/index.ts'
