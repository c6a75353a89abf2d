package io.tierdrill.recorder.packets.http2;

import io.netty.handler.codec.http2.Http2Headers;
import io.tierdrill.recorder.packets.account.Observation;
import io.tierdrill.recorder.packets.account.Tally;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The server's direction: responses. One thread. */
final class ServerFrames implements FrameSink {
    private final Http2Streams streams;
    private final HeaderTable table;
    private final Tally tally;

    ServerFrames(Http2Streams streams, HeaderTable table, Tally tally) {
        this.streams = streams;
        this.table = table;
        this.tally = tally;
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
        int number = headers.stream();
        // Even ones are what was pushed.
        if ((number & 1) == 0) return;
        Optional<Http2Stream> stream = streams.find(number);
        if (stream.isEmpty()) stream = streams.beginUnread(number, headers.place());
        if (stream.isEmpty()) streams.stray(number, headers.place());
        else answer(headers, stream.get(), decoded.map(ServerFrames::status).orElse(0));
    }

    private void answer(Headers headers, Http2Stream stream, int status) {
        if (status >= 200 && !stream.hasStatus()) stream.status(status, headers.endNanos());
        else if (status >= 100 && status < 200) tally.observed(Observation.INTERIM_RESPONSES);
        if (headers.endsStream()) stream.responseWhole(headers.endNanos());
        streams.settle(headers.stream(), stream);
    }

    /** 0 where there is none, as in trailers. */
    private static int status(Http2Headers headers) {
        CharSequence text = headers.status();
        if (text == null || text.length() != 3) return 0;
        int status = 0;
        for (int i = 0; i < 3; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) return 0;
            status = 10 * status + digit;
        }
        return status;
    }

    @Override
    public void pushed(ByteBuffer block) {
        tally.observed(Observation.PUSHES);
        table.decode(0, block);
    }

    @Override
    public void data(int stream, ByteBuffer bytes) {
        streams.find(stream).ifPresent(s -> s.responseData(bytes.remaining()));
    }

    @Override
    public void dataGap(int stream, long bytes) {
        streams.find(stream).ifPresent(s -> s.responseData(bytes));
    }

    @Override
    public void endOfData(int stream, long endNanos) {
        streams.find(stream).ifPresent(s -> {
            s.responseWhole(endNanos);
            streams.settle(stream, s);
        });
    }

    @Override
    public void reset(int stream) {
        streams.reset(stream, true);
    }

    @Override
    public void goAway(int lastStream) {
        streams.goAway(lastStream);
    }
}
