package io.tierdrill.recorder.mirror;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.recorder.live.LiveRecording;
import io.tierdrill.recorder.live.Pace;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Takes copies of requests over HTTP/1.x, answers 204 and records them. One event loop thread. */
public final class MirrorEndpoint implements AutoCloseable {
    private static final int LONGEST_LINE = 64 << 10;
    private static final int LONGEST_HEAD = 256 << 10;
    private static final int IDLE_SECONDS = 300;

    private final MultiThreadIoEventLoopGroup group;
    private final Channel listener;
    private final MirrorDesk desk;

    private MirrorEndpoint(MultiThreadIoEventLoopGroup group, Channel listener, MirrorDesk desk) {
        this.group = group;
        this.listener = listener;
        this.desk = desk;
    }

    /**
     * How a recording behind a mirror holds requests: copies come when the proxy has read the request, with the time
     * when that began, so they are sorted over 300 ms; nobody waits for responses.
     */
    public static Pace pace() {
        return Pace.defaults().withSettle(Duration.ofMillis(300));
    }

    /**
     * Starts to listen.
     *
     * @param clock the recording's
     * @throws BadInputException when the address cannot be listened on
     */
    public static MirrorEndpoint start(MirrorConfig config, LiveRecording recording, NanoClock clock)
            throws BadInputException {
        MirrorDesk desk = new MirrorDesk(config, recording, clock);
        var group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("record-mirror", true), NioIoHandler.newFactory());
        ChannelFuture binding = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(pipeline(desk))
                .bind(config.listen())
                .awaitUninterruptibly();
        if (binding.isSuccess()) return new MirrorEndpoint(group, binding.channel(), desk);
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        throw new BadInputException(new Problem(
                config.listen().getHostString() + ":" + config.listen().getPort(),
                "",
                "cannot listen here: " + binding.cause().getMessage(),
                "Stop whoever uses it, or give another address or port 0 for any free one."));
    }

    private static ChannelInitializer<Channel> pipeline(MirrorDesk desk) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline()
                        .addLast(new IdleStateHandler(IDLE_SECONDS, 0, 0))
                        .addLast(new HttpServerCodec(new HttpDecoderConfig()
                                .setMaxInitialLineLength(LONGEST_LINE)
                                .setMaxHeaderSize(LONGEST_HEAD)))
                        .addLast(new MirrorHandler(desk));
            }
        };
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** What came so far. Any thread. */
    public MirrorAccount account() {
        return desk.counts().account();
    }

    /** Frees the port; copies under way are given up. The recording stays open. */
    @Override
    public void close() {
        listener.close().awaitUninterruptibly();
        group.shutdownGracefully(1, 2000, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }
}
