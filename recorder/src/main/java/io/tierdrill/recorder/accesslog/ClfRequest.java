package io.tierdrill.recorder.accesslog;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.recorder.input.Server;
import io.tierdrill.recorder.line.FieldText;
import io.tierdrill.recorder.line.KnownFields;
import io.tierdrill.recorder.line.RequestLine;
import io.tierdrill.recorder.line.Span;
import java.util.List;
import java.util.Optional;

/** Makes the request that a parsed {@link ClfLine} tells of. One thread. */
final class ClfRequest {
    private final FieldText text = new FieldText();
    private final KnownFields<String> methods = new KnownFields<>(text::plain);
    private final KnownFields<String> paths = new KnownFields<>(text::path);
    private final KnownFields<Optional<Header>> referers = new KnownFields<>((b, f, t) -> header("Referer", b, f, t));
    private final KnownFields<Optional<Header>> agents = new KnownFields<>((b, f, t) -> header("User-Agent", b, f, t));
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
        String path = pathFrom == request.targetTo ? "/" : paths.of(b, pathFrom, request.targetTo);
        return new RequestRecord(
                offsetNanos,
                text.plain(b, line.client.from, line.client.to),
                "",
                line.user.isNothing(b) ? "" : text.header(b, line.user.from, line.user.to),
                skip == 0 ? scheme : skip == 7 ? "http" : "https",
                methods.of(b, line.request.from, request.methodTo),
                skip == 0 ? authority(line, b) : text.path(b, hostFrom, pathFrom),
                path.startsWith("?") ? "/" + path : path,
                headers(line, b),
                RequestRecord.Body.none(),
                response(line));
    }

    private String authority(ClfLine line, byte[] b) {
        return line.host.isEmpty() ? authority : paths.of(b, line.host.from, line.host.to);
    }

    private static int pathFrom(byte[] b, int hostFrom, int to) {
        int at = hostFrom;
        while (at < to && b[at] != '/' && b[at] != '?') at++;
        return at;
    }

    private List<Header> headers(ClfLine line, byte[] b) {
        Header referer = headerOrNull(referers, line.referer, b);
        Header agent = headerOrNull(agents, line.agent, b);
        if (referer == null) return agent == null ? List.of() : List.of(agent);
        return agent == null ? List.of(referer) : List.of(referer, agent);
    }

    private static Header headerOrNull(KnownFields<Optional<Header>> known, Span value, byte[] b) {
        return value.isNothing(b) ? null : known.of(b, value.from, value.to).orElse(null);
    }

    /** Empty where nothing is left of the value. */
    private Optional<Header> header(String name, byte[] b, int from, int to) {
        String decoded = text.header(b, from, to);
        return decoded.isEmpty() ? Optional.empty() : Optional.of(new Header(name, decoded));
    }

    private static Optional<RequestRecord.Response> response(ClfLine line) {
        if (line.status() == 0) return Optional.empty();
        return Optional.of(new RequestRecord.Response(line.status(), Optional.of(line.size()), Optional.empty()));
    }
}
