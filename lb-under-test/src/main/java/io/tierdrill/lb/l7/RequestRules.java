package io.tierdrill.lb.l7;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;

/** What a request must be to be forwarded, beyond the form of its bytes (RFC 9110, RFC 9112). Stateless. */
final class RequestRules {
    private RequestRules() {}

    static void check(HttpRequest request) throws Rejection {
        Throwable cause = request.decoderResult().cause();
        if (cause instanceof Rejection rejection) throw rejection;
        if (cause != null) throw bad(String.valueOf(cause.getMessage()));
        transferEncoding(request);
        target(request);
        host(request);
        expect(request);
    }

    /** Only {@code chunked}, once, and only where the version knows it. */
    private static void transferEncoding(HttpRequest request) throws Rejection {
        List<String> codings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (codings.isEmpty()) return;
        if (request.protocolVersion().equals(HttpVersion.HTTP_1_0)) throw bad("Transfer-Encoding in HTTP/1.0");
        if (codings.size() > 1 || !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.get(0)))
            throw bad("Transfer-Encoding other than chunked");
        if (request.headers().contains(HttpHeaderNames.CONTENT_LENGTH))
            throw bad("both Content-Length and Transfer-Encoding");
    }

    /** Origin form; the absolute form is rewritten to it, and its authority wins over Host (RFC 9112, 3.2.2). */
    private static void target(HttpRequest request) throws Rejection {
        String target = request.uri();
        if (request.method().equals(HttpMethod.CONNECT))
            throw new Rejection(HttpResponseStatus.NOT_IMPLEMENTED, "CONNECT is not offered");
        if (target.startsWith("/")) return;
        if (target.equals("*") && request.method().equals(HttpMethod.OPTIONS)) return;
        if (!target.regionMatches(true, 0, "http://", 0, 7)) throw bad("bad target");
        int path = target.indexOf('/', 7);
        String authority = path < 0 ? target.substring(7) : target.substring(7, path);
        if (request.headers().getAll(HttpHeaderNames.HOST).size() > 1) throw bad("more than one Host");
        request.headers().set(HttpHeaderNames.HOST, authority);
        request.setUri(path < 0 ? "/" : target.substring(path));
    }

    private static void host(HttpRequest request) throws Rejection {
        HttpHeaders headers = request.headers();
        List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
        if (hosts.size() > 1) throw bad("more than one Host");
        if (hosts.isEmpty()) {
            if (request.protocolVersion().equals(HttpVersion.HTTP_1_1)) throw bad("no Host");
        } else if (!validHost(hosts.get(0))) {
            throw bad("bad Host");
        }
    }

    /** Letters, digits and what else an authority without user information is made of. */
    private static boolean validHost(String host) {
        if (host.isEmpty()) return false;
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!plain && "-._~:[]!$&'()*+;=%".indexOf(c) < 0) return false;
        }
        return true;
    }

    private static void expect(HttpRequest request) throws Rejection {
        String expect = request.headers().get(HttpHeaderNames.EXPECT);
        if (expect != null && !HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expect))
            throw new Rejection(HttpResponseStatus.EXPECTATION_FAILED, "only 100-continue can be expected");
    }

    private static Rejection bad(String reason) {
        return new Rejection(HttpResponseStatus.BAD_REQUEST, reason);
    }
}
