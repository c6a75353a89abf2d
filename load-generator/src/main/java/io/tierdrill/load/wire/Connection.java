package io.tierdrill.load.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.tierdrill.load.dns.Addresses;
import io.tierdrill.load.http.ResponseParser;
import io.tierdrill.model.sample.Outcome;
import io.tierdrill.model.sample.RequestSample;
import io.tierdrill.model.trace.RequestRecord;
import java.net.InetAddress;
import java.util.Map;

/**
 * One connection of one client and, while it carries one, its request.
 *
 * <pre>
 *   RESOLVING ─> CONNECTING ─> BUSY <─> IDLE
 *       └────────────┴──────────┴────────┴──> CLOSED
 * </pre>
 */
final class Connection extends ChannelInboundHandlerAdapter implements Addresses.Waiter, ChannelFutureListener {
    enum State {
        RESOLVING,
        CONNECTING,
        BUSY,
        IDLE,
        CLOSED
    }

    final Client client;
    /** Links of {@link ConnectionList} and {@link Client}. */
    Connection previous;

    Connection next;
    Connection nextIdle;

    private final HttpSender sender;
    private final ResponseParser parser = new ResponseParser();
    private State state = State.RESOLVING;
    private Channel channel;
    private RequestRecord request;
    private long due;
    private long sent;
    private long dnsNanos;
    private long connectStart;
    private long connectNanos;
    private long idleSince;

    Connection(Client client, HttpSender sender) {
        this.client = client;
        this.sender = sender;
    }

    State state() {
        return state;
    }

    long sentNanos() {
        return sent;
    }

    long idleSinceNanos() {
        return idleSince;
    }

    /** Takes a request on; writes it at once where the connection stands. */
    void carry(RequestRecord newRequest, long dueNanos, long nowNanos) {
        request = newRequest;
        due = dueNanos;
        sent = nowNanos;
        dnsNanos = 0;
        connectNanos = 0;
        if (state == State.IDLE) write();
    }

    void connectTo(InetAddress address) {
        state = State.CONNECTING;
        connectStart = sender.now();
        try {
            channel = sender.open(this, address);
        } catch (ChannelException noDescriptor) {
            sender.failed(this, sender.outOfDescriptors());
        }
    }

    @Override
    public void resolved(InetAddress address) {
        if (state != State.RESOLVING) return;
        dnsNanos = sender.now() - sent;
        connectTo(address);
    }

    @Override
    public void unresolved(String why) {
        if (state != State.RESOLVING) return;
        dnsNanos = sender.now() - sent;
        sender.failed(this, Outcome.DNS_FAILURE);
    }

    /** The attempt to connect has ended. */
    @Override
    public void operationComplete(ChannelFuture connected) {
        if (state != State.CONNECTING) return;
        connectNanos = sender.now() - connectStart;
        if (connected.isSuccess()) write();
        else sender.failed(this, sender.connectFailure(connected.cause()));
    }

    private void write() {
        state = State.BUSY;
        parser.begin(request.method().equals("HEAD"));
        sender.write(request, channel);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (state == State.BUSY) read((ByteBuf) message);
            else if (state == State.IDLE) sender.dropIdle(this); // An answer nobody asked for.
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(ByteBuf in) {
        switch (parser.read(in)) {
            case MORE -> {}
            case DONE -> sender.answered(this, parser.keepAlive() && !in.isReadable());
            case BAD -> sender.failed(this, Outcome.BAD_RESPONSE);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (state == State.IDLE) sender.dropIdle(this);
        if (state != State.BUSY) return;
        if (parser.endsWithConnection()) sender.answered(this, false);
        else sender.failed(this, Outcome.SHORT_READ);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (state == State.IDLE) sender.dropIdle(this);
        if (state == State.BUSY) sender.failed(this, Outcome.CONNECTION_RESET);
    }

    void rest(long nowNanos) {
        state = State.IDLE;
        idleSince = nowNanos;
        request = null;
    }

    void close() {
        state = State.CLOSED;
        request = null;
        if (channel != null) channel.close();
    }

    RequestSample sample(Outcome outcome, long nowNanos) {
        boolean heard = state == State.BUSY;
        return new RequestSample(
                due,
                sent,
                nowNanos,
                dnsNanos,
                connectNanos,
                outcome,
                heard ? parser.status() : 0,
                heard ? parser.bodyBytes() : 0,
                heard ? parser.stages() : Map.of());
    }

    Outcome answer() {
        return parser.status() >= 500 ? Outcome.SERVER_ERROR : Outcome.OK;
    }

    /** What a timeout means at this stage. */
    Outcome overdue() {
        return switch (state) {
            case RESOLVING -> Outcome.DNS_FAILURE;
            case CONNECTING -> Outcome.CONNECT_TIMEOUT;
            default -> Outcome.TIMEOUT;
        };
    }
}
