package io.tierdrill.load.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Sockets on Java's selectors: for every machine. Makes a little garbage. */
final class NioSockets implements Sockets {
    private static final int BUFFER = 64 << 10;
    private static final long MILLISECOND = 1_000_000;
    /** Selectors count milliseconds; below one the thread rests this long between looks. */
    private static final long REST = 50_000;

    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    private final int most;
    private Events events;

    /** @param connections at most */
    NioSockets(int connections) {
        most = connections;
        try {
            selector = Selector.open();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void begin(Events listener) {
        events = listener;
    }

    @Override
    public String name() {
        return "nio";
    }

    @Override
    public int most() {
        return most;
    }

    @Override
    public long address(ByteBuffer memory) {
        return 0;
    }

    @Override
    public void connect(Slot slot, InetSocketAddress to, Optional<InetAddress> from) {
        try {
            SocketChannel channel = SocketChannel.open();
            slot.channel = channel;
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (from.isPresent()) channel.bind(new InetSocketAddress(from.get(), 0));
            channel.register(selector, SelectionKey.OP_CONNECT, slot);
            // Where it is connected at once, the selector says so at the next look.
            if (channel.connect(to)) channel.keyFor(selector).interestOps(SelectionKey.OP_WRITE);
        } catch (IOException | UnresolvedAddressException failed) {
            events.connected(slot, error(failed));
        }
    }

    /** The number that Linux has for it. Java says it in words. */
    private static int error(Exception failed) {
        String words = String.valueOf(failed.getMessage()).toLowerCase(Locale.ROOT);
        if (failed instanceof BindException || words.contains("cannot assign")) return Kernel.EADDRNOTAVAIL;
        if (words.contains("too many open files")) return Kernel.EMFILE;
        if (words.contains("timed out")) return Kernel.ETIMEDOUT;
        if (words.contains("refused")) return Kernel.ECONNREFUSED;
        return Kernel.ECONNRESET;
    }

    @Override
    public void write(Slot slot) {
        SocketChannel channel = (SocketChannel) slot.channel;
        try {
            int sent = channel.write(
                    slot.out.duplicate().limit(slot.from + slot.left).position(slot.from));
            slot.from += sent;
            slot.left -= sent;
            int interest = slot.left > 0 ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
            SelectionKey key = channel.keyFor(selector);
            if (key.interestOps() != interest) key.interestOps(interest);
        } catch (IOException broken) {
            events.ended(slot, error(broken));
            return;
        }
        if (slot.left == 0 && slot.out != slot.room) events.written(slot);
    }

    @Override
    public void close(Slot slot) {
        try {
            if (slot.channel != null) ((SocketChannel) slot.channel).close();
        } catch (IOException alreadyBroken) {
            // It is closed whatever this says.
        }
        slot.channel = null;
        events.closed(slot);
    }

    @Override
    public int poll() {
        try {
            return look(selector.selectNow());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public int await(long nanos, int enough, long patience) {
        try {
            if (nanos >= MILLISECOND) return look(selector.select(nanos / MILLISECOND));
            if (nanos > 0) LockSupport.parkNanos(Math.min(nanos, REST));
            return look(selector.selectNow());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private int look(int count) {
        if (count == 0) return 0;
        events.batch();
        for (SelectionKey key : selector.selectedKeys()) tell(key, (Slot) key.attachment());
        selector.selectedKeys().clear();
        return count;
    }

    private void tell(SelectionKey key, Slot slot) {
        if (!key.isValid() || slot.channel != key.channel()) return;
        if (slot.state == Slot.State.CONNECTING) connected(slot);
        else if (key.isWritable() && slot.left > 0 && slot.state == Slot.State.BUSY) write(slot);
        if (slot.channel == key.channel() && key.isValid() && key.isReadable()) receive(slot);
    }

    private void connected(Slot slot) {
        SocketChannel channel = (SocketChannel) slot.channel;
        try {
            channel.finishConnect();
            channel.keyFor(selector).interestOps(SelectionKey.OP_READ);
        } catch (IOException failed) {
            events.connected(slot, error(failed));
            return;
        }
        events.connected(slot, 0);
    }

    private void receive(Slot slot) {
        SocketChannel channel = (SocketChannel) slot.channel;
        int count;
        try {
            count = channel.read(buffer.clear());
        } catch (ClosedChannelException over) {
            return;
        } catch (IOException broken) {
            events.ended(slot, error(broken));
            return;
        }
        if (count > 0) events.received(slot, buffer, 0, count);
        if (count < 0) events.ended(slot, 0);
    }

    @Override
    public void close() {
        try {
            for (SelectionKey key : selector.keys()) key.channel().close();
            selector.close();
        } catch (IOException alreadyBroken) {
            // Nothing of it is used again.
        }
    }
}
