package io.tierdrill.load.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2ChannelDuplexHandler;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2FrameStreamEvent;
import io.netty.handler.codec.http2.Http2FrameStreamException;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.util.ReferenceCountUtil;
import io.tierdrill.load.http.ServerTiming;
import io.tierdrill.model.sample.Outcome;
import io.tierdrill.model.trace.RequestRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * HTTP/2: as many requests at a time as the peer allows. Until its SETTINGS have come, that is one: what a limit of
 * theirs would refuse is not sent on a guess.
 */
final class Http2Connection extends Connection {
    private static final int BEFORE_SETTINGS = 1;

    private final Map<Http2FrameStream, Exchange> streams = new HashMap<>();
    /** Their requests are over, and they still count: the codec closes a stream when it has told of its last frame. */
    private final Set<Http2FrameStream> closing = new HashSet<>();

    private final ServerTiming timing = new ServerTiming();
    private final Http2ChannelDuplexHandler numbers = new Http2ChannelDuplexHandler() {};
    private long allowed = BEFORE_SETTINGS;

    Http2Connection(Lane lane, HttpSender sender) {
        super(lane, sender);
    }

    @Override
    void opened() {
        String here = channel().pipeline().context(this).name();
        channel().pipeline().addBefore(here, "http2", Http2Setup.codec());
        channel().pipeline().addBefore(here, "streams", numbers);
        Http2Setup.widen(channel());
    }

    @Override
    int carried() {
        return streams.size() + closing.size();
    }

    @Override
    boolean hasRoom() {
        return carried() < allowed;
    }

    @Override
    void carry(Exchange x) {
        RequestRecord request = x.request();
        Http2FrameStream stream = numbers.newStream();
        streams.put(stream, x);
        long size = request.body().size();
        var head = new DefaultHttp2HeadersFrame(
                sender.encoder().http2(request, sender.dialer().secure()), size == 0);
        channel().write(head.stream(stream)).addListener(written -> {
            if (!written.isSuccess()) unwritten(stream);
        });
        if (size > 0) writeBody(stream, request.body());
        channel().flush();
    }

    private void writeBody(Http2FrameStream stream, RequestRecord.Body body) {
        ByteBuf kept =
                channel().alloc().directBuffer(Math.max(1, body.bytes().length)).writeBytes(body.bytes());
        long left = body.size() - body.bytes().length;
        channel().write(new DefaultHttp2DataFrame(kept, left == 0).stream(stream));
        while (left > 0) {
            ByteBuf zeros = sender.filler(left);
            left -= zeros.readableBytes();
            channel().write(new DefaultHttp2DataFrame(zeros, left == 0).stream(stream));
        }
    }

    /** The connection takes no more streams: their numbers have run out, or it is being closed. */
    private void unwritten(Http2FrameStream stream) {
        if (!streams.containsKey(stream)) return;
        sender.leaves(this, true);
        over(stream, Outcome.GOAWAY);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
        try {
            if (frame instanceof Http2SettingsFrame settings) settings(settings);
            else if (frame instanceof Http2GoAwayFrame goAway) goAway(goAway.lastStreamId());
            else if (frame instanceof Http2StreamFrame on && streams.containsKey(on.stream())) read(context, on);
            else if (frame instanceof Http2DataFrame unasked) consumed(context, unasked);
        } finally {
            ReferenceCountUtil.release(frame);
        }
    }

    private void settings(Http2SettingsFrame frame) {
        Long most = frame.settings().maxConcurrentStreams();
        if (most != null) allowed = most;
        else if (allowed == BEFORE_SETTINGS) allowed = Integer.MAX_VALUE;
        if (listed && !hasRoom()) lane.remove(this);
        sender.room(this);
        sender.settled();
    }

    private void read(ChannelHandlerContext context, Http2StreamFrame frame) {
        Exchange x = streams.get(frame.stream());
        if (frame instanceof Http2HeadersFrame head) {
            fields(x, head.headers());
            if (head.isEndStream()) whole(frame.stream(), x);
        } else if (frame instanceof Http2DataFrame data) {
            x.body(data.content());
            consumed(context, data);
            if (data.isEndStream()) whole(frame.stream(), x);
        } else if (frame instanceof Http2ResetFrame reset) {
            boolean refused = reset.errorCode() == Http2Error.REFUSED_STREAM.code();
            over(frame.stream(), refused ? Outcome.STREAM_REFUSED : Outcome.STREAM_RESET);
        }
    }

    /** Trailers have no status; of answers before the last one nothing is kept. */
    private void fields(Exchange x, Http2Headers fields) {
        if (fields.status() == null) return;
        int status = status(fields.status());
        if (status < 200) return;
        x.head(status);
        timing.clear();
        for (Map.Entry<CharSequence, CharSequence> field : fields) {
            String name = field.getKey().toString();
            if (name.startsWith(":")) continue;
            if (name.equals("server-timing")) timing.add(field.getValue().toString());
            x.header(name, field.getValue().toString());
        }
        x.stages = timing.stages();
    }

    private static int status(CharSequence text) {
        boolean threeDigits = text.length() == 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return threeDigits ? Integer.parseInt(text.toString()) : 0;
    }

    /** Gives the peer room for more. */
    private void consumed(ChannelHandlerContext context, Http2DataFrame data) {
        if (data.initialFlowControlledBytes() > 0)
            context.writeAndFlush(
                    new DefaultHttp2WindowUpdateFrame(data.initialFlowControlledBytes()).stream(data.stream()));
    }

    private void whole(Http2FrameStream stream, Exchange x) {
        over(stream, x.status == 0 ? Outcome.PROTOCOL_ERROR : x.answer());
    }

    private void over(Http2FrameStream stream, Outcome outcome) {
        Exchange x = streams.remove(stream);
        closing.add(stream);
        closedIfSo(stream);
        sender.ended(x, outcome);
        sender.settled();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof Http2FrameStreamEvent of && closing.contains(of.stream())) {
            closedIfSo(of.stream());
            sender.settled();
        }
        ReferenceCountUtil.release(event);
    }

    private void closedIfSo(Http2FrameStream stream) {
        if (stream.state() == Http2Stream.State.CLOSED) {
            closing.remove(stream);
            sender.released(this);
        } else if (stream.state() == Http2Stream.State.HALF_CLOSED_REMOTE) {
            reset(stream); // Answered before the body was read: nobody will read the rest.
        }
    }

    private void reset(Http2FrameStream stream) {
        channel().writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.CANCEL).stream(stream));
    }

    /** What is numbered higher was not and will not be looked at. */
    private void goAway(int last) {
        sender.leaves(this, true);
        List<Http2FrameStream> unseen = new ArrayList<>();
        for (Http2FrameStream stream : streams.keySet()) if (stream.id() > last) unseen.add(stream);
        for (Http2FrameStream stream : unseen) over(stream, Outcome.GOAWAY);
        if (carried() == 0) sender.lost(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof Http2FrameStreamException of) {
            if (streams.containsKey(of.stream())) over(of.stream(), outcome(of.getCause()));
        } else if (Http2Setup.isProtocolError(cause)) {
            broken(Outcome.PROTOCOL_ERROR);
        } else {
            super.exceptionCaught(context, cause);
        }
    }

    /** The codec counts what a response announced. */
    private static Outcome outcome(Throwable cause) {
        boolean length = cause instanceof Http2Exception
                && String.valueOf(cause.getMessage()).contains("content-length");
        return length ? Outcome.WRONG_LENGTH : Outcome.PROTOCOL_ERROR;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (streams.isEmpty()) sender.lost(this);
        else broken(Outcome.SHORT_READ);
    }

    @Override
    void cancel(Exchange x) {
        Http2FrameStream stream = streams.entrySet().stream()
                .filter(entry -> entry.getValue() == x)
                .findFirst()
                .orElseThrow()
                .getKey();
        streams.remove(stream);
        closing.add(stream);
        reset(stream);
        closedIfSo(stream);
    }

    @Override
    void failAll(Outcome outcome) {
        List<Exchange> all = new ArrayList<>(streams.values());
        streams.clear();
        closing.clear();
        for (Exchange x : all) sender.ended(x, outcome);
    }
}
