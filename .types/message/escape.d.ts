/**
 * The escaping rules for untrusted text: whatever comes from a recording, a request, an import, a file name or another program. Each output has one
 * function, and every writer of that output uses it.
 */
/** Escapes text of several lines for a terminal: what controls it, hides text or reorders text is shown as `\u....`. */
export declare function escapeControls(text: string): string;
/** Escapes text that must stay on one line, so that it cannot look like another line of the report. */
export declare function escapeLine(text: string): string;
/**
 * Escapes text for a terminal or a CI log. GitHub Actions reads `::` at the start of a line and `##[` anywhere as a workflow command; both are
 * broken up.
 */
export declare function escapeForTerminal(text: string): string;
/** Escapes the message of a GitHub Actions workflow command. */
export declare function escapeWorkflowMessage(text: string): string;
/** Escapes a property of a GitHub Actions workflow command. */
export declare function escapeWorkflowProperty(text: string): string;
/** Escapes text for HTML, between tags and in quoted attributes. */
export declare function escapeHtml(text: string): string;
