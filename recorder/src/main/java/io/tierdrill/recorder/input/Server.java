package io.tierdrill.recorder.input;

/**
 * The server an input is of, for what the input does not tell.
 *
 * @param scheme {@code http} or {@code https}
 * @param authority host or host:port, or empty
 */
public record Server(String scheme, String authority) {
    public Server {
        if (!scheme.equals("http") && !scheme.equals("https"))
            throw new IllegalArgumentException("scheme must be http or https, was '" + scheme + "'");
    }
}
