package io.tierdrill.recorder.packets.http2;

import io.netty.handler.codec.http2.Http2Headers;
import io.tierdrill.recorder.packets.account.RejectReason;
import io.tierdrill.recorder.packets.exchange.Exchange;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The client's direction: requests. One thread. */
final class ClientFrames implements FrameSink {
    private final Http2Streams streams;
    private final HeaderTable table;
    private final String scheme;

    ClientFrames(Http2Streams streams, HeaderTable table, String scheme) {
        this.streams = streams;
        this.table = table;
        this.scheme = scheme;
    }

    @Override
    public boolean isBroken() {
        return table.isBroken();
    }

    void release() {
        table.release();
    }

    @Override
    public void headers(Headers headers, ByteBuffer block) {
        Optional<Http2Headers> decoded = table.decode(headers.stream(), block);
        Optional<Http2Stream> known = streams.find(headers.stream());
        // Those of a stream that is known are trailers; those of one that is over come too late.
        if (known.isEmpty() && streams.mayBegin(headers.stream())) known = Optional.of(begin(headers, decoded));
        if (headers.endsStream()) known.ifPresent(stream -> whole(headers.stream(), stream));
    }

    private Http2Stream begin(Headers headers, Optional<Http2Headers> decoded) {
        Exchange exchange = streams.exchange(headers);
        Http2Stream stream = streams.begin(headers.stream(), exchange);
        if (decoded.isEmpty()) {
            exchange.reject(table.isBroken() ? RejectReason.BAD_HEADERS : RejectReason.HEAD_TOO_LONG);
            return stream;
        }
        RequestHead head = RequestHead.of(decoded.get(), scheme);
        if (head.method().isEmpty()) {
            exchange.reject(RejectReason.BAD_HEADERS);
            return stream;
        }
        stream.declares(head.contentLength());
        exchange.head(head.method(), head.target(), head.headers(), headers.endNanos());
        if (head.method().equals("CONNECT")) stream.isTunnel();
        return stream;
    }

    private void whole(int number, Http2Stream stream) {
        stream.requestWhole();
        streams.settle(number, stream);
    }

    @Override
    public void pushed(ByteBuffer block) {
        // Only servers push; the table must still see what came.
        table.decode(0, block);
    }

    @Override
    public void data(int stream, ByteBuffer bytes) {
        streams.find(stream).ifPresent(s -> s.requestData(bytes));
    }

    @Override
    public void dataGap(int stream, long bytes) {
        streams.find(stream).ifPresent(s -> s.requestGap(bytes));
    }

    @Override
    public void endOfData(int stream, long endNanos) {
        streams.find(stream).ifPresent(s -> whole(stream, s));
    }

    @Override
    public void reset(int stream) {
        streams.reset(stream, false);
    }

    @Override
    public void goAway(int lastStream) {
        // A client's tells of streams that servers begin, which only push.
    }
}
