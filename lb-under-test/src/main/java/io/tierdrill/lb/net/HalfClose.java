package io.tierdrill.lb.net;

import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;

/** Ending one direction of a connection and leaving the other open. Stateless; on the connection's event loop. */
public final class HalfClose {
    private HalfClose() {}

    /** Nothing more is said behind what was written; TLS says so in its own words first. */
    public static void output(Channel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) ((DuplexChannel) channel).shutdownOutput();
        else tls.closeOutbound().addListener(said -> ((DuplexChannel) channel).shutdownOutput());
    }
}
