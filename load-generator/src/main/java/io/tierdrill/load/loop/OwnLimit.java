package io.tierdrill.load.loop;

/** What the injector ran out of. */
public enum OwnLimit {
    CONNECTIONS("found every connection the injector may open in use (load.connections.max)"),
    PORTS("found no free local port"),
    DESCRIPTORS("found no free file descriptor (ulimit -n)");

    private final String words;

    OwnLimit(String words) {
        this.words = words;
    }

    /** Completes a sentence that begins with a number of requests. */
    public String words() {
        return words;
    }
}
