package io.tierdrill.lb.l7;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.Map;
import java.util.Set;

/**
 * Makes a request of HTTP/1.1 out of the fields of an HTTP/2 stream (RFC 9113, 8.2 and 8.3). In HTTP/2 any byte can
 * stand in a name or value; what would end a line, or could be read in two ways once it is text, is refused here, and
 * that is what keeps requests from being smuggled.
 */
final class StreamHead {
    /** These concern one connection alone; in HTTP/2 there is no such thing (8.2.2). */
    private static final Set<String> CONNECTIONS_OWN =
            Set.of("connection", "proxy-connection", "keep-alive", "transfer-encoding", "upgrade");

    /** Whoever sends these in a trailer would have a say in framing or routing after the fact (RFC 9110, 6.5.1). */
    private static final Set<String> NEVER_TRAILING =
            Set.of("content-length", "host", "te", "trailer", "expect", "authorization", "cookie", "set-cookie");

    private static final Set<String> EXPECTS_BODY = Set.of("POST", "PUT", "PATCH");
    private static final DefaultHttpHeadersFactory UNCHECKED =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false);
    private static final int MOST_LENGTH_DIGITS = 18;

    private final HttpHeaders headers = UNCHECKED.newHeaders();
    private final boolean whole;
    private CharSequence method = "";
    private CharSequence path = "";
    private CharSequence scheme = "";
    private CharSequence authority = "";
    private StringBuilder cookies;
    private int fields;

    private StreamHead(boolean whole) {
        this.whole = whole;
    }

    /**
     * The same request as HTTP/1.1 would say it.
     *
     * @param whole whether no body follows
     * @throws Rejection with 400 where it is malformed, which in HTTP/2 is a stream error; else with what to answer
     */
    static HttpRequest request(Http2Headers from, boolean whole) throws Rejection {
        StreamHead head = new StreamHead(whole);
        for (Map.Entry<CharSequence, CharSequence> field : from) {
            CharSequence name = field.getKey();
            if (name.length() > 0 && name.charAt(0) == ':') head.pseudo(name, field.getValue());
            else head.field(name, field.getValue());
        }
        return head.build();
    }

    /** Fields behind a body, as far as they may stand there. */
    static void trailers(Http2Headers from, HttpHeaders to) throws Rejection {
        for (Map.Entry<CharSequence, CharSequence> field : from) {
            checkForm(field.getKey(), field.getValue());
            String name = field.getKey().toString();
            if (CONNECTIONS_OWN.contains(name)) throw bad("connection-specific field");
            if (!NEVER_TRAILING.contains(name)) to.add(name, field.getValue());
        }
    }

    private void pseudo(CharSequence name, CharSequence value) throws Rejection {
        switch (name.toString()) {
            case ":method" -> method = once(method, value);
            case ":path" -> path = once(path, value);
            case ":scheme" -> scheme = once(scheme, value);
            case ":authority" -> authority = once(authority, value);
            default -> throw bad("unknown pseudo-header field");
        }
    }

    private static CharSequence once(CharSequence known, CharSequence value) throws Rejection {
        if (known.length() > 0 || value.length() == 0) throw bad("bad pseudo-header field");
        return value;
    }

    private void field(CharSequence name, CharSequence value) throws Rejection {
        if (++fields > HeadGuard.MOST_FIELDS)
            throw new Rejection(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "too many header fields");
        checkForm(name, value);
        if (AsciiString.contentEquals(HttpHeaderNames.COOKIE, name)) {
            if (cookies == null) cookies = new StringBuilder(value);
            else cookies.append("; ").append(value);
        } else if (AsciiString.contentEquals(HttpHeaderNames.TE, name)) {
            if (!AsciiString.contentEqualsIgnoreCase(HttpHeaderValues.TRAILERS, value)) throw bad("bad te");
        } else if (CONNECTIONS_OWN.contains(name.toString())) {
            throw bad("connection-specific field");
        } else {
            headers.add(name, value);
        }
    }

    private static void checkForm(CharSequence name, CharSequence value) throws Rejection {
        if (!HeadGuard.isLowerToken(name)) throw bad("bad header name");
        if (!HeadGuard.isValue(value)) throw bad("bad header value");
    }

    private HttpRequest build() throws Rejection {
        if (!HeadGuard.isToken(method)) throw bad("bad method");
        if (HttpMethod.CONNECT.asciiName().contentEquals(method))
            throw new Rejection(HttpResponseStatus.NOT_IMPLEMENTED, "CONNECT is not offered");
        if (!AsciiString.contentEqualsIgnoreCase(scheme, "http")
                && !AsciiString.contentEqualsIgnoreCase(scheme, "https")) throw bad("bad scheme");
        target();
        host();
        length();
        if (cookies != null) headers.add(HttpHeaderNames.COOKIE, cookies.toString());
        return new DefaultHttpRequest(
                HttpVersion.HTTP_1_1, HttpMethod.valueOf(method.toString()), path.toString(), headers);
    }

    /** Origin form, or the asterisk; an absolute form would name an authority of its own. */
    private void target() throws Rejection {
        if (path.length() > HeadGuard.MOST_LINE)
            throw new Rejection(HttpResponseStatus.REQUEST_URI_TOO_LONG, "target too long");
        boolean origin = path.length() > 0 && path.charAt(0) == '/' && HeadGuard.isTarget(path);
        boolean asterisk = AsciiString.contentEquals("*", path)
                && HttpMethod.OPTIONS.asciiName().contentEquals(method);
        if (!origin && !asterisk) throw bad("bad path");
    }

    /** {@code :authority} becomes Host; where both are there they must agree. */
    private void host() throws Rejection {
        String host = headers.get(HttpHeaderNames.HOST);
        if (authority.length() == 0) return;
        if (host != null && !AsciiString.contentEqualsIgnoreCase(host, authority)) throw bad("host is not :authority");
        if (host == null) headers.set(HttpHeaderNames.HOST, authority);
    }

    private void length() throws Rejection {
        CharSequence length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        if (length == null) {
            if (!whole) headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
            else if (EXPECTS_BODY.contains(method.toString())) headers.set(HttpHeaderNames.CONTENT_LENGTH, "0");
            return;
        }
        boolean one = headers.getAll(HttpHeaderNames.CONTENT_LENGTH).size() == 1;
        if (!one || length.length() == 0 || length.length() > MOST_LENGTH_DIGITS) throw bad("bad content-length");
        for (int i = 0; i < length.length(); i++)
            if (length.charAt(i) < '0' || length.charAt(i) > '9') throw bad("bad content-length");
    }

    private static Rejection bad(String reason) {
        return new Rejection(HttpResponseStatus.BAD_REQUEST, reason);
    }
}
