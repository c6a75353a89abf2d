package io.tierdrill.recorder.accesslog;

import io.tierdrill.model.trace.RequestRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the request that a parsed {@link LogLine} tells of. One thread. */
final class RequestFromLine {
    private final FieldText text = new FieldText();
    private final String scheme;
    private final String authority;

    RequestFromLine(ImportOptions options) {
        this.scheme = options.scheme();
        this.authority = options.authority();
    }

    RequestRecord at(long offsetNanos, LogLine line, byte[] b) {
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
                skip == 0 ? authority : text.path(b, hostFrom, pathFrom),
                path.startsWith("?") ? "/" + path : path,
                headers(line, b),
                RequestRecord.Body.none(),
                response(line));
    }

    private static int pathFrom(byte[] b, int hostFrom, int to) {
        int at = hostFrom;
        while (at < to && b[at] != '/' && b[at] != '?') at++;
        return at;
    }

    private List<RequestRecord.Header> headers(LogLine line, byte[] b) {
        List<RequestRecord.Header> headers = new ArrayList<>(2);
        header(headers, "Referer", line.referer, b);
        header(headers, "User-Agent", line.agent, b);
        return headers;
    }

    private void header(List<RequestRecord.Header> headers, String name, LogLine.Span value, byte[] b) {
        if (value.isNothing(b)) return;
        String decoded = text.header(b, value.from, value.to);
        if (!decoded.isEmpty()) headers.add(new RequestRecord.Header(name, decoded));
    }

    private static Optional<RequestRecord.Response> response(LogLine line) {
        if (line.status() == 0) return Optional.empty();
        return Optional.of(new RequestRecord.Response(line.status(), Optional.of(line.size()), Optional.empty()));
    }
}
