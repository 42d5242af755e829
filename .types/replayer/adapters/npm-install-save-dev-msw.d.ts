/**
 * msw, an optional peer, through a file whose name says what to do: where msw is missing, Node.js tells of the file that imports it, before any
 * line of ours has run. Loading it later would need a wait at the top level, which `require` does not take.
 */
export { http, HttpResponse, type HttpHandler } from 'msw/http';
export { setupServer } from 'msw/node';
