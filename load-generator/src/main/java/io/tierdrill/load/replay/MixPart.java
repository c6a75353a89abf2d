package io.tierdrill.load.replay;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One trace of a mix.
 *
 * @param trace the file
 * @param share of the whole rate, from above 0 to 1; or empty, and then its own rate counts
 * @param scale users for each one recorded, where there is no share
 */
public record MixPart(Path trace, Optional<Double> share, double scale) {
    public MixPart {
        if (share.isPresent() && !(share.get() > 0 && share.get() <= 1))
            throw new IllegalArgumentException("share must be above 0 and at most 1, was " + share.get());
        if (!(scale > 0)) throw new IllegalArgumentException("scale must be above 0, was " + scale);
    }

    static MixPart whole(Path trace) {
        return new MixPart(trace, Optional.empty(), 1);
    }
}
