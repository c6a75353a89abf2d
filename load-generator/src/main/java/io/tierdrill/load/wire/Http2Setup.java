package io.tierdrill.load.wire;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Settings;

/** HTTP/2 as browsers set it up: no push, and windows that a usual answer fits into. */
final class Http2Setup {
    private static final int STREAM_WINDOW = 6 << 20;
    /** On top of the 64 KiB that the standard begins with. */
    private static final int MORE_FOR_ALL = 15 << 20;

    private static final int MOST_FIELDS = 64 << 10;

    private Http2Setup() {}

    static Http2FrameCodec codec() {
        return Http2FrameCodecBuilder.forClient()
                .initialSettings(Http2Settings.defaultSettings()
                        .pushEnabled(false)
                        .initialWindowSize(STREAM_WINDOW)
                        .maxHeaderListSize(MOST_FIELDS))
                .gracefulShutdownTimeoutMillis(0)
                .build();
    }

    /** The window of the connection, which settings do not set. */
    static void widen(Channel channel) {
        channel.writeAndFlush(new DefaultHttp2WindowUpdateFrame(MORE_FOR_ALL));
    }

    static boolean isProtocolError(Throwable cause) {
        return cause instanceof Http2Exception || cause.getCause() instanceof Http2Exception;
    }
}
