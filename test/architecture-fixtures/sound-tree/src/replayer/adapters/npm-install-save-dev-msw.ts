export { http } from 'msw'
