package io.tierdrill.recorder.accesslog;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.recorder.input.Server;
import io.tierdrill.recorder.line.FieldText;
import io.tierdrill.recorder.line.RequestLine;
import io.tierdrill.recorder.line.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the request that a parsed {@link ClfLine} tells of. One thread. */
final class ClfRequest {
    private final FieldText text = new FieldText();
    private final String scheme;
    private final String authority;

    ClfRequest(Server server) {
        this.scheme = server.scheme();
        this.authority = server.authority();
    }

    RequestRecord at(long offsetNanos, ClfLine line, byte[] b) {
        RequestLine request = line.requestLine;
        int skip = request.schemeLength(b);
        int hostFrom = request.targetFrom + skip;
        int pathFrom = skip == 0 ? hostFrom : pathFrom(b, hostFrom, request.targetTo);
        String path = pathFrom == request.targetTo ? "/" : text.path(b, pathFrom, request.targetTo);
        return new RequestRecord(
                offsetNanos,
                text.plain(b, line.client.from, line.client.to),
                "",
                line.user.isNothing(b) ? "" : text.header(b, line.user.from, line.user.to),
                skip == 0 ? scheme : skip == 7 ? "http" : "https",
                text.plain(b, line.request.from, request.methodTo),
                skip == 0 ? authority(line, b) : text.path(b, hostFrom, pathFrom),
                path.startsWith("?") ? "/" + path : path,
                headers(line, b),
                RequestRecord.Body.none(),
                response(line));
    }

    private String authority(ClfLine line, byte[] b) {
        return line.host.isEmpty() ? authority : text.path(b, line.host.from, line.host.to);
    }

    private static int pathFrom(byte[] b, int hostFrom, int to) {
        int at = hostFrom;
        while (at < to && b[at] != '/' && b[at] != '?') at++;
        return at;
    }

    private List<RequestRecord.Header> headers(ClfLine line, byte[] b) {
        List<RequestRecord.Header> headers = new ArrayList<>(2);
        header(headers, "Referer", line.referer, b);
        header(headers, "User-Agent", line.agent, b);
        return headers;
    }

    private void header(List<RequestRecord.Header> headers, String name, Span value, byte[] b) {
        if (value.isNothing(b)) return;
        String decoded = text.header(b, value.from, value.to);
        if (!decoded.isEmpty()) headers.add(new RequestRecord.Header(name, decoded));
    }

    private static Optional<RequestRecord.Response> response(ClfLine line) {
        if (line.status() == 0) return Optional.empty();
        return Optional.of(new RequestRecord.Response(line.status(), Optional.of(line.size()), Optional.empty()));
    }
}
