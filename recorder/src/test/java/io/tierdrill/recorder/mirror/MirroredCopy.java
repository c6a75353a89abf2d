package io.tierdrill.recorder.mirror;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.tierdrill.model.trace.RequestRecord;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the mirror reads out of the bytes of a connection, for tests of other packages. */
public record MirroredCopy(RequestRecord request, Optional<Instant> time) {
    private static final OriginalRequest ORIGINAL =
            new OriginalRequest(MirrorConfig.defaults(new InetSocketAddress("127.0.0.1", 0)));

    /** All copies up to what is no HTTP; bodies are left out. */
    public static List<MirroredCopy> read(byte[] connection) {
        EmbeddedChannel channel = new EmbeddedChannel(new HttpRequestDecoder());
        List<MirroredCopy> copies = new ArrayList<>();
        channel.writeInbound(Unpooled.wrappedBuffer(connection));
        for (Object part = channel.readInbound(); part != null; part = channel.readInbound()) {
            if (!(part instanceof HttpRequest copy)) continue;
            if (copy.decoderResult().isFailure()) break;
            RequestRecord request = ORIGINAL.read(copy, 5, "192.0.2.1", RequestRecord.Body.none());
            copies.add(new MirroredCopy(request, ORIGINAL.time(copy)));
        }
        channel.finishAndReleaseAll();
        return copies;
    }
}
