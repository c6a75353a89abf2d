package io.tierdrill.cli.architecture.broken.lb;

import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

final class ThrowsDice {
    double next() {
        return new Random(1).nextInt()
                + Math.random()
                + ThreadLocalRandom.current().nextInt();
    }
}
