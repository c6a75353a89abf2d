package io.tierdrill.recorder.imports;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.recorder.output.TraceOutput;
import java.io.IOException;

/**
 * Requests on their way to the trace, a few hundred at a time, so that the compiler keeps merging and parsing apart from
 * redaction and encoding instead of making one piece of them, several times over. One thread.
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
