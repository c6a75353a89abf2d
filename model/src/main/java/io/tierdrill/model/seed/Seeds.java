package io.tierdrill.model.seed;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Chance, handed in. One root seed gives any number of named streams; a stream depends only on the root and its name,
 * never on the order in which streams are asked for. Same scenario and seed, same schedule, to the nanosecond.
 *
 * <p>Immutable; the streams it hands out are not thread-safe and belong to whoever asked.
 *
 * @param root the seed printed in every report
 */
public record Seeds(long root) {

    /** A fresh generator for the named purpose, always starting at the same place. */
    public RandomGenerator stream(String name) {
        return new SplittableRandom(mix(root ^ fnv1a(name)));
    }

    /** A child seed for a part that hands out streams of its own. */
    public Seeds child(String name) {
        return new Seeds(mix(root + 0x9E3779B97F4A7C15L ^ fnv1a(name)));
    }

    /**
     * A number of the name's own, for chance that must not be remembered: the same at every asking. {@link #share} makes
     * draws of it.
     */
    public long keyed(String name) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < name.length(); i++) hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
        return mix(root ^ mix(hash));
    }

    /** Draw number {@code index} of a {@link #keyed} number: uniform, from 0 to below 1. */
    public static double share(long keyed, long index) {
        return (mix(keyed + (index + 1) * 0x9E3779B97F4A7C15L) >>> 11) * 0x1.0p-53;
    }

    /** FNV-1a, 64 bit (Fowler, Noll, Vo): names differ in few bits, seeds should differ in many. */
    private static long fnv1a(String name) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014). */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
