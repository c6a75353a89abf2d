package io.tierdrill.recorder.gor;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.model.trace.RequestRecord.Response;
import io.tierdrill.recorder.fields.Arrival;
import io.tierdrill.recorder.fields.Flaw;
import io.tierdrill.recorder.fields.HttpUrl;
import io.tierdrill.recorder.fields.HttpWords;
import io.tierdrill.recorder.fields.Refused;
import io.tierdrill.recorder.gor.GorExchange.Kind;
import java.util.List;
import java.util.Optional;

/** Makes the request that a packed {@link GorExchange} tells of. Stateless. */
final class GorParser {
    /** Where no header tells who asked; GoReplay itself keeps no addresses. */
    private static final String UNKNOWN_CLIENT = "gor";

    private static final List<String> CLIENT_HEADERS = List.of("X-Real-IP", "X-Forwarded-For");

    private final String scheme;
    private final String authority;

    /** Stand in for what a request does not tell. */
    GorParser(String scheme, String authority) {
        this.scheme = scheme;
        this.authority = authority;
    }

    Arrival parse(byte[] packed, int from, int to) throws Refused {
        try {
            return arrival(packed, from, to);
        } catch (Refused refused) {
            throw new Refused(refused.flaw(), "at byte " + GorExchange.offset(packed, to), "");
        }
    }

    private Arrival arrival(byte[] packed, int from, int to) throws Refused {
        Kind kind = GorExchange.kind(packed, to);
        refuse(kind);
        int kept = to - GorExchange.FIXED;
        long end = from + GorExchange.length(packed, to);
        boolean last = kind == Kind.REQUEST_AT_END_OF_FILE;
        HttpMessage head = head(packed, from, kept, last);
        if (last && Payload.isCut(head, packed, kept, end)) throw new Refused(Flaw.CUT_OFF, "", "");
        Body body = Payload.body(head, packed, kept, end);
        return new Arrival(GorExchange.time(packed, to), request(head, body, GorExchange.response(packed, to)));
    }

    private static void refuse(Kind kind) throws Refused {
        switch (kind) {
            case RESPONSE_ALONE -> throw new Refused(Flaw.RESPONSE_ALONE, "", "");
            case REPLAYED_RESPONSE -> throw new Refused(Flaw.REPLAYED_RESPONSE, "", "");
            case NO_META_LINE -> throw new Refused(Flaw.NO_META_LINE, "", "");
            case REQUEST, REQUEST_AT_END_OF_FILE -> {}
        }
    }

    private static HttpMessage head(byte[] packed, int from, int to, boolean last) throws Refused {
        try {
            return HttpMessage.parse(packed, from, to);
        } catch (Refused refused) {
            throw last ? new Refused(Flaw.CUT_OFF, "", "") : refused;
        }
    }

    private RequestRecord request(HttpMessage head, Body body, Optional<Response> response) throws Refused {
        String[] words = head.startLine().split(" +");
        if (words.length != 3 || !words[2].startsWith("HTTP/"))
            throw new Refused(Flaw.NOT_HTTP_MESSAGE, "", head.startLine());
        String host = HttpWords.first(head.headers(), "Host")
                .filter(HttpUrl::isAuthority)
                .orElse(authority);
        HttpUrl url = HttpUrl.of(words[1], scheme, host, "");
        return new RequestRecord(
                0,
                client(head.headers()),
                "",
                "",
                url.scheme(),
                HttpWords.method(words[0], ""),
                url.authority(),
                url.path(),
                head.headers(),
                body,
                response);
    }

    private static String client(List<Header> headers) {
        for (String name : CLIENT_HEADERS) {
            String first =
                    HttpWords.first(headers, name).orElse("").split(",", 2)[0].strip();
            if (!first.isEmpty()) return first;
        }
        return UNKNOWN_CLIENT;
    }
}
