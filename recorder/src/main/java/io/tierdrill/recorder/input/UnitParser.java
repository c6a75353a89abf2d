package io.tierdrill.recorder.input;

import io.tierdrill.model.trace.RequestRecord;
import java.util.Map;

/** Reads one unit of an input. The answers are about the unit parsed last. Reused; one thread. */
public interface UnitParser {

    /** Whether the bytes are a request; otherwise {@link #reason} and {@link #wrongAt} tell why not. Never throws. */
    boolean parse(byte[] bytes, int from, int to);

    /** Why the bytes are no request. */
    RejectReason reason();

    /** Index in the array of the first byte that does not fit. */
    int wrongAt();

    /** Which field does not fit, where fields have names: a JSON pointer, a column. Else empty. */
    default String wrongField() {
        return "";
    }

    /** The time as logged, in nanoseconds of the epoch; years 1970 to 2199. Only of inputs that tell times. */
    long epochNanos();

    /** How long before that time the request had arrived: 0, or its duration where the end is what is logged. */
    default long sinceArrivalNanos() {
        return 0;
    }

    /**
     * The request as it stood in the input, nothing masked. The bytes last parsed must still be there.
     *
     * @param offsetNanos its arrival from the start of the trace
     */
    RequestRecord request(long offsetNanos);

    /** How many units so far were read in spite of something worth telling. */
    default Map<Remark, Long> remarks() {
        return Map.of();
    }
}
