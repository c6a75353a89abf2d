package io.tierdrill.load;

import io.tierdrill.load.dns.Addresses;
import io.tierdrill.load.loop.IoLoop;

/**
 * What a sending loop of our own stands on. Belongs to its thread.
 *
 * @param names looks names up
 * @param addresses of the target, asked for by {@code names}
 */
record Ground(IoLoop names, Addresses addresses) implements AutoCloseable {
    @Override
    public void close() {
        addresses.close();
        names.close();
    }
}
