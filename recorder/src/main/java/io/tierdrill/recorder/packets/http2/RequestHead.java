package io.tierdrill.recorder.packets.http2;

import io.netty.handler.codec.http2.Http2Headers;
import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.recorder.packets.exchange.RequestTarget;
import io.tierdrill.recorder.packets.exchange.WireText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the headers of a request say (RFC 9113, 8.3.1).
 *
 * @param method empty where there is none
 * @param target empty where there is no path, as with CONNECT
 * @param headers without the pseudo ones; cookies, which may come in crumbs, are one again (8.2.3)
 */
record RequestHead(String method, Optional<RequestTarget> target, List<Header> headers) {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,15}");
    private static final String COOKIE = "cookie";

    /** @param scheme where the request names none that a trace knows */
    static RequestHead of(Http2Headers decoded, String scheme) {
        List<Header> headers = new ArrayList<>();
        StringBuilder cookies = new StringBuilder();
        String host = "";
        for (Map.Entry<CharSequence, CharSequence> entry : decoded) {
            String name = text(entry.getKey());
            String value = text(entry.getValue());
            if (name.isEmpty() || name.startsWith(":")) continue;
            if (name.equals(COOKIE))
                cookies.append(cookies.length() == 0 ? "" : "; ").append(value);
            else headers.add(new Header(name, value));
            if (name.equals("host")) host = value;
        }
        if (cookies.length() > 0) headers.add(new Header(COOKIE, cookies.toString()));
        String authority =
                decoded.authority() == null ? host : decoded.authority().toString();
        String path = decoded.path() == null ? "" : decoded.path().toString();
        String named = decoded.scheme() == null ? "" : decoded.scheme().toString();
        String known = named.equals("http") || named.equals("https") ? named : scheme;
        String method =
                decoded.method() == null ? "" : WireText.target(decoded.method().toString());
        return new RequestHead(method, RequestTarget.of(known, path, WireText.target(authority)), headers);
    }

    /** As declared; 0 where it is not, or no number. */
    long contentLength() {
        return headers.stream()
                .filter(h -> h.name().equals("content-length")
                        && DIGITS.matcher(h.value()).matches())
                .mapToLong(h -> Long.parseLong(h.value()))
                .findFirst()
                .orElse(0);
    }

    private static String text(CharSequence bytes) {
        byte[] plain = bytes.toString().getBytes(StandardCharsets.ISO_8859_1);
        return WireText.value(plain, 0, plain.length);
    }
}
