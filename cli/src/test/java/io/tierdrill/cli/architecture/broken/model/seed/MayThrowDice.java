package io.tierdrill.cli.architecture.broken.model.seed;

import java.util.SplittableRandom;

final class MayThrowDice {
    long next(long seed) {
        return new SplittableRandom(seed).nextLong();
    }
}
