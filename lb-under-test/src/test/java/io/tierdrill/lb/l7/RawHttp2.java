package io.tierdrill.lb.l7;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.tierdrill.lb.Raw;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** A client that says exact frames of HTTP/2, by prior knowledge, and shows those that come. */
final class RawHttp2 implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 1;
    static final int ACK = 1;
    static final int END_HEADERS = 4;

    private final Socket socket;
    private final DataInputStream in;
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);

    /** What came: the payload as it was, with the first number in it for those that begin with one. */
    record Frame(int type, int flags, int stream, byte[] payload) {
        int number() {
            return ByteBuffer.wrap(payload).getInt();
        }

        /** The error of a GOAWAY; its number is the last stream. */
        int goAwayError() {
            return ByteBuffer.wrap(payload).getInt(4);
        }

        boolean ends() {
            return (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
        }

        String text() {
            return new String(payload, StandardCharsets.ISO_8859_1);
        }
    }

    private RawHttp2(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
    }

    /** Connected, with usual settings. */
    static RawHttp2 connect(InetSocketAddress to) throws IOException {
        return over(Raw.connect(to), new byte[0]);
    }

    /** The same with settings of one's own: pairs of 2 bytes and 4 bytes. */
    static RawHttp2 over(Socket socket, byte[] settings) throws IOException {
        RawHttp2 client = new RawHttp2(socket);
        socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        client.send(SETTINGS, 0, 0, settings);
        return client;
    }

    /** An INITIAL_WINDOW_SIZE of so many bytes. */
    static byte[] window(int bytes) {
        return ByteBuffer.allocate(6).putShort((short) 4).putInt(bytes).array();
    }

    static byte[] number(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    void send(int type, int flags, int stream, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.putInt(payload.length << 8 | type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload);
        socket.getOutputStream().write(frame.array());
    }

    /** A request without a body. */
    void ask(int stream, String... fields) throws IOException {
        send(HEADERS, END_HEADERS | END_STREAM, stream, block(fields));
    }

    /** A request whose body follows. */
    void begin(int stream, String... fields) throws IOException {
        send(HEADERS, END_HEADERS, stream, block(fields));
    }

    void data(int stream, boolean last, String text) throws IOException {
        send(DATA, last ? END_STREAM : 0, stream, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Name, value, name, value, ... each as a literal that is not indexed (RFC 7541, 6.2.2). */
    static byte[] block(String... fields) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < fields.length; i += 2) {
            block.write(0);
            literal(block, fields[i]);
            literal(block, fields[i + 1]);
        }
        return block.toByteArray();
    }

    private static void literal(ByteArrayOutputStream to, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length < 127) {
            to.write(bytes.length);
        } else {
            to.write(127);
            int rest = bytes.length - 127;
            for (; rest >= 128; rest >>= 7) to.write(rest & 127 | 128);
            to.write(rest);
        }
        to.writeBytes(bytes);
    }

    /** GET of a path, with more fields behind. */
    static String[] get(String path, String... more) {
        String[] fields = new String[8 + more.length];
        System.arraycopy(
                new String[] {":method", "GET", ":scheme", "http", ":authority", "a", ":path", path}, 0, fields, 0, 8);
        System.arraycopy(more, 0, fields, 8, more.length);
        return fields;
    }

    static String[] post(String... more) {
        String[] fields = get("/", more);
        fields[1] = "POST";
        return fields;
    }

    Frame read() throws IOException {
        int first = in.readInt();
        int flags = in.read();
        int stream = in.readInt() & 0x7fffffff;
        byte[] payload = new byte[first >>> 8];
        in.readFully(payload);
        Frame frame = new Frame(first & 0xff, flags, stream, payload);
        if (frame.type == SETTINGS && frame.flags == 0) send(SETTINGS, ACK, 0, new byte[0]);
        return frame;
    }

    /** Passes over others; fails where the connection ends first. */
    Frame await(Predicate<Frame> wanted) throws IOException {
        while (true) {
            Frame frame = read();
            if (wanted.test(frame)) return frame;
        }
    }

    Frame await(int type, int stream) throws IOException {
        return await(f -> f.type == type && f.stream == stream);
    }

    Http2Headers head(int stream) throws IOException {
        return decode(await(HEADERS, stream));
    }

    Http2Headers decode(Frame headers) throws IOException {
        try {
            return decoder.decodeHeaders(headers.stream, Unpooled.wrappedBuffer(headers.payload));
        } catch (Http2Exception broken) {
            throw new IOException(broken);
        }
    }

    /** What comes on a stream behind its head, until it ends. */
    String body(int stream) throws IOException {
        StringBuilder body = new StringBuilder();
        while (true) {
            Frame frame = await(f -> f.stream == stream);
            if (frame.type == DATA) body.append(frame.text());
            if (frame.ends() || frame.type == RST_STREAM) return body.toString();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
