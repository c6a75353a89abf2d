package io.tierdrill.load.http;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Header;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Requests as fields of HTTP/2: the rules of {@link RequestEncoder}, names in lower case, the host in front. */
final class Http2Fields {
    private Http2Fields() {}

    static Http2Headers of(RequestRecord request, String authority, Identity identity, boolean secure) {
        Http2Headers fields = new DefaultHttp2Headers(false, request.headers().size() + 6);
        fields.method(token(request.method()));
        fields.scheme(secure ? "https" : "http");
        fields.authority(value(request.authority().isEmpty() ? authority : request.authority()));
        fields.path(path(request.path()));
        for (Header header : request.headers()) {
            String name = header.name().toLowerCase(Locale.ROOT);
            if (name.isEmpty() || HeaderLines.OURS.contains(name) || identity.replaces(name)) continue;
            fields.add(token(name), value(header.value()));
        }
        identity.client().ifPresent(name -> fields.add(name.toLowerCase(Locale.ROOT), value(request.client())));
        if (!request.user().isEmpty())
            identity.user().ifPresent(name -> fields.add(name.toLowerCase(Locale.ROOT), value(request.user())));
        long size = request.body().size();
        if (size > 0 || RequestEncoder.WITH_BODY.contains(request.method()))
            fields.add("content-length", Long.toString(size));
        return fields;
    }

    /** Anything that cannot stand in a name becomes a dash. */
    private static String token(String text) {
        return text.replaceAll("[^!-9;-~]", "-");
    }

    /** The bytes of the text, one character each; what would break the line becomes a blank. */
    private static String value(String text) {
        if (isPlain(text)) return text;
        String bytes = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return bytes.replaceAll("[\\x00-\\x08\\x0a-\\x1f\\x7f]", " ").strip();
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) if (text.charAt(i) < ' ' || text.charAt(i) >= 0x7f) return false;
        return text.isEmpty() || text.charAt(0) != ' ' && text.charAt(text.length() - 1) != ' ';
    }

    private static String path(String path) {
        StringBuilder safe = new StringBuilder(path.length());
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b < 0x7f) safe.append((char) b);
            else safe.append(String.format(Locale.ROOT, "%%%02X", b & 0xff));
        }
        return safe.toString();
    }
}
