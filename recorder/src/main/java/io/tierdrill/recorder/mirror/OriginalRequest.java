package io.tierdrill.recorder.mirror;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.recorder.fields.HttpWords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads out of a copy what the request was that it is a copy of. Stateless but for its settings. */
final class OriginalRequest {
    private static final List<String> CLIENT = List.of("X-Real-IP", "X-Envoy-External-Address", "X-Forwarded-For");
    private static final List<String> PATH = List.of("X-Original-URI", "X-Request-URI", "X-Envoy-Original-Path");
    private static final List<String> METHOD = List.of("X-Original-Method");
    private static final List<String> HOST = List.of("X-Original-Host", "X-Forwarded-Host");
    private static final List<String> SCHEME = List.of("X-Forwarded-Proto", "X-Scheme");
    private static final List<String> CONNECTION = List.of("X-Original-Connection");
    private static final List<String> TIME = List.of("X-Request-Start", "X-Queue-Start");

    /** Of the way to this endpoint, not of the request. */
    private static final Set<String> NOT_KEPT = Set.of(
            "host",
            "connection",
            "keep-alive",
            "content-length",
            "transfer-encoding",
            "x-real-ip",
            "x-original-uri",
            "x-request-uri",
            "x-original-method",
            "x-original-host",
            "x-original-connection",
            "x-request-start",
            "x-queue-start",
            "x-forwarded-host",
            "x-forwarded-proto",
            "x-scheme");

    private static final Pattern METHOD_FORM = Pattern.compile("[A-Z][A-Z-]{0,31}");
    private static final Pattern V4 = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3})(?::\\d{1,5})?");
    private static final Pattern V6 = Pattern.compile("\\[?([0-9a-fA-F:]*:[0-9a-fA-F:.]*)(?:%\\w+)?(?:]:\\d{1,5}|])?");
    private static final Pattern ABSOLUTE = Pattern.compile("https?://[^/?#]*");

    private final boolean trust;
    private final String hostSuffix;

    OriginalRequest(MirrorConfig config) {
        this.trust = config.trustHeaders();
        this.hostSuffix = config.hostSuffix();
    }

    /** When the proxy got it, where it says so. */
    Optional<Instant> time(HttpRequest copy) {
        return first(copy.headers(), TIME).flatMap(OriginalTime::parse);
    }

    /** @param peer who sent the copy */
    RequestRecord read(HttpRequest copy, long offsetNanos, String peer, Body body) {
        HttpHeaders headers = copy.headers();
        return new RequestRecord(
                offsetNanos,
                first(headers, CLIENT).flatMap(OriginalRequest::address).orElse(peer),
                first(headers, CONNECTION).orElse(""),
                "",
                scheme(headers),
                first(headers, METHOD)
                        .filter(m -> METHOD_FORM.matcher(m).matches())
                        .orElse(copy.method().name()),
                host(headers),
                path(first(headers, PATH).orElse(copy.uri())),
                kept(headers),
                body,
                Optional.empty());
    }

    private Optional<String> first(HttpHeaders headers, List<String> names) {
        if (!trust) return Optional.empty();
        for (String name : names) {
            String value = headers.get(name);
            if (value != null && !value.isBlank()) return Optional.of(value.strip());
        }
        return Optional.empty();
    }

    /** The first hop, without its port. */
    private static Optional<String> address(String value) {
        String first =
                value.contains(",") ? value.substring(0, value.indexOf(',')).strip() : value;
        var v4 = V4.matcher(first);
        if (v4.matches()) return Optional.of(v4.group(1));
        var v6 = V6.matcher(first);
        return v6.matches() ? Optional.of(v6.group(1).toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    private String scheme(HttpHeaders headers) {
        return first(headers, SCHEME)
                .map(s -> s.toLowerCase(Locale.ROOT))
                .map(s -> s.startsWith("https") || s.startsWith("wss") ? "https" : "http")
                .orElse("http");
    }

    private String host(HttpHeaders headers) {
        String host = first(headers, HOST).filter(HttpWords::isVisible).orElse(own(headers));
        int colon = host.endsWith("]") ? -1 : host.lastIndexOf(':');
        String name = colon < 0 ? host : host.substring(0, colon);
        String port = colon < 0 ? "" : host.substring(colon);
        if (hostSuffix.isEmpty() || !name.endsWith(hostSuffix)) return host;
        return name.substring(0, name.length() - hostSuffix.length()) + port;
    }

    /** The copy's, where a request can carry it. */
    private static String own(HttpHeaders headers) {
        String host = headers.get("Host", "");
        return HttpWords.isVisible(host) ? host : "";
    }

    private static String path(String uri) {
        String path = ABSOLUTE.matcher(HttpWords.target(uri)).replaceFirst("");
        if (path.isEmpty()) return "/";
        return path.startsWith("/") || path.equals("*") ? path : "/" + path;
    }

    private List<Header> kept(HttpHeaders headers) {
        List<Header> kept = new ArrayList<>(headers.size());
        for (Map.Entry<String, String> header : headers) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!NOT_KEPT.contains(name) && !name.startsWith("x-envoy-"))
                HttpWords.header(header.getKey(), header.getValue()).ifPresent(kept::add);
        }
        return kept;
    }
}
