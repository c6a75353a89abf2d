package io.tierdrill.recorder.inspect;

import io.tierdrill.model.trace.RequestRecord;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** Requests as JSON, one object a line. Stateless. */
public final class RecordLines {
    private RecordLines() {}

    /** Writes every request in the order it comes, each ended with a line feed. */
    public static void write(Iterator<RequestRecord> requests, Appendable out) throws IOException {
        ObjectWriter json = JsonMapper.builder().build().writerFor(Line.class);
        while (requests.hasNext()) {
            out.append(json.writeValueAsString(Line.of(requests.next()))).append('\n');
        }
    }

    /** The fields and their order; null where the source did not tell. */
    private record Line(
            long offsetNanos,
            String client,
            String user,
            String connection,
            String scheme,
            String method,
            String authority,
            String path,
            List<RequestRecord.Header> headers,
            long requestBytes,
            Integer status,
            Long responseBytes,
            Long latencyNanos) {

        static Line of(RequestRecord r) {
            Optional<RequestRecord.Response> response = r.response();
            return new Line(
                    r.offsetNanos(),
                    r.client(),
                    r.user(),
                    r.connection(),
                    r.scheme(),
                    r.method(),
                    r.authority(),
                    r.path(),
                    r.headers(),
                    r.body().size(),
                    response.map(RequestRecord.Response::status).orElse(null),
                    response.flatMap(RequestRecord.Response::bytes).orElse(null),
                    response.flatMap(RequestRecord.Response::latencyNanos).orElse(null));
        }
    }
}
