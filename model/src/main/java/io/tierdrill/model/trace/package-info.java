/**
 * The trace: one {@link io.tierdrill.model.trace.RequestRecord} per request, in an Avro container that survives a kill
 * and that other tools read without us. Start with the record, then {@code TraceWriter} and {@code TraceReader}.
 */
package io.tierdrill.model.trace;
