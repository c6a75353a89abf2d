package io.tierdrill.load.engine;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sockets on io_uring. A connection is an entry of the ring's own table of files, never a descriptor of the process;
 * opening it is one chain of two operations, receiving is armed once for its whole life and takes its memory from a
 * ring of buffers that all connections share. A request is one entry in a batch and, when its answer has come, one
 * completion: the send itself is silent when it succeeds.
 *
 * <p>A silent send is safe because its bytes lie in the slot's own room, which nobody touches until the answer has come
 * or the connection is closed.
 */
final class UringSockets implements Sockets {
    private static final int ENTRIES = 1_024;
    private static final int COMPLETIONS = 16_384;
    private static final int BUFFERS = 256;
    private static final int BUFFER = 4_096;

    private static final int OP_ASYNC_CANCEL = 14;
    private static final int OP_CONNECT = 16;
    private static final int OP_CLOSE = 19;
    private static final int OP_SEND = 26;
    private static final int OP_RECV = 27;
    private static final int OP_SHUTDOWN = 34;
    private static final int OP_SOCKET = 45;

    private static final byte FIXED_FILE = 1;
    private static final byte LINK = 4;
    private static final byte HARDLINK = 8;
    private static final byte BUFFER_SELECT = 32;
    private static final byte SILENT = 64;
    private static final short MULTISHOT = 2;
    private static final int FLAG_BUFFER = 1;
    private static final int FLAG_MORE = 2;

    private static final int MSG_NOSIGNAL_WAITALL = 0x4000 | 0x100;
    private static final int SHUT_BOTH = 2;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int SOCK_STREAM = 1;
    private static final int REGISTER_FILES2 = 13;
    private static final int REGISTER_PBUF_RING = 22;
    private static final int SPARSE = 1;
    /** Kinds of completions, in the low bits of what comes back with each. */
    private static final int SOCKET = 0;

    private static final int CONNECT = 1;
    private static final int SEND = 2;
    private static final int RECEIVE = 3;
    private static final int SHUTDOWN = 4;
    private static final int CLOSE = 5;
    private static final int KIND_BITS = 3;
    private static final int NOT_CONNECTED = -1;
    private static final int CONNECTED = 1;

    private final Kernel kernel = new Kernel();
    private final Ring ring;
    private final ByteBuffer entries;
    private final ByteBuffer bufferRing;
    private final ByteBuffer buffers;
    private final long buffersAddress;
    private final int table;
    private final Map<InetSocketAddress, ByteBuffer> addresses = new HashMap<>();
    private final List<Slot> slots = new ArrayList<>();
    private Events events;
    private short bufferTail;

    /**
     * @param connections at most
     * @throws IllegalStateException where there is no io_uring
     */
    UringSockets(int connections) {
        kernel.promptly();
        table = Math.min(connections, kernel.fileLimit());
        ring = new Ring(kernel, ENTRIES, COMPLETIONS);
        entries = ring.entries();
        registerFiles();
        bufferRing = kernel.pages(BUFFERS * 16L);
        buffers = kernel.pages((long) BUFFERS * BUFFER).order(ByteOrder.LITTLE_ENDIAN);
        buffersAddress = Foreign.address(buffers);
        registerBuffers();
    }

    private void registerFiles() {
        ByteBuffer r = ByteBuffer.allocateDirect(32).order(ByteOrder.nativeOrder());
        r.putInt(0, table).putInt(4, SPARSE);
        check(ring.register(REGISTER_FILES2, Foreign.address(r), 32), "a table of " + table + " files");
    }

    private void registerBuffers() {
        ByteBuffer r = ByteBuffer.allocateDirect(40).order(ByteOrder.nativeOrder());
        r.putLong(0, Foreign.address(bufferRing)).putInt(8, BUFFERS);
        check(ring.register(REGISTER_PBUF_RING, Foreign.address(r), 1), "a ring of buffers");
        for (int i = 0; i < BUFFERS; i++) give(i);
        publishBuffers();
    }

    private static void check(int result, String what) {
        if (result < 0) throw new IllegalStateException("io_uring gave error " + -result + " for " + what);
    }

    @Override
    public void begin(Events told) {
        events = told;
    }

    @Override
    public String name() {
        return "io_uring";
    }

    @Override
    public int most() {
        return table;
    }

    @Override
    public long address(ByteBuffer direct) {
        return Foreign.address(direct);
    }

    private int entry(int operation, int flags, Slot slot, int kind) {
        int at = ring.next();
        entries.put(at, (byte) operation).put(at + 1, (byte) flags);
        entries.putLong(at + 32, (long) slot.index << KIND_BITS | kind);
        slot.underWay++;
        return at;
    }

    @Override
    public void connect(Slot slot, InetSocketAddress to, Optional<InetAddress> from) {
        if (from.isPresent()) throw new IllegalArgumentException(Engines.NO_SOURCES);
        while (slots.size() <= slot.index) slots.add(null);
        slots.set(slot.index, slot);
        boolean six = to.getAddress() instanceof Inet6Address;
        int at = entry(OP_SOCKET, LINK, slot, SOCKET);
        entries.putInt(at + 4, six ? AF_INET6 : AF_INET).putLong(at + 8, SOCK_STREAM);
        entries.putInt(at + 44, slot.index + 1);
        ByteBuffer address = addresses.computeIfAbsent(to, UringSockets::raw);
        at = entry(OP_CONNECT, FIXED_FILE, slot, CONNECT);
        entries.putInt(at + 4, slot.index).putLong(at + 8, six ? 28 : 16).putLong(at + 16, Foreign.address(address));
    }

    /** struct sockaddr_in or sockaddr_in6. */
    static ByteBuffer raw(InetSocketAddress to) {
        ByteBuffer raw = ByteBuffer.allocateDirect(28).order(ByteOrder.nativeOrder());
        raw(to, raw);
        return raw;
    }

    /** @param raw 28 bytes, used before or not */
    static void raw(InetSocketAddress to, ByteBuffer raw) {
        raw.putLong(0, 0).putLong(8, 0).putLong(16, 0).putInt(24, 0);
        byte[] bytes = to.getAddress().getAddress();
        raw.putShort(0, (short) (bytes.length == 4 ? AF_INET : AF_INET6));
        raw.put(2, (byte) (to.getPort() >> 8)).put(3, (byte) to.getPort());
        raw.put(bytes.length == 4 ? 4 : 8, bytes);
        if (to.getAddress() instanceof Inet6Address a) raw.putInt(24, a.getScopeId());
    }

    @Override
    public void write(Slot slot) {
        boolean own = slot.out == slot.room;
        int at = entry(OP_SEND, own ? FIXED_FILE | SILENT : FIXED_FILE, slot, SEND);
        if (own) slot.underWay--; // Tells of itself only when it fails.
        entries.putInt(at + 4, slot.index).putLong(at + 16, slot.outAddress + slot.from);
        entries.putInt(at + 24, slot.left).putInt(at + 28, MSG_NOSIGNAL_WAITALL);
    }

    private void receive(Slot slot) {
        int at = entry(OP_RECV, FIXED_FILE | BUFFER_SELECT, slot, RECEIVE);
        entries.putShort(at + 2, MULTISHOT).putInt(at + 4, slot.index);
    }

    @Override
    public void close(Slot slot) {
        // What is under way holds the connection open until it has been ended.
        if (slot.file == CONNECTED) {
            int at = entry(OP_SHUTDOWN, FIXED_FILE | HARDLINK, slot, SHUTDOWN);
            entries.putInt(at + 4, slot.index).putInt(at + 24, SHUT_BOTH);
        } else {
            int at = entry(OP_ASYNC_CANCEL, HARDLINK, slot, SHUTDOWN);
            entries.putLong(at + 16, (long) slot.index << KIND_BITS | CONNECT);
        }
        slot.file = NOT_CONNECTED;
        int at = entry(OP_CLOSE, 0, slot, CLOSE);
        entries.putInt(at + 44, slot.index + 1);
    }

    @Override
    public int poll() {
        if (ring.wantsTurn()) ring.submit();
        return tell();
    }

    @Override
    public int await(long most, int enough, long patience) {
        if (ring.available() == 0) ring.await(enough, patience, most);
        else if (ring.wantsTurn()) ring.submit();
        return tell();
    }

    private int tell() {
        int count = ring.available();
        if (count == 0) return 0;
        events.batch();
        for (int i = 0; i < count; i++) tell(ring.userData(i), ring.result(i), ring.flags(i));
        ring.taken(count);
        publishBuffers();
        return count;
    }

    private void tell(long data, int result, int flags) {
        Slot slot = slots.get((int) (data >>> KIND_BITS));
        int kind = (int) data & (1 << KIND_BITS) - 1;
        if (kind == RECEIVE) {
            received(slot, result, flags);
            if ((flags & FLAG_MORE) != 0) return;
        }
        boolean silent = kind == SEND && slot.out == slot.room;
        if (!silent) slot.underWay--;
        switch (kind) {
            case SOCKET -> {
                if (result < 0 && slot.state != Slot.State.CLOSING) events.connected(slot, -result);
            }
            case CONNECT -> connected(slot, result);
            case SEND -> sent(slot, result);
            case RECEIVE -> rearm(slot, result);
            default -> {}
        }
        if (slot.underWay == 0 && slot.state == Slot.State.CLOSING) events.closed(slot);
    }

    private void connected(Slot slot, int result) {
        if (slot.state == Slot.State.CLOSING || result == -Kernel.ECANCELED) return;
        if (result == 0) {
            slot.file = CONNECTED;
            receive(slot);
        }
        events.connected(slot, -result);
    }

    private void sent(Slot slot, int result) {
        if (slot.state == Slot.State.CLOSING) return;
        if (result < 0) {
            // What broke it is told by the receive, unless there is nothing to be told.
            if (slot.underWay == 0) events.ended(slot, -result);
            return;
        }
        if (slot.out == slot.room) return;
        slot.from += result;
        slot.left -= result;
        if (slot.left > 0) write(slot);
        else events.written(slot);
    }

    private void received(Slot slot, int result, int flags) {
        if ((flags & FLAG_BUFFER) == 0) return;
        int buffer = flags >>> 16;
        if (result > 0 && slot.state != Slot.State.CLOSING) events.received(slot, buffers, buffer * BUFFER, result);
        give(buffer);
    }

    /** A receive that will not tell more: all buffers were in use, or the connection is at its end. */
    private void rearm(Slot slot, int result) {
        if (slot.state == Slot.State.CLOSING) return;
        if (result > 0 || result == -Kernel.ENOBUFS) receive(slot);
        else events.ended(slot, -result);
    }

    private void give(int buffer) {
        int at = (bufferTail & BUFFERS - 1) * 16;
        bufferRing.putLong(at, buffersAddress + (long) buffer * BUFFER).putInt(at + 8, BUFFER);
        bufferRing.putShort(at + 12, (short) buffer);
        bufferTail++;
    }

    private void publishBuffers() {
        Ring.SHORT.setRelease(bufferRing, 14, bufferTail);
    }

    @Override
    public void close() {
        ring.close();
        kernel.unmap(bufferRing);
        kernel.unmap(buffers);
    }
}
