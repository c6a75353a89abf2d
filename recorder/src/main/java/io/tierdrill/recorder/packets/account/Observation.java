package io.tierdrill.recorder.packets.account;

/** Things worth knowing that are no packet's fate. Counted beside the account, not within it. */
public enum Observation {
    CONNECTIONS("connections with payload"),
    CLIENT_BYTES("payload bytes from clients, each once"),
    SERVER_BYTES("payload bytes from servers, each once"),
    WITHOUT_BEGINNING("connections whose beginning was not captured"),
    RESET("connections ended by a reset"),
    IDLE("connections given up after silence"),
    DROPPED("connections given up for lack of memory"),
    HALF_OPEN_DROPPED("connections without payload forgotten for lack of memory"),
    HOLES("stretches of a connection that were not captured"),
    OVERLAPS("packets that partly repeat another; what came first was kept"),
    CUT_PACKETS("packets cut by the capture"),
    FRAGMENTS("IP fragments"),
    REASSEMBLED("IP packets put together from fragments"),
    CLOCK_STEPS("steps back of the capture's clock; time went on from the last packet"),
    WITHOUT_RESPONSE("requests whose response was not seen"),
    RESPONSE_CUT("requests whose response was seen in part"),
    WRITTEN_EARLY(
            "requests written before their response ended, for lack of memory or, while recording, after a second"),
    MOVED("requests moved to a later time, because later ones were written already"),
    STRAY_RESPONSES("responses to no request that was seen"),
    INTERIM_RESPONSES("responses that only announce another, such as 100 Continue"),
    UPGRADES("connections that went on with another protocol"),
    MESSAGES("messages on WebSockets"),
    MESSAGES_UNREADABLE("sides of WebSockets of which some could not be read"),
    STREAM_RESETS("HTTP/2 streams ended by a reset"),
    GO_AWAYS("HTTP/2 connections that one side took leave of"),
    PUSHES("responses that HTTP/2 servers pushed without being asked; not in the trace"),
    TLS_CONNECTIONS("connections with TLS"),
    TLS_DECRYPTED("connections with TLS that was decrypted"),
    TLS_OPAQUE("connections with TLS that stayed opaque"),
    TLS_RECORDS_LOST("TLS records of which a part was not captured"),
    STRAY_DNS_RESPONSES("DNS responses to no question that was seen");

    private final String meaning;

    Observation(String meaning) {
        this.meaning = meaning;
    }

    /** As a key of the account: {@code strayResponses}. */
    public String key() {
        return Keys.camel(name());
    }

    /** In a sentence, for people. */
    public String meaning() {
        return meaning;
    }
}
