package io.tierdrill.recorder.fields;

import io.tierdrill.recorder.input.RejectReason;
import java.util.Locale;

/** Why a part of a document became no request. */
public enum Flaw {
    NOT_JSON("the text is not JSON", true),
    MISSING_FIELD("a field is missing", true),
    WRONG_TYPE("a field is not of the type it should be", true),
    BAD_TIME(RejectReason.BAD_TIMESTAMP),
    BAD_URL("the URL is not one of http or https with a host", true),
    BAD_METHOD("the method is not a token of RFC 9110", true),
    BAD_STATUS(RejectReason.BAD_STATUS),
    BAD_NUMBER("the number cannot be read", true),
    BAD_BODY("the body is not base64", true),
    WRONG_COLUMNS("the row has not as many fields as the header row", true),
    OPEN_QUOTE("a quoted field does not end", true),
    NO_TARGET_LINE("the target does not begin with a line of method and URL", true),
    STRAY_LINE("the line is neither a header nor the one file of a body", true),
    NO_META_LINE("the record begins with no line of type, id and time", true),
    NOT_HTTP_MESSAGE("the payload is not an HTTP/1 message", true),
    BYTES_BEHIND("bytes follow the end of the message: the separator behind it is damaged", true),
    CUT_OFF("the file ends within it", true),
    WEBSOCKET("it is a WebSocket, which is no request", false),
    NOT_FOR_A_SERVER("the browser answered it itself: no server was asked", false),
    RESPONSE_ALONE("a response whose request is not in the file", false),
    REPLAYED_RESPONSE("a response to a replay, not to the recorded request", false),
    NO_REQUEST_POINT("it tells of something else than a request", false),
    NO_ARRIVALS("the row says that nothing arrived", false);

    private final RejectReason reason;

    Flaw(String meaning, boolean loss) {
        String word = name().toLowerCase(Locale.ROOT).replace('_', '-');
        this.reason = new RejectReason(word, meaning, loss);
    }

    Flaw(RejectReason shared) {
        this.reason = shared;
    }

    /** As all imports count it. */
    public RejectReason reason() {
        return reason;
    }
}
