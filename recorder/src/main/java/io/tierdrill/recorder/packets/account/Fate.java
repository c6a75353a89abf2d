package io.tierdrill.recorder.packets.account;

import java.util.Locale;

/** What became of a packet. Every packet has exactly one. */
public enum Fate {
    HTTP(Group.STREAMS, "carried HTTP/1.x"),
    HTTP2(Group.STREAMS, "carried HTTP/2"),
    WEB_SOCKET(Group.STREAMS, "carried a WebSocket"),
    TLS_HANDSHAKE(Group.STREAMS, "handshakes and alerts of TLS that was decrypted"),
    NO_PAYLOAD(Group.STREAMS, "opened, acknowledged or closed a connection"),
    DNS(Group.DNS, "carried DNS"),
    OTHER_PROTOCOL(Group.NOT_TCP_OR_UDP, "neither TCP nor UDP"),
    OTHER_LINK(Group.NOT_TCP_OR_UDP, "on a kind of link that is not read"),
    OTHER_TCP(Group.NOT_HTTP, "TCP with something else than HTTP"),
    OTHER_UDP(Group.NOT_HTTP, "UDP with something else than DNS"),
    DUPLICATE(Group.DUPLICATE, "sent or captured again"),
    TLS_WITHOUT_KEYS(Group.OPAQUE, "TLS, to which there is no key"),
    TLS_BEGINNING_MISSING(Group.OPAQUE, "TLS whose handshake was not captured whole"),
    TLS_UNSUPPORTED(Group.OPAQUE, "TLS of a version or with a cipher that is not read"),
    TLS_WRONG_KEYS(Group.OPAQUE, "TLS that its key does not open, or damaged"),
    TLS_EARLY_DATA(Group.OPAQUE, "TLS early data that the server refused, or to which there is no key"),
    TUNNEL(Group.OPAQUE, "behind CONNECT, or an upgrade to something that is not read"),
    CUT(Group.INCOMPLETE, "cut by the capture within its headers or a message"),
    MALFORMED(Group.INCOMPLETE, "headers contradict each other"),
    FRAGMENT(Group.INCOMPLETE, "a fragment whose others are missing"),
    BEGINNING_MISSING(Group.INCOMPLETE, "of a connection or message whose beginning was not captured"),
    GAP(Group.INCOMPLETE, "behind packets that were not captured"),
    BAD_FRAMING(Group.INCOMPLETE, "behind a message that does not say where it ends"),
    FAR_AHEAD(Group.INCOMPLETE, "far ahead of its connection"),
    AFTER_CLOSE(Group.INCOMPLETE, "data behind the end of its connection"),
    DROPPED(Group.INCOMPLETE, "waiting in a connection that was given up for lack of memory");

    /** Kinds of fate, in the order of the account. */
    public enum Group {
        STREAMS("parsed into streams"),
        DNS("DNS"),
        NOT_TCP_OR_UDP("not TCP or UDP"),
        NOT_HTTP("not HTTP"),
        DUPLICATE("duplicate"),
        INCOMPLETE("incomplete"),
        OPAQUE("opaque");

        private final String meaning;

        Group(String meaning) {
            this.meaning = meaning;
        }

        /** As a key of the account: {@code notTcpOrUdp}. */
        public String key() {
            return Keys.camel(name());
        }

        public String meaning() {
            return meaning;
        }
    }

    private final Group group;
    private final String meaning;

    Fate(Group group, String meaning) {
        this.group = group;
        this.meaning = meaning;
    }

    public Group group() {
        return group;
    }

    /** As a key of the account: {@code beginning-missing}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** In a sentence, for people. */
    public String meaning() {
        return meaning;
    }
}
