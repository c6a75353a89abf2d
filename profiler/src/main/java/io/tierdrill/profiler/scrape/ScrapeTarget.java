package io.tierdrill.profiler.scrape;

import io.tierdrill.model.tier.InstanceId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * One instance's metrics and the connection kept to them. Belongs to one thread and never blocks it.
 *
 * <pre>
 *   closed --ask--> connecting --> asked --answer--> idle --ask--> asked
 *      ^________________|____________|_________________|   on any failure, and when an answer takes too long
 * </pre>
 */
final class ScrapeTarget implements AutoCloseable {
    private static final int FIRST_BYTES = 16 << 10;
    private static final int MOST_BYTES = 8 << 20;
    private static final int HTTP_PORT = 80;

    private final InstanceId id;
    private final InetSocketAddress address;
    private final byte[] request;
    private final byte[] requestForSignals;
    private boolean wantsSignals;
    private Optional<SocketChannel> connection = Optional.empty();
    private boolean waiting;
    private long askedNanos;
    private long firstByteNanos;
    private byte[] answer = new byte[FIRST_BYTES];
    private int length;

    ScrapeTarget(InstanceId id, URI uri) {
        this.id = id;
        this.address = new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? HTTP_PORT : uri.getPort());
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        boolean plain = uri.getRawQuery() == null;
        this.request = request(plain ? path : path + "?" + uri.getRawQuery(), uri);
        // Whoever was given a query of his own keeps it: it says which series are meant.
        this.requestForSignals = plain ? request(path + "?signals", uri) : request;
    }

    private static byte[] request(String pathAndQuery, URI uri) {
        return ("GET " + pathAndQuery + " HTTP/1.1\r\nHost: " + uri.getRawAuthority()
                        + "\r\nAccept: text/plain;version=0.0.4\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** The next question is for signals too. */
    void wantSignals() {
        wantsSignals = true;
    }

    InstanceId id() {
        return id;
    }

    /** An answer that is still awaited is left alone until it has taken too long. */
    void ask(Selector selector, long nowNanos, long timeoutNanos) throws IOException {
        if (waiting && nowNanos - askedNanos > timeoutNanos) {
            close();
            throw new IOException("no answer for " + (nowNanos - askedNanos) / 1_000_000 + " ms");
        }
        if (waiting) return;
        waiting = true;
        askedNanos = nowNanos;
        length = 0;
        if (connection.isPresent()) send(connection.get());
        else connect(selector);
    }

    /**
     * Goes on after the selector found it ready.
     *
     * @return the answer, when it is whole
     */
    Optional<HttpAnswer> proceed(SelectionKey key, long nowNanos) throws IOException {
        SocketChannel channel = (SocketChannel) key.channel();
        if (key.isConnectable()) {
            channel.finishConnect();
            key.interestOps(SelectionKey.OP_READ);
            send(channel);
            return Optional.empty();
        }
        return read(channel, nowNanos);
    }

    /** When the first byte of the last answer came. The page is made just before it is sent, however late that is. */
    long answeredNanos() {
        return firstByteNanos;
    }

    @Override
    public void close() {
        waiting = false;
        connection.ifPresent(ScrapeTarget::closeQuietly);
        connection = Optional.empty();
    }

    private void connect(Selector selector) throws IOException {
        if (address.isUnresolved()) throw new IOException("unknown host " + address.getHostString());
        SocketChannel channel = SocketChannel.open();
        connection = Optional.of(channel);
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        boolean connected = channel.connect(address);
        channel.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
        if (connected) send(channel);
    }

    /** A request is far smaller than any send buffer, and nothing else is in it. */
    private void send(SocketChannel channel) throws IOException {
        byte[] question = wantsSignals ? requestForSignals : request;
        wantsSignals = false;
        int sent = channel.write(ByteBuffer.wrap(question));
        if (sent < question.length) throw new IOException("the peer does not read");
    }

    private Optional<HttpAnswer> read(SocketChannel channel, long nowNanos) throws IOException {
        if (!waiting) return leave();
        if (length == 0) firstByteNanos = nowNanos;
        int got = readAll(channel);
        Optional<HttpAnswer> whole = parse(got < 0);
        if (whole.isPresent()) {
            waiting = false;
            if (!whole.get().keepsConnection()) close();
        }
        return whole;
    }

    /** The peer closed an idle connection, or spoke without being asked: the next question opens a new one. */
    private Optional<HttpAnswer> leave() {
        close();
        return Optional.empty();
    }

    private Optional<HttpAnswer> parse(boolean closed) throws IOException {
        try {
            return HttpAnswer.parse(answer, length, closed);
        } catch (IllegalArgumentException notHttp) {
            throw new IOException(notHttp.getMessage(), notHttp);
        }
    }

    private int readAll(SocketChannel channel) throws IOException {
        while (true) {
            if (length == answer.length) grow();
            int got = channel.read(ByteBuffer.wrap(answer, length, answer.length - length));
            if (got <= 0) return got;
            length += got;
        }
    }

    private void grow() throws IOException {
        if (answer.length >= MOST_BYTES) throw new IOException("more than " + MOST_BYTES + " bytes of metrics");
        answer = Arrays.copyOf(answer, 2 * answer.length);
    }

    private static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException alreadyBroken) {
            // Nothing was to be read from it any more.
        }
    }
}
