package io.tierdrill.load.loop;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * An event loop that its owner drives, so that one thread can both wait for the next due time and move bytes, and
 * nobody else's turn comes in between. Belongs to the thread that opened it; {@link #wakeUp} alone may come from
 * others.
 */
public final class IoLoop implements AutoCloseable {
    private static final long MILLISECOND = 1_000_000;
    /** Selectors count milliseconds; below one the thread rests this long between looks. */
    private static final long NIO_REST = 50_000;

    private final String transport;
    private final boolean nanosecondWaits;
    private final ManualIoEventLoop loop;
    private final Supplier<SocketChannel> streams;
    private final Supplier<DatagramChannel> datagrams;

    private IoLoop(
            String transport,
            boolean nanosecondWaits,
            IoHandlerFactory handler,
            Supplier<SocketChannel> streams,
            Supplier<DatagramChannel> datagrams) {
        this.transport = transport;
        this.nanosecondWaits = nanosecondWaits;
        this.streams = streams;
        this.datagrams = datagrams;
        this.loop = new ManualIoEventLoop(Thread.currentThread(), handler);
        loop.runNow();
    }

    /** The best this machine has, owned by the calling thread. */
    public static IoLoop best() {
        return Epoll.isAvailable() ? epoll() : nio();
    }

    private static IoLoop epoll() {
        return new IoLoop(
                "epoll", true, EpollIoHandler.newFactory(), EpollSocketChannel::new, EpollDatagramChannel::new);
    }

    /** What every machine has, owned by the calling thread. */
    public static IoLoop nio() {
        return new IoLoop("nio", false, NioIoHandler.newFactory(), NioSocketChannel::new, NioDatagramChannel::new);
    }

    /** {@code epoll} or {@code nio}. */
    public String transport() {
        return transport;
    }

    /** A new stream channel, open but not yet registered. Throws Netty's ChannelException for want of descriptors. */
    public SocketChannel stream() {
        return streams.get();
    }

    public DatagramChannel datagram() {
        return datagrams.get();
    }

    public void register(Channel channel) {
        EventLoopGroup group = loop; // The loop's own method of that name is deprecated, the interface's is not.
        group.register(channel);
    }

    /** Does what is ready, without waiting. Returns how many things it did. */
    public int poll() {
        return loop.runNow();
    }

    /** Waits for something to do, at most so long, and does it. Returns how many things it did. */
    public int await(long nanos) {
        if (nanos <= 0) return poll();
        if (nanosecondWaits) return loop.run(nanos);
        if (nanos >= MILLISECOND) return loop.run(nanos - nanos % MILLISECOND);
        LockSupport.parkNanos(Math.min(nanos, NIO_REST));
        return poll();
    }

    /** Ends a wait early; from any thread. */
    public void wakeUp() {
        loop.wakeup();
    }

    /** Closes every channel still registered and gives the native parts back. */
    @Override
    public void close() {
        loop.shutdownGracefully(0, 0, TimeUnit.NANOSECONDS);
        while (!loop.isTerminated()) loop.runNow();
    }
}
