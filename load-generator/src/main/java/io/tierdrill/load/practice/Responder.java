package io.tierdrill.load.practice;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * Answers every request without a body that comes to a port of its own on loopback, always the same, on one thread.
 * Speaks just enough HTTP/1.1 for the injector to practise on. Closing it leaves no connection behind, not even one that
 * waits for its last packets.
 */
public final class Responder implements AutoCloseable {
    private static final byte[] ANSWER = """
            HTTP/1.1 200 OK\r
            Server: practice\r
            Date: Thu, 01 Jan 1970 00:00:00 GMT\r
            Content-Type: text/plain\r
            Content-Length: 3\r
            Connection: keep-alive\r
            \r
            ok
            """.getBytes(StandardCharsets.US_ASCII);
    /** The bytes that end a request. */
    private static final byte[] END = {'\r', '\n', '\r', '\n'};

    private static final int BACKLOG = 4_096;
    /** Answers that go out together at most; whoever wants more of them at once is not practising. */
    private static final int TOGETHER = 64;

    private final Selector selector = Selector.open();
    private final ServerSocketChannel listener = ServerSocketChannel.open();
    private final Thread thread = new Thread(this::work, "practice-responder");
    private final ByteBuffer in = ByteBuffer.allocateDirect(16 << 10);
    private final ByteBuffer out = ByteBuffer.allocateDirect(TOGETHER * ANSWER.length);
    private final InetSocketAddress address;
    private volatile boolean closing;

    /** One that answers from now on. */
    public Responder() throws IOException {
        for (int i = 0; i < TOGETHER; i++) out.put(ANSWER);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
        address = (InetSocketAddress) listener.getLocalAddress();
        thread.setDaemon(true);
        thread.start();
    }

    /** Where, always on loopback. */
    public InetSocketAddress address() {
        return address;
    }

    private void work() {
        try {
            while (!closing) selector.select(this::serve);
        } catch (IOException | RuntimeException broken) {
            // Of no use any more: who practises sees connections end.
        } finally {
            for (SelectionKey key : selector.keys()) drop(key);
            closeSelector();
        }
    }

    private void closeSelector() {
        try {
            selector.close();
        } catch (IOException alreadyBroken) {
            // It is closed whatever this says.
        }
    }

    private void serve(SelectionKey key) {
        try {
            if (key.isAcceptable()) accept();
            else if (key.isValid()) answer((SocketChannel) key.channel(), (Progress) key.attachment());
        } catch (IOException broken) {
            drop(key);
        }
    }

    private void accept() throws IOException {
        for (SocketChannel from = listener.accept(); from != null; from = listener.accept()) {
            from.configureBlocking(false);
            from.setOption(StandardSocketOptions.TCP_NODELAY, true);
            from.setOption(StandardSocketOptions.SO_LINGER, 0); // Gone at once, and the port with it.
            from.register(selector, SelectionKey.OP_READ, new Progress());
        }
    }

    private void answer(SocketChannel to, Progress progress) throws IOException {
        if (to.read(in.clear()) < 0) {
            to.close();
            return;
        }
        int count = Math.min(TOGETHER, progress.ends(in.flip()));
        if (count > 0) to.write(out.clear().limit(count * ANSWER.length));
    }

    private static void drop(SelectionKey key) {
        try {
            key.channel().close();
        } catch (IOException alreadyBroken) {
            // It is closed whatever this says.
        }
    }

    /** How much of the end of a request one connection has seen. */
    private static final class Progress {
        private int seen;

        /** Requests that end in these bytes. */
        int ends(ByteBuffer bytes) {
            int count = 0;
            while (bytes.hasRemaining()) {
                byte next = bytes.get();
                if (next == END[seen]) seen++;
                else seen = next == END[0] ? 1 : 0;
                if (seen < END.length) continue;
                seen = 0;
                count++;
            }
            return count;
        }
    }

    @Override
    public void close() {
        closing = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException later) {
            Thread.currentThread().interrupt();
        }
    }
}
