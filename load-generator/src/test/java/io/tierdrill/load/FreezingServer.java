package io.tierdrill.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;
import java.util.Queue;

/**
 * Answers every request at once, or, while it is frozen, none: then it takes them and answers all when it thaws, in the
 * order they came. One thread for thousands of connections. A request is whatever one read brings.
 */
final class FreezingServer implements AutoCloseable {
    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocketChannel listener = ServerSocketChannel.open();
    private final Selector selector = Selector.open();
    private final Queue<SocketChannel> waiting = new ArrayDeque<>();
    private final Runnable onRequest;
    private final Thread thread = new Thread(this::serve, "freezing-server");
    private boolean frozen;

    /** @param onRequest told of each request after it was answered, or put aside */
    FreezingServer(Runnable onRequest) throws IOException {
        this.onRequest = onRequest;
        listener.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 4_096);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
        thread.setDaemon(true);
        thread.start();
    }

    Target target() throws IOException {
        int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
        return new Target("127.0.0.1", port, Optional.empty());
    }

    synchronized void freeze() {
        frozen = true;
    }

    synchronized void thaw() {
        frozen = false;
        while (!waiting.isEmpty()) answer(waiting.poll());
    }

    private void serve() {
        try {
            while (selector.isOpen()) {
                selector.select();
                for (Iterator<SelectionKey> i = selector.selectedKeys().iterator(); i.hasNext(); i.remove()) {
                    SelectionKey key = i.next();
                    if (key == null || !key.isValid()) continue;
                    if (key.isAcceptable()) accept();
                    else read((SocketChannel) key.channel());
                }
            }
        } catch (IOException | java.nio.channels.ClosedSelectorException over) {
            // The test is over.
        }
    }

    private void accept() throws IOException {
        for (SocketChannel channel = listener.accept(); channel != null; channel = listener.accept()) {
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
        }
    }

    private void read(SocketChannel channel) throws IOException {
        if (channel.read(ByteBuffer.allocate(4_096)) < 0) {
            channel.close();
            return;
        }
        synchronized (this) {
            if (frozen) waiting.add(channel);
            else answer(channel);
        }
        onRequest.run();
    }

    private static void answer(SocketChannel channel) {
        try {
            channel.write(ByteBuffer.wrap(ANSWER));
        } catch (IOException gone) {
            throw new IllegalStateException(gone);
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
        listener.close();
    }
}
