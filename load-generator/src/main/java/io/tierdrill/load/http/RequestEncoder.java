package io.tierdrill.load.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http2.Http2Headers;
import io.tierdrill.load.identity.ClientAddress;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Header;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * Writes requests in HTTP/1.1 form (RFC 9112). Headers of the record go out as they are, except those that belong to
 * the connection or that must agree with what is really sent. A body of which only the size is known is filled by the
 * caller: {@link #write} announces its length and writes the bytes that were kept.
 *
 * <p>Whatever a record holds, what is written is one well-formed request: blanks and control characters in a path are
 * percent-encoded, line breaks in a header value become spaces. Stateless after construction; safe from any thread.
 */
public final class RequestEncoder {
    static final Set<String> OURS = Set.of(
            "host",
            "connection",
            "keep-alive",
            "proxy-connection",
            "content-length",
            "transfer-encoding",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "http2-settings");
    static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private final String authority;
    private final Identity identity;

    /**
     * @param authority the Host of requests that name none
     * @param identity what is told of the recorded client and user
     */
    public RequestEncoder(String authority, Identity identity) {
        this.authority = authority;
        this.identity = identity;
    }

    /** Appends the request, with as much of its body as the record holds. */
    public void write(RequestRecord request, ByteBuf out) {
        token(request.method(), out);
        out.writeByte(' ');
        target(request.path(), out);
        ByteBufUtil.writeAscii(out, " HTTP/1.1\r\nHost: ");
        value(request.authority().isEmpty() ? authority : request.authority(), out);
        ByteBufUtil.writeAscii(out, "\r\n");
        boolean upgrades = Upgrade.isAskedBy(request);
        for (int i = 0; i < request.headers().size(); i++)
            header(request.headers().get(i), upgrades, out);
        if (upgrades) upgrade(out);
        if (identity.client().isPresent()) line(identity.client().get(), ClientAddress.told(request.client()), out);
        if (identity.user().isPresent() && !request.user().isEmpty())
            line(identity.user().get(), request.user(), out);
        long size = request.body().size();
        if (size > 0 || WITH_BODY.contains(request.method())) {
            ByteBufUtil.writeAscii(out, "Content-Length: ");
            ByteBufUtil.writeAscii(out, Long.toString(size));
            ByteBufUtil.writeAscii(out, "\r\n");
        }
        ByteBufUtil.writeAscii(out, "\r\n");
        out.writeBytes(request.body().bytes());
    }

    /** The same request as the fields of an HTTP/2 stream (RFC 9113, 8.3), its body aside. */
    public Http2Headers http2(RequestRecord request, boolean secure) {
        return Http2Fields.of(request, authority, identity, secure);
    }

    private static void upgrade(ByteBuf out) {
        ByteBufUtil.writeAscii(out, "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n");
        ByteBufUtil.writeAscii(out, "Sec-WebSocket-Key: " + Upgrade.KEY + "\r\n");
    }

    private void header(Header header, boolean upgrades, ByteBuf out) {
        String lower = header.name().toLowerCase(Locale.ROOT);
        if (lower.isEmpty() || OURS.contains(lower) || upgrades && Upgrade.replaces(lower)) return;
        if (!identity.replaces(header.name())) line(header.name(), header.value(), out);
    }

    private static void line(String name, String value, ByteBuf out) {
        token(name, out);
        ByteBufUtil.writeAscii(out, ": ");
        value(value, out);
        ByteBufUtil.writeAscii(out, "\r\n");
    }

    /** Anything that cannot stand in a token becomes a dash. */
    private static void token(String text, ByteBuf out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.writeByte(c > ' ' && c < 0x7f && c != ':' ? c : '-');
        }
    }

    private static void value(String text, ByteBuf out) {
        int start = out.writerIndex();
        ByteBufUtil.writeUtf8(out, text);
        for (int i = start; i < out.writerIndex(); i++) {
            int b = out.getByte(i);
            if (b >= 0 && b < ' ' && b != '\t' || b == 0x7f) out.setByte(i, ' ');
        }
    }

    private static void target(String path, ByteBuf out) {
        if (isPlain(path)) {
            ByteBufUtil.writeAscii(out, path);
            return;
        }
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b < 0x7f) out.writeByte(b);
            else out.writeByte('%').writeByte(HEX[b >> 4 & 15]).writeByte(HEX[b & 15]);
        }
    }

    private static boolean isPlain(String path) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c <= ' ' || c >= 0x7f) return false;
        }
        return true;
    }
}
