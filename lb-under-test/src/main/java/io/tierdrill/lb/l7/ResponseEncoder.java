package io.tierdrill.lb.l7;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;

/** Netty's response encoder, told whether the request was HEAD: then no body follows, whatever the headers say. */
final class ResponseEncoder extends HttpResponseEncoder {
    private boolean toHead;

    void toHead(boolean head) {
        toHead = head;
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpResponse response) {
        return toHead || super.isContentAlwaysEmpty(response);
    }
}
