package io.tierdrill.recorder.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Changes inputs as fuzzers do, by a seeded hand: flips, overwrites, cuts, repeats, splices. One thread. */
final class Mutations {
    private static final int[] INTERESTING = {0, 1, 0x0a, 0x20, 0x22, 0x25, 0x5c, 0x7f, 0x80, 0xc0, 0xff};

    private final RandomGenerator random;
    private final List<byte[]> seeds;
    private final int mostBytes;

    Mutations(RandomGenerator random, FuzzTarget target) {
        this.random = random;
        this.seeds = target.seeds();
        this.mostBytes = target.mostBytes();
    }

    byte[] next() {
        byte[] input = seeds.get(random.nextInt(seeds.size())).clone();
        int changes = 1 << random.nextInt(5);
        for (int i = 0; i < changes; i++) input = change(input);
        return input.length > mostBytes ? Arrays.copyOf(input, mostBytes) : input;
    }

    private byte[] change(byte[] b) {
        if (b.length == 0) return new byte[] {(byte) random.nextInt(256)};
        int at = random.nextInt(b.length);
        int length = 1 + random.nextInt(Math.min(b.length - at, 1 << random.nextInt(8)));
        switch (random.nextInt(8)) {
            case 0 -> b[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> b[at] = (byte) INTERESTING[random.nextInt(INTERESTING.length)];
            case 2 -> b[at] += (byte) (random.nextInt(9) - 4);
            case 3 -> Arrays.fill(b, at, at + length, b[at]);
            case 4 -> {
                return join(b, 0, at, b, at + length, b.length);
            }
            case 5 -> {
                return join(b, 0, at + length, b, at, b.length);
            }
            case 6 -> {
                byte[] other = seeds.get(random.nextInt(seeds.size()));
                int from = random.nextInt(other.length + 1);
                return join(b, 0, at, other, from, other.length);
            }
            default -> {
                return join(b, 0, at, b, b.length - length, b.length);
            }
        }
        return b;
    }

    private static byte[] join(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
        byte[] joined = Arrays.copyOf(Arrays.copyOfRange(a, aFrom, aTo), aTo - aFrom + bTo - bFrom);
        System.arraycopy(b, bFrom, joined, aTo - aFrom, bTo - bFrom);
        return joined;
    }
}
