/**
 * A memory for those who turn parts of requests into what may be written: {@link io.tierdrill.recorder.known.KnownParts}.
 * It knows nothing of what parts mean; live recording and import share it.
 */
package io.tierdrill.recorder.known;
