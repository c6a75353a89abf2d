package io.tierdrill.recorder.redact;

import java.util.Locale;

/** What a trace keeps of the addresses of clients. */
public enum ClientAddresses {
    /** The /24 or /48, for geography; the rest is replaced one to one under the key. */
    NETWORK,
    /** All of it. */
    KEEP,
    /** Nothing: a pseudonym each. */
    PSEUDONYM;

    /** As people write it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
