package io.tierdrill.recorder.input;

/**
 * Why a unit became no request. Every form may have reasons of its own.
 *
 * @param word in accounts: {@code bad-status}
 * @param meaning in a sentence, for people
 * @param counts whether it counts towards the share of rejects; blank lines and comments do not
 */
public record RejectReason(String word, String meaning, boolean counts) {
    public static final RejectReason BLANK_LINE = harmless("blank-line", "the line is blank");
    public static final RejectReason COMMENT = harmless("comment", "the line is a comment or a heading");
    public static final RejectReason TOO_LONG = of("too-long", "is longer than may be read");
    public static final RejectReason NOT_THIS_FORMAT = of("not-this-format", "the fields are not those of the format");
    public static final RejectReason BAD_TIMESTAMP = of("bad-timestamp", "the time is none");
    public static final RejectReason NO_TIME = of("no-time", "no field tells when");
    public static final RejectReason NO_REQUEST = of("no-request", "no field tells what was asked for");
    public static final RejectReason EMPTY_REQUEST = of("empty-request", "the client sent no request line");
    public static final RejectReason TLS_BYTES = of("tls-bytes", "the client spoke TLS to a port without");
    public static final RejectReason BAD_REQUEST_LINE =
            of("bad-request-line", "the request line is not method, path and version");
    public static final RejectReason NO_PATH = of("no-path", "the request is for no path of this server");
    public static final RejectReason BAD_STATUS = of("bad-status", "the status is not a number of three digits");
    public static final RejectReason BAD_SIZE = of("bad-size", "the size is not a number");
    public static final RejectReason BAD_DURATION = of("bad-duration", "the duration is not a number");

    public RejectReason {
        if (!word.matches("[a-z0-9-]+")) throw new IllegalArgumentException("a word is lower-case: '" + word + "'");
    }

    public static RejectReason of(String word, String meaning) {
        return new RejectReason(word, meaning, true);
    }

    /** A reason that no one needs to worry about. */
    public static RejectReason harmless(String word, String meaning) {
        return new RejectReason(word, meaning, false);
    }
}
