package io.tierdrill.load.engine;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Sockets on epoll, told of edges only: a connection is added once and never changed, a request costs one call to send
 * and one to receive, and a turn of the loop one call for all connections, or two where it collects.
 */
final class EpollSockets implements Sockets {
    private static final int EVENTS = 256;
    private static final int BUFFER = 64 << 10;
    private static final int EPOLLIN = 1;
    private static final int EPOLLOUT = 4;
    private static final int EPOLLERR_OR_HUP = 8 | 16;
    private static final int EPOLLRDHUP = 0x2000;
    private static final int EPOLLET = 1 << 31;
    private static final int ADD = 1;
    private static final int STREAM_NONBLOCK_CLOEXEC = 1 | 0x800 | 0x80000;
    private static final int MSG_NOSIGNAL_DONTWAIT = 0x4000 | 0x40;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int SOL_SOCKET = 1;
    private static final int SO_ERROR = 4;
    private static final int SOL_IP = 0;
    private static final int IP_BIND_ADDRESS_NO_PORT = 24;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int CONNECTING = 1;
    private static final int CONNECTED = 0;

    private final Kernel kernel = new Kernel();
    private final int epoll;
    private final int most;
    private final int eventSize = Cpu.ofThisMachine().orElseThrow() == Cpu.X86_64 ? 12 : 16;
    private final ByteBuffer told = direct(EVENTS * 16);
    private final long toldAddress = Foreign.address(told);
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    private final long bufferAddress = Foreign.address(buffer);
    private final ByteBuffer scratch = direct(64);
    private final long scratchAddress = Foreign.address(scratch);
    private final ByteBuffer own = direct(28);
    private final long ownAddress = Foreign.address(own);
    private final Map<InetSocketAddress, ByteBuffer> addresses = new HashMap<>();
    private final Nap nap = new Nap();
    private Slot[] byFile = new Slot[256];
    private Events events;

    /** @param connections at most */
    EpollSockets(int connections) {
        kernel.promptly();
        most = connections;
        epoll = kernel.epollCreate();
        if (epoll < 0) throw new IllegalStateException("epoll gave error " + -epoll);
    }

    private static ByteBuffer direct(int size) {
        return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    }

    @Override
    public void begin(Events listener) {
        events = listener;
    }

    @Override
    public String name() {
        return "epoll";
    }

    @Override
    public int most() {
        return most;
    }

    @Override
    public long address(ByteBuffer memory) {
        return Foreign.address(memory);
    }

    @Override
    public void connect(Slot slot, InetSocketAddress to, Optional<InetAddress> from) {
        ByteBuffer address = addresses.computeIfAbsent(to, UringSockets::raw);
        boolean six = address.getShort(0) == AF_INET6;
        int file = kernel.socket(six ? AF_INET6 : AF_INET, STREAM_NONBLOCK_CLOEXEC);
        if (file < 0) {
            events.connected(slot, -file);
            return;
        }
        if (file >= byFile.length) byFile = Arrays.copyOf(byFile, Math.max(file + 1, byFile.length * 2));
        byFile[file] = slot;
        slot.file = file;
        slot.underWay = CONNECTING;
        int result = from.isPresent() ? bind(file, from.get()) : 0;
        if (result == 0) result = kernel.connect(file, Foreign.address(address), six ? 28 : 16);
        if (result < 0 && result != -Kernel.EINPROGRESS) events.connected(slot, -result);
        else add(file);
    }

    /** The port is chosen at connect, so that one address serves as many connections to each target as there are ports. */
    private int bind(int file, InetAddress from) {
        scratch.putInt(48, 1);
        kernel.setOption(file, SOL_IP, IP_BIND_ADDRESS_NO_PORT, scratchAddress + 48, 4);
        UringSockets.raw(new InetSocketAddress(from, 0), own);
        return kernel.bind(file, ownAddress, from instanceof Inet6Address ? 28 : 16);
    }

    /** What is ready by now is told at the next look. */
    private void add(int file) {
        scratch.putInt(0, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET).putLong(eventSize - 8, file);
        kernel.epollControl(epoll, ADD, file, scratchAddress);
    }

    @Override
    public void write(Slot slot) {
        int sent = kernel.send(slot.file, slot.outAddress + slot.from, slot.left, MSG_NOSIGNAL_DONTWAIT);
        if (sent < 0) {
            if (sent != -Kernel.EAGAIN) events.ended(slot, -sent);
            return;
        }
        slot.from += sent;
        slot.left -= sent;
        // What is left goes when there is room, of which an edge will tell.
        if (slot.left == 0 && slot.out != slot.room) events.written(slot);
    }

    @Override
    public void close(Slot slot) {
        if (slot.file >= 0) {
            byFile[slot.file] = null;
            kernel.close(slot.file);
            slot.file = -1;
        }
        events.closed(slot);
    }

    @Override
    public int poll() {
        scratch.putLong(16, 0).putLong(24, 0);
        return tell(kernel.epollLook(epoll, toldAddress, EVENTS, scratchAddress + 16));
    }

    /** Epoll wakes its caller for the first thing that happens. So where many are to be waited for, it sleeps before. */
    @Override
    public int await(long nanos, int enough, long patience) {
        if (enough <= 1 || patience <= 0) return look(nanos);
        long before = nap.nanos(patience);
        time(before);
        kernel.sleep(scratchAddress + 16);
        int count = look(nanos - before);
        nap.found(count, enough);
        return count;
    }

    private int look(long nanos) {
        time(Math.max(0, nanos));
        return tell(kernel.epollWait(epoll, toldAddress, EVENTS, scratchAddress + 16));
    }

    private void time(long nanos) {
        scratch.putLong(16, nanos / 1_000_000_000).putLong(24, nanos % 1_000_000_000);
    }

    private int tell(int count) {
        if (count <= 0) return 0;
        events.batch();
        for (int i = 0; i < count; i++) {
            int file = told.getInt(i * eventSize + eventSize - 8);
            Slot slot = byFile[file];
            if (slot != null) tell(slot, file, told.getInt(i * eventSize));
        }
        return count;
    }

    private void tell(Slot slot, int file, int what) {
        if (slot.underWay == CONNECTING && !connected(slot, what)) return;
        if ((what & EPOLLOUT) != 0 && slot.left > 0 && slot.state == Slot.State.BUSY) write(slot);
        boolean over = (what & (EPOLLRDHUP | EPOLLERR_OR_HUP)) != 0;
        if (over || (what & EPOLLIN) != 0) receive(slot, file, over);
    }

    /** Whether there is more to tell of it. */
    private boolean connected(Slot slot, int what) {
        if ((what & (EPOLLOUT | EPOLLERR_OR_HUP)) == 0) return false;
        slot.underWay = CONNECTED;
        scratch.putInt(40, 0).putInt(44, 4);
        kernel.option(slot.file, SOL_SOCKET, SO_ERROR, scratchAddress + 40, scratchAddress + 44);
        int error = scratch.getInt(40);
        events.connected(slot, error);
        return error == 0 && slot.file >= 0;
    }

    /** @param over whether the end is to be looked for behind what has come */
    private void receive(Slot slot, int file, boolean over) {
        int count = BUFFER;
        while (slot.file == file && (over || count == BUFFER)) {
            count = kernel.receive(file, bufferAddress, BUFFER, MSG_DONTWAIT);
            if (count > 0) {
                events.received(slot, buffer, 0, count);
            } else {
                if (count != -Kernel.EAGAIN) events.ended(slot, -count);
                return;
            }
        }
    }

    @Override
    public void close() {
        for (Slot slot : byFile) if (slot != null) kernel.close(slot.file);
        kernel.close(epoll);
    }
}
