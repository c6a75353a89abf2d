/**
 * The trace: one {@link io.tierdrill.model.trace.RequestRecord} per request, and one {@link
 * io.tierdrill.model.trace.MessageRecord} per message on a WebSocket, in an Avro container that survives a kill and that
 * other tools read without us. Start with the records, then {@code TraceWriter} and {@code TraceReader}.
 */
package io.tierdrill.model.trace;
