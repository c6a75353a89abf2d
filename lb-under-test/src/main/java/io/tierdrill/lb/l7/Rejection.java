package io.tierdrill.lb.l7;

import io.netty.handler.codec.http.HttpResponseStatus;

/** A request that is answered here and never forwarded; a value that travels as a decoder's failure, without a stack. */
final class Rejection extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient HttpResponseStatus status;

    Rejection(HttpResponseStatus status, String reason) {
        super(reason, null, false, false);
        this.status = status;
    }

    HttpResponseStatus status() {
        return status;
    }
}
