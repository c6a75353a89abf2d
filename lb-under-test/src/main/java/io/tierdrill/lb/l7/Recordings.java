package io.tierdrill.lb.l7;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AsciiString;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.model.trace.PackedHeaders;
import io.tierdrill.model.trace.PackedRequest;
import io.tierdrill.model.trace.RequestPacker;
import io.tierdrill.model.trace.TrafficSink;
import java.util.Iterator;
import java.util.Map;

/**
 * Tells a {@link TrafficSink} of the requests of one L7, and of messages on its WebSockets. Costs nothing where nobody listens. All bodies that are kept at
 * one time share a bound, so that ten thousand slow uploads do not fill the heap. Belongs to the event loop.
 */
final class Recordings {
    /** All bodies of requests under way, together. */
    private static final long MOST_TOGETHER = 32 << 20;

    private final TrafficSink sink;
    private final int mostBody;
    private final NanoClock clock;
    private final RequestPacker packer = new RequestPacker();
    private long together;

    Recordings(TrafficSink sink, int mostBody, NanoClock clock) {
        this.sink = sink;
        this.clock = clock;
        this.mostBody = mostBody;
    }

    /** The fields as they came, pseudo-header fields left out; nothing where nobody listens. */
    PackedHeaders headers(Iterator<Map.Entry<CharSequence, CharSequence>> fields) {
        if (sink == TrafficSink.NONE) return PackedHeaders.NONE;
        while (fields.hasNext()) {
            Map.Entry<CharSequence, CharSequence> field = fields.next();
            CharSequence name = field.getKey();
            if (name.length() > 0 && name.charAt(0) == ':') continue;
            String value = field.getValue().toString();
            // Both guards let through names of ASCII characters only.
            if (name instanceof AsciiString ascii)
                packer.header(ascii.array(), ascii.arrayOffset(), ascii.arrayOffset() + ascii.length(), value);
            else packer.header(name.toString(), value);
        }
        return packer.headers();
    }

    /**
     * A request that will be carried or refused, but is a request.
     *
     * @param head its target in origin form, its Host the authority it is meant for
     * @param headers as they came
     */
    Recording begin(long arrived, Client client, HttpRequest head, PackedHeaders headers) {
        if (sink == TrafficSink.NONE) return Recording.NONE;
        PackedRequest request = packer.request(
                Math.max(0, arrived),
                client.address(),
                client.connection(),
                "",
                client.scheme(),
                head.method().name(),
                head.headers().get(HttpHeaderNames.HOST, ""),
                head.uri(),
                headers);
        return new Recording.Told(this, sink.begin(request));
    }

    /** From here on the two speak WebSocket with each other; to be called before they are joined. */
    void webSocket(Client client, Channel near, Channel far) {
        if (sink != TrafficSink.NONE) new WebSocketTap(sink, clock, client).between(near, far);
    }

    int mostBody() {
        return mostBody;
    }

    /** Whether so many bytes more may be kept. */
    boolean take(int bytes) {
        if (together + bytes > MOST_TOGETHER) return false;
        together += bytes;
        return true;
    }

    void giveBack(int bytes) {
        together -= bytes;
    }
}
