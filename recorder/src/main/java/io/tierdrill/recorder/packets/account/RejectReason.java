package io.tierdrill.recorder.packets.account;

import java.util.Locale;

/** Why a request that was seen is not in the trace. */
public enum RejectReason {
    CUT("the connection or the capture ended within it"),
    GAP("packets within it were not captured"),
    HEAD_TOO_LONG("its head is longer than 65,536 bytes"),
    BAD_REQUEST_LINE("the request line is not method, path and version"),
    HTTP_09("it is of HTTP/0.9"),
    BAD_FRAMING("it does not say where its body ends"),
    NO_PATH("it is for no path of the server, such as CONNECT"),
    TOO_SLOW("it was still being sent when later requests had to be written"),
    HEADERS_UNKNOWN("its HTTP/2 headers refer to what was not captured"),
    BAD_HEADERS("its HTTP/2 headers cannot be decoded, or lack what a request needs"),
    STREAM_RESET("its HTTP/2 stream was reset before it was sent whole"),
    DROPPED("its connection was given up for lack of memory"),
    NOT_A_DNS_QUERY("a DNS message that asks for something else than an answer"),
    NOT_WRITTEN("the disk failed or its quota was used up; the recording tells which");

    private final String meaning;

    RejectReason(String meaning) {
        this.meaning = meaning;
    }

    /** As written in accounts: {@code bad-framing}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** In a sentence, for people. */
    public String meaning() {
        return meaning;
    }
}
