package io.tierdrill.lb.l7;

import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.tierdrill.lb.net.Deadline;

/**
 * The client's side of an {@link Exchange}: where its response goes, in the client's protocol. What is common to all
 * protocols is decided by the exchange; a front frames it, and slows down who is too quick. Belongs to the event loop.
 */
interface Front {

    /** The one wait of its exchange. */
    Deadline deadline();

    /** Whether the client has not yet sent the whole request. */
    boolean bodyOpen();

    /** Reads on only while there is somebody to take what is read. */
    void regulate();

    /** Whether the client takes what is written to it quickly enough. */
    boolean isWritable();

    /** 100 Continue and its like; for clients that know them. */
    void informational(HttpResponse response);

    /** The head of the response, stripped of what concerned the service's connection alone, but not yet framed. */
    void head(HttpResponse response);

    void body(HttpContent part);

    /** The end of the response; the exchange is told when it is on the wire. */
    void last(LastHttpContent end, ChannelFutureListener written);

    void flush();

    /**
     * A response of our own, whole.
     *
     * @param close whether nothing more can be understood on this connection
     */
    void answer(HttpResponseStatus status, String text, String timing, boolean close, ChannelFutureListener written);

    /**
     * The service agreed to another protocol. Its answer goes out, and from then on bytes pass both ways as they are; this
     * front is done.
     */
    void tunnel(HttpResponse answer, BackConnection service);

    /** The response is on the wire. */
    void finished();

    /** The response cannot be completed, and the client learns that. */
    void abort();
}
