package io.tierdrill.recorder.accesslog;

import java.util.Locale;

/** Why a line became no request. */
public enum RejectReason {
    /** Nothing but spaces. Does not count towards the share of rejects. */
    BLANK_LINE("the line is blank"),
    LINE_TOO_LONG("the line is longer than 65,536 bytes"),
    NOT_THIS_FORMAT("the fields are not those of the format"),
    BAD_TIMESTAMP("the time is not of the form [17/May/2015:10:05:03 +0000]"),
    EMPTY_REQUEST("the client sent no request line"),
    TLS_BYTES("the client spoke TLS to a port without"),
    BAD_REQUEST_LINE("the request line is not method, path and version"),
    NO_PATH("the request is for no path of this server"),
    BAD_STATUS("the status is not a number of three digits"),
    BAD_SIZE("the size is not a number");

    private final String meaning;

    RejectReason(String meaning) {
        this.meaning = meaning;
    }

    /** As written in accounts: {@code not-this-format}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** In a sentence, for people. */
    public String meaning() {
        return meaning;
    }
}
