package io.tierdrill.profiler;

import io.tierdrill.model.tier.InstanceId;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;

/**
 * One process to watch.
 *
 * @param traffic where it takes its traffic, to look at its socket there
 * @param metrics where it tells its own counters, {@code http://127.0.3.1:9100/samples}; asked with this path and query
 */
public record Watched(InstanceId id, long pid, Optional<InetSocketAddress> traffic, Optional<URI> metrics) {
    public Watched {
        if (pid < 1) throw new IllegalArgumentException("pid of " + id + " must be 1 or more, was " + pid);
        metrics.ifPresent(uri -> {
            if (!"http".equals(uri.getScheme()) || uri.getHost() == null)
                throw new IllegalArgumentException("metrics of " + id + " must be an http URL, was " + uri);
        });
    }

    /** One whose socket is not looked at. */
    public Watched(InstanceId id, long pid, Optional<URI> metrics) {
        this(id, pid, Optional.empty(), metrics);
    }
}
