package io.tierdrill.recorder.imports;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.recorder.output.TraceOutput;
import java.io.IOException;

/**
 * Requests on their way to the trace, a few hundred at a time. Written one by one, the compiler would make one piece of
 * merging, parsing, redaction and encoding, several times over; that took longer than the work itself. One thread.
 */
final class Batch {
    private final TraceOutput output;
    private final RequestRecord[] requests = new RequestRecord[512];
    private int size;

    Batch(TraceOutput output) {
        this.output = output;
    }

    void add(RequestRecord request) throws IOException {
        requests[size++] = request;
        if (size == requests.length) flush();
    }

    void flush() throws IOException {
        for (int i = 0; i < size; i++) output.write(requests[i]);
        size = 0;
    }
}
