package io.tierdrill.load.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;
import io.tierdrill.load.identity.ClientAddress;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Header;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Writes requests in HTTP/1.1 form (RFC 9112). Headers of the record go out as they are, except those that belong to
 * the connection or that must agree with what is really sent. A body of which only the size is known is filled by the
 * caller: {@link #write} announces its length and writes the bytes that were kept.
 *
 * <p>Whatever a record holds, what is written is one well-formed request: blanks and control characters in a path are
 * percent-encoded, line breaks in a header value become spaces. Remembers the lines it wrote last. Belongs to one
 * thread.
 */
public final class RequestEncoder {
    static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");
    private static final byte[] HEX = ascii("0123456789ABCDEF");
    private static final byte[] VERSION = ascii(" HTTP/1.1\r\n");
    private static final byte[] END = ascii("\r\n");
    private static final byte[] UPGRADE =
            ascii("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                    + Upgrade.KEY + "\r\n");
    private static final int MOST_KEPT = 64 << 10;

    private final String authority;
    private final Identity identity;
    private final HeaderLines lines = new HeaderLines();
    /** The head of a request while it is put together. */
    private byte[] head = new byte[1_024];

    private int end;

    /**
     * @param authority the Host of requests that name none
     * @param identity what is told of the recorded client and user
     */
    public RequestEncoder(String authority, Identity identity) {
        this.authority = authority;
        this.identity = identity;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Appends the request, with as much of its body as the record holds. Whether it asks for another protocol. */
    public boolean write(RequestRecord request, ByteBuf out) {
        end = 0;
        boolean upgrades = Upgrade.isAskedBy(request);
        put(HeaderLines.token(request.method()));
        target(request.path());
        put(VERSION);
        put(lines.of("Host", request.authority().isEmpty() ? authority : request.authority())
                .bytes());
        headers(request.headers(), upgrades);
        if (identity.client().isPresent()) line(identity.client().get(), ClientAddress.told(request.client()));
        if (identity.user().isPresent() && !request.user().isEmpty())
            line(identity.user().get(), request.user());
        long size = request.body().size();
        if (size > 0 || WITH_BODY.contains(request.method())) line("Content-Length", Long.toString(size));
        put(END);
        out.writeBytes(head, 0, end).writeBytes(request.body().bytes());
        if (head.length > MOST_KEPT) head = new byte[MOST_KEPT];
        return upgrades;
    }

    /** The same request as the fields of an HTTP/2 stream (RFC 9113, 8.3), its body aside. */
    public Http2Headers http2(RequestRecord request, boolean secure) {
        return Http2Fields.of(request, authority, identity, secure);
    }

    private void headers(List<Header> headers, boolean upgrades) {
        for (int i = 0; i < headers.size(); i++) {
            Header header = headers.get(i);
            HeaderLines.Line line = lines.of(header.name(), header.value());
            boolean ours = line.ours() || upgrades && line.ofUpgrade() || identity.replaces(header.name());
            if (!ours) put(line.bytes());
        }
        if (upgrades) put(UPGRADE);
    }

    private void line(String name, String value) {
        put(lines.of(name, value).bytes());
    }

    private void put(byte[] bytes) {
        room(bytes.length);
        System.arraycopy(bytes, 0, head, end, bytes.length);
        end += bytes.length;
    }

    private void room(int bytes) {
        if (end + bytes > head.length) head = Arrays.copyOf(head, Math.max(end + bytes, 2 * head.length));
    }

    private void target(String path) {
        int length = path.length();
        room(length + 1);
        head[end++] = ' ';
        for (int i = 0; i < length; i++) {
            char c = path.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                escaped(path);
                return;
            }
            head[end + i] = (byte) c;
        }
        end += length;
    }

    private void escaped(String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        room(3 * bytes.length);
        for (byte b : bytes) {
            if (b > ' ' && b < 0x7f) {
                head[end++] = b;
            } else {
                head[end++] = '%';
                head[end++] = HEX[b >> 4 & 15];
                head[end++] = HEX[b & 15];
            }
        }
    }
}
