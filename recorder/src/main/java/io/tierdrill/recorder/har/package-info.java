/**
 * From HTTP archives (HAR 1.2, as browsers and proxies save them) to requests. An archive is cut into its entries, each
 * of which becomes a request or a refusal with the JSON pointer of what is wrong. Begin at {@code HarEntryParser}.
 */
package io.tierdrill.recorder.har;
