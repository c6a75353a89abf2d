package io.tierdrill.recorder.accesslog;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.recorder.input.Server;
import io.tierdrill.recorder.line.FieldText;
import io.tierdrill.recorder.line.FieldwiseParser.Origin;
import io.tierdrill.recorder.line.KnownFields;
import io.tierdrill.recorder.line.RequestLine;
import io.tierdrill.recorder.line.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the request that a parsed {@link ClfLine} tells of, or parts of it. One thread. */
final class ClfRequest {
    private static final List<String> HEADERS = List.of("Referer", "User-Agent");

    private final FieldText text = new FieldText();
    private final KnownFields<Origin> origins = new KnownFields<>(this::origin);
    private final List<KnownFields<Optional<Header>>> headers = new ArrayList<>();
    private final RequestLine request = new RequestLine();
    private final String scheme;
    private final String authority;

    ClfRequest(Server server) {
        this.scheme = server.scheme();
        this.authority = server.authority();
        for (int i = 0; i < HEADERS.size(); i++) {
            int number = i;
            headers.add(new KnownFields<>((b, from, to) -> header(number, b, from, to)));
        }
    }

    RequestRecord at(long offsetNanos, ClfLine line, byte[] b) {
        Origin origin = origins.of(b, line.request.from, line.request.to);
        boolean told = line.host.isEmpty() || line.requestLine.schemeLength(b) > 0;
        return new RequestRecord(
                offsetNanos,
                text.plain(b, line.client.from, line.client.to),
                "",
                user(line.user, b),
                origin.scheme(),
                origin.method(),
                told ? origin.authority() : text.path(b, line.host.from, line.host.to),
                origin.path(),
                headers(line, b),
                RequestRecord.Body.none(),
                response(line));
    }

    String user(Span user, byte[] b) {
        return user.isNothing(b) ? "" : text.header(b, user.from, user.to);
    }

    /** Of a request line that is one. */
    Origin origin(byte[] b, int from, int to) {
        request.parse(b, from, to);
        int skip = request.schemeLength(b);
        int hostFrom = request.targetFrom + skip;
        int pathFrom = skip == 0 ? hostFrom : pathFrom(b, hostFrom, request.targetTo);
        String path = pathFrom == request.targetTo ? "/" : text.path(b, pathFrom, request.targetTo);
        return new Origin(
                skip == 0 ? scheme : skip == 7 ? "http" : "https",
                text.plain(b, from, request.methodTo),
                skip == 0 ? authority : text.path(b, hostFrom, pathFrom),
                path.startsWith("?") ? "/" + path : path);
    }

    /** Empty where nothing is left of the value. */
    Optional<Header> header(int number, byte[] b, int from, int to) {
        String decoded = text.header(b, from, to);
        return decoded.isEmpty() ? Optional.empty() : Optional.of(new Header(HEADERS.get(number), decoded));
    }

    private static int pathFrom(byte[] b, int hostFrom, int to) {
        int at = hostFrom;
        while (at < to && b[at] != '/' && b[at] != '?') at++;
        return at;
    }

    private List<Header> headers(ClfLine line, byte[] b) {
        List<Header> there = new ArrayList<>(HEADERS.size());
        for (int i = 0; i < HEADERS.size(); i++) {
            Span value = line.header(i);
            if (!value.isEmpty()) headers.get(i).of(b, value.from, value.to).ifPresent(there::add);
        }
        return there;
    }

    private static Optional<RequestRecord.Response> response(ClfLine line) {
        if (line.status() == 0) return Optional.empty();
        return Optional.of(new RequestRecord.Response(line.status(), Optional.of(line.size()), Optional.empty()));
    }
}
