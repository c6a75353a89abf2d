package io.tierdrill.recorder.fields;

import java.util.Locale;

/** Why a part of a document became no request. */
public enum Flaw {
    NOT_JSON("the text is not JSON", true),
    MISSING_FIELD("a field is missing", true),
    WRONG_TYPE("a field is not of the type it should be", true),
    BAD_TIME("the time cannot be read", true),
    BAD_URL("the URL is not one of http or https with a host", true),
    BAD_METHOD("the method is not a token of RFC 9110", true),
    BAD_STATUS("the status is not a number from 100 to 599", true),
    BAD_NUMBER("the number cannot be read", true),
    BAD_BODY("the body is not base64", true),
    WRONG_COLUMNS("the row has not as many fields as the header row", true),
    OPEN_QUOTE("a quoted field does not end", true),
    NO_META_LINE("the record begins with no line of type, id and time", true),
    NOT_HTTP_MESSAGE("the payload is not an HTTP/1 message", true),
    BYTES_BEHIND("bytes follow the end of the message: the separator behind it is damaged", true),
    TOO_LARGE("it is larger than an import keeps in memory", true),
    CUT_OFF("the file ends within it", true),
    WEBSOCKET("it is a WebSocket, which is no request", false),
    NOT_FOR_A_SERVER("the browser answered it itself: no server was asked", false),
    RESPONSE_ALONE("a response whose request is not in the file", false),
    REPLAYED_RESPONSE("a response to a replay, not to the recorded request", false),
    NO_REQUEST_POINT("it tells of something else than a request", false);

    private final String meaning;
    private final boolean loss;

    Flaw(String meaning, boolean loss) {
        this.meaning = meaning;
        this.loss = loss;
    }

    /** As written in accounts: {@code missing-field}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** In a sentence, for people. */
    public String meaning() {
        return meaning;
    }

    /** Whether a request that a server saw is lost by it. */
    public boolean isLoss() {
        return loss;
    }
}
