package io.tierdrill.recorder.mirror;

import java.net.InetSocketAddress;

/**
 * How to take copies.
 *
 * @param listen where; port 0 takes any free one
 * @param trustHeaders whether headers may tell the original client, time, method, host and path. Anybody who reaches the
 *     endpoint can then invent them
 * @param hostSuffix taken off the host where it ends so; Envoy appends {@code -shadow}
 * @param bodyBytes longest body whose content is kept; of longer ones only the size is
 * @param allBodyBytes most memory for bodies that are being read
 */
public record MirrorConfig(
        InetSocketAddress listen, boolean trustHeaders, String hostSuffix, int bodyBytes, long allBodyBytes) {
    public MirrorConfig {
        if (bodyBytes < 0) throw new IllegalArgumentException("bodyBytes must be 0 or more, was " + bodyBytes);
        if (allBodyBytes < 0) throw new IllegalArgumentException("allBodyBytes must be 0 or more, was " + allBodyBytes);
    }

    /** Headers trusted, {@code -shadow} taken off, bodies up to 1 MiB and together up to 64 MiB. */
    public static MirrorConfig defaults(InetSocketAddress listen) {
        return new MirrorConfig(listen, true, "-shadow", 1 << 20, 64L << 20);
    }

    public MirrorConfig withTrustHeaders(boolean trust) {
        return new MirrorConfig(listen, trust, hostSuffix, bodyBytes, allBodyBytes);
    }

    public MirrorConfig withHostSuffix(String suffix) {
        return new MirrorConfig(listen, trustHeaders, suffix, bodyBytes, allBodyBytes);
    }

    public MirrorConfig withBodyBytes(int bytes) {
        return new MirrorConfig(listen, trustHeaders, hostSuffix, bytes, allBodyBytes);
    }
}
