package io.tierdrill.recorder.line;

import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.recorder.input.UnitParser;
import java.util.Optional;

/**
 * A parser that can also tell of a request by the places of its fields. Most fields of a log repeat, so whoever writes
 * requests may remember what a field's bytes became instead of making texts of them line after line. What a field's bytes
 * mean depends on nothing but these bytes. Put together, the fields make the very {@link #request}, which has no
 * connection, no body and no latency.
 */
public interface FieldwiseParser extends UnitParser {

    /** The first fields of a request that a request line tells, or stands for. */
    record Origin(String scheme, String method, String authority, String path) {}

    /** Whether the request parsed last can be told so; else it goes the usual way. */
    boolean isFieldwise();

    /** ISO 8859-1, as it stands. */
    Span client();

    /** Empty where there is none. */
    String user();

    Span origin();

    /** What such bytes mean. */
    Origin origin(byte[] b, int from, int to);

    /** How many headers the form can have; they come in this order. */
    int headers();

    /** Empty where there is none. */
    Span header(int number);

    /** What such bytes mean; empty where nothing is left of them. */
    Optional<Header> header(int number, byte[] b, int from, int to);

    /** 0 where there is no response. */
    int status();

    /** Bytes of the response's body. */
    long size();
}
