package io.tierdrill.model.trace;

/** What a trace is made of, in order of time. Most readers want requests only: {@link TraceReader} gives just these. */
public sealed interface TraceEntry permits RequestRecord, MessageRecord {

    /** From the start of the trace, 0 or more. */
    long offsetNanos();
}
