/**
 * What must not reach a disk: secrets become keyed pseudonyms, addresses keep their network only. Every request passes
 * {@link io.tierdrill.recorder.redact.Redaction} on its way into a trace. Begin there.
 */
package io.tierdrill.recorder.redact;
