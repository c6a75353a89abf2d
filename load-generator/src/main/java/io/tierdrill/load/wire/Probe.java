package io.tierdrill.load.wire;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.tierdrill.load.loop.IoLoop;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Finds out whether somebody listens, by connecting the way requests will: what they need is loaded by then. */
public final class Probe {
    private static final int PATIENCE_MILLIS = 3_000;
    private static final long TURN_NANOS = 10_000_000;

    private Probe() {}

    /** Why no connection can be opened there, in words; empty when one was. */
    public static Optional<String> refusal(IoLoop loop, InetSocketAddress address) {
        SocketChannel channel = loop.stream();
        channel.config().setOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, PATIENCE_MILLIS);
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter());
        loop.register(channel);
        ChannelFuture connected = channel.connect(address);
        while (!connected.isDone()) loop.await(TURN_NANOS);
        channel.close();
        if (connected.isSuccess()) return Optional.empty();
        return Optional.of(
                switch (ConnectFailures.outcome(connected.cause())) {
                    case CONNECT_REFUSED -> "connection refused";
                    case CONNECT_TIMEOUT -> "no answer within " + PATIENCE_MILLIS / 1_000 + " s";
                    default -> connected.cause().getMessage();
                });
    }
}
