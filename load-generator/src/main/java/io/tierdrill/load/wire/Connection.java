package io.tierdrill.load.wire;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.tierdrill.load.dns.Addresses;
import io.tierdrill.load.tls.TlsClient;
import io.tierdrill.model.sample.Outcome;
import java.net.InetAddress;

/**
 * One connection of one lane: how it comes about and ends. What is spoken on it is its kinds' business.
 *
 * <pre>
 *   RESOLVING ─> CONNECTING ─> [SECURING] ─> OPEN ─> [LEAVING]      nothing new is sent on one that leaves
 *       └────────────┴──────────────┴─────────┴─────────┴──> CLOSED
 * </pre>
 */
abstract class Connection extends ChannelInboundHandlerAdapter implements Addresses.Waiter, ChannelFutureListener {
    enum State {
        RESOLVING,
        CONNECTING,
        SECURING,
        OPEN,
        LEAVING,
        CLOSED
    }

    final Lane lane;
    /** Links of {@link ConnectionList}. */
    Connection previous;

    Connection next;
    boolean idle;
    /** Of those, one that is kept because a request is known to come. */
    boolean kept;
    /** Link of {@link Lane}, and whether it is among those with room. */
    Connection nextWithRoom;

    boolean listed;
    /** Whether its lane counts it no more. */
    boolean left;

    long idleSince;

    final HttpSender sender;
    private State state = State.RESOLVING;
    private Channel channel;
    /** The request it is opened for; null once it is open. */
    private Exchange opener;

    private long connectStart;

    Connection(Lane lane, HttpSender sender) {
        this.lane = lane;
        this.sender = sender;
    }

    final State state() {
        return state;
    }

    final Channel channel() {
        return channel;
    }

    /** Opens it for this request, which it carries once it is open. */
    final void openFor(Exchange x) {
        opener = x;
        sender.resolve(this, x.recorded.client());
    }

    final void connectTo(InetAddress address) {
        state = State.CONNECTING;
        connectStart = sender.now();
        try {
            channel = sender.dialer().dial(this, address, opener.recorded);
            channel.connect(sender.dialer().remote(address), sender.dialer().local(address, opener.recorded))
                    .addListener(this);
        } catch (ChannelException noDescriptor) {
            sender.neverOpened(this, sender.outOfDescriptors());
        }
    }

    @Override
    public final void resolved(InetAddress address) {
        if (state != State.RESOLVING) return;
        opener.dnsNanos = sender.now() - opener.started;
        connectTo(address);
    }

    @Override
    public final void unresolved(String why) {
        if (state != State.RESOLVING) return;
        opener.dnsNanos = sender.now() - opener.started;
        sender.neverOpened(this, Outcome.DNS_FAILURE);
    }

    /** The attempt to connect has ended. */
    @Override
    public final void operationComplete(ChannelFuture connected) {
        if (state != State.CONNECTING) return;
        if (!connected.isSuccess()) {
            opener.connectNanos = sender.now() - connectStart;
            sender.neverOpened(this, sender.connectFailure(connected.cause()));
            return;
        }
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            open();
            return;
        }
        state = State.SECURING;
        tls.handshakeFuture().addListener(handshake -> secured(tls, handshake.isSuccess()));
    }

    private void secured(SslHandler tls, boolean well) {
        if (state != State.SECURING) return;
        sender.handshaken(tls, well);
        if (well && sender.dialer().speaksOurs(tls)) {
            open();
            return;
        }
        opener.connectNanos = sender.now() - connectStart;
        sender.neverOpened(this, well ? Outcome.PROTOCOL_ERROR : Outcome.TLS_FAILURE);
    }

    private void open() {
        Exchange first = opener;
        opener = null;
        first.connectNanos = sender.now() - connectStart;
        state = State.OPEN;
        opened();
        carry(first);
        sender.opened(this);
    }

    /** The request it was to be opened for, which failed with it. */
    final Exchange opener() {
        return opener;
    }

    /** Bytes may go now. */
    void opened() {}

    /** Writes a request; there is room for it. */
    abstract void carry(Exchange x);

    /** Requests on it. */
    abstract int carried();

    abstract boolean hasRoom();

    /** A request on it has failed without being answered: by the clock. */
    abstract void cancel(Exchange x);

    /** All requests on it fail; nothing more is sent on it. */
    abstract void failAll(Outcome outcome);

    /** It takes no more requests and closes after the last. */
    final void leave() {
        if (state == State.OPEN) state = State.LEAVING;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        broken(TlsClient.isTls(cause) ? Outcome.TLS_FAILURE : Outcome.CONNECTION_RESET);
    }

    /** It is of no more use, by the target's doing. Before it is open, its future says so too. */
    final void broken(Outcome outcome) {
        if (state != State.OPEN && state != State.LEAVING) return;
        failAll(outcome);
        sender.lost(this);
    }

    /** Whether something is still to be said on it, though it carries no request. */
    boolean isTalking() {
        return false;
    }

    /** The last words on it, where it is open. */
    void farewell() {}

    final void close() {
        if (state == State.OPEN || state == State.LEAVING) farewell();
        state = State.CLOSED;
        if (channel != null) channel.close();
    }

    /** What a timeout means at this stage. */
    final Outcome overdue() {
        return switch (state) {
            case RESOLVING -> Outcome.DNS_FAILURE;
            case CONNECTING, SECURING -> Outcome.CONNECT_TIMEOUT;
            default -> Outcome.TIMEOUT;
        };
    }
}
