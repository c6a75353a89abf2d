package io.tierdrill.lb.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The event loop of one instance and how it opens sockets: native epoll where the platform has it, NIO elsewhere. One
 * thread, so that the capacity of a process is one core and its saturation shows as one busy thread.
 */
public final class Transport implements AutoCloseable {
    private final boolean epoll;
    private final MultiThreadIoEventLoopGroup group;
    private final EventLoop loop;
    private final ByteBufAllocator buffers = oneSmallArena();

    private Transport(String role, boolean epoll) {
        this.epoll = epoll;
        IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        this.group = new MultiThreadIoEventLoopGroup(1, new RoleThreads(role), io);
        this.loop = group.next();
    }

    /**
     * Starts the loop's thread with the first socket.
     *
     * @param role the thread's name, such as {@code l7-1-loop}
     */
    public static Transport open(String role) {
        return new Transport(role, Epoll.isAvailable());
    }

    public EventLoop loop() {
        return loop;
    }

    /** Listens for TCP; {@code child} sets up each connection. */
    public Channel listen(InetSocketAddress address, Consumer<Channel> child) throws BindException {
        ServerBootstrap server = new ServerBootstrap()
                .group(loop)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .childOption(ChannelOption.ALLOCATOR, buffers)
                .childHandler(initializer(child));
        return bound(server.bind(address));
    }

    /** Binds a UDP socket. */
    public Channel bindUdp(InetSocketAddress address, ChannelHandler handler) throws BindException {
        Bootstrap udp = new Bootstrap()
                .group(loop)
                .channel(epoll ? EpollDatagramChannel.class : NioDatagramChannel.class)
                .option(ChannelOption.ALLOCATOR, buffers)
                .handler(handler);
        return bound(udp.bind(address));
    }

    /** Opens a TCP connection. */
    public ChannelFuture connect(InetSocketAddress target, Duration timeout, ChannelHandler handler) {
        return new Bootstrap()
                .group(loop)
                .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.ALLOCATOR, buffers)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis(timeout))
                .disableResolver()
                .handler(handler)
                .connect(target);
    }

    /**
     * Closes every socket of the loop, then ends its thread. The quiet period is not zero, because then the loop may end
     * between being told and closing its sockets, and a listener would be left open.
     */
    @Override
    public void close() {
        group.shutdownGracefully(1, 2000, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }

    private static Channel bound(ChannelFuture binding) throws BindException {
        binding.awaitUninterruptibly();
        if (binding.isSuccess()) return binding.channel();
        BindException refused = new BindException(binding.cause().getMessage());
        refused.initCause(binding.cause());
        throw refused;
    }

    private static ChannelInitializer<Channel> initializer(Consumer<Channel> child) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                child.accept(channel);
            }
        };
    }

    /** Netty takes whole milliseconds, at least one. */
    private static int millis(Duration timeout) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, timeout.toMillis()));
    }

    /** A dozen JVMs share a small machine: one arena with chunks of 512 KiB (8 KiB pages, order 6), no heap arena. */
    private static ByteBufAllocator oneSmallArena() {
        return new PooledByteBufAllocator(true, 0, 1, 8192, 6, 128, 32, false);
    }

    /** Names the one thread exactly after its role; a daemon, so that an instance never outlives its main thread. */
    private static final class RoleThreads extends DefaultThreadFactory {
        private final String role;

        RoleThreads(String role) {
            super(role, true);
            this.role = role;
        }

        @Override
        protected Thread newThread(Runnable task, String numbered) {
            return super.newThread(task, role);
        }
    }
}
