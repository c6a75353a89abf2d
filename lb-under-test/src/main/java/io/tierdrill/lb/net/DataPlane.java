package io.tierdrill.lb.net;

import java.net.InetSocketAddress;
import java.util.List;

/** What moves the bytes of one instance. Safe to call from any thread, save the event loop's own. */
public interface DataPlane extends AutoCloseable {

    /** Where it listens. */
    InetSocketAddress address();

    /** Replaces the instances it sends to, all at once. */
    void wire(List<InetSocketAddress> downstream);

    @Override
    void close();
}
